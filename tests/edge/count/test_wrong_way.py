"""Wrong way: who crosses a line in the direction that nobody may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.classes import CLASSES
from edge.count.wrong_way import WrongWay
from edge.settings import WrongWayAlarm
from edge.types import AlarmChange, LineCrossing

SETTINGS = WrongWayAlarm(line="gate", direction="out")
CAR = CLASSES.index("car")


@pytest.mark.parametrize(
    ("crossing", "wrong"),
    [
        pytest.param(LineCrossing("gate", 1, CAR, "out", 5.0), True, id="a car against the direction"),
        pytest.param(LineCrossing("gate", 1, CAR, "in", 5.0), False, id="a car with it"),
        pytest.param(LineCrossing("door", 1, CAR, "out", 5.0), False, id="at another line"),
        pytest.param(LineCrossing("gate", 1, 0, "out", 5.0), False, id="a pedestrian, who may"),
    ],
)
def test_crossings(crossing: LineCrossing, wrong: bool) -> None:  # noqa: FBT001
    assert bool(WrongWay(SETTINGS).update([crossing])) == wrong


def test_the_alarm_says_who_went_which_way_and_when() -> None:
    changes = WrongWay(SETTINGS).update([LineCrossing("gate", 1, CAR, "out", 5.0)])
    assert changes == [
        AlarmChange(
            rule="wrong_way",
            place="gate",
            severity="warning",
            state="happened",
            time_s=5.0,
            value=1.0,
            text="a car crossed 'gate' the wrong way (out)",
        )
    ]


def test_for_whom_it_is_wrong_and_how_bad_it_is_can_be_said() -> None:
    rule = WrongWay(WrongWayAlarm(line="gate", direction="in", classes=("person",), severity="critical"))
    changes = rule.update([LineCrossing("gate", 1, 0, "in", 5.0), LineCrossing("gate", 2, CAR, "in", 5.0)])
    assert [change.severity for change in changes] == ["critical"]


crossings = st.builds(
    LineCrossing,
    st.sampled_from(["gate", "door"]),
    st.integers(1, 9),
    st.sampled_from(range(len(CLASSES))),
    st.sampled_from(["in", "out"]),
    st.floats(0, 100),
)


@given(st.lists(crossings))
def test_every_wrong_crossing_is_an_alarm_of_its_own_and_right_ones_never_make_up_for_it(
    made: list[LineCrossing],
) -> None:
    wrong = [c for c in made if c.line == "gate" and c.direction == "out" and c.label != 0]
    assert [change.time_s for change in WrongWay(SETTINGS).update(made)] == [c.time_s for c in wrong]
