"""Intrusion: somebody is in a zone at a time when nobody may be."""

from collections.abc import Iterable, Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.intrusion import Intrusion
from edge.settings import Hours, IntrusionAlarm
from edge.types import AlarmChange, TrackedObject
from tests.support.tracked import tracked

CORNERS: Final = [(100.0, 0.0), (500.0, 0.0), (500.0, 400.0), (100.0, 400.0)]
ALWAYS: Final = IntrusionAlarm(zone="yard", after_s=2.0)
NIGHT: Final = IntrusionAlarm(zone="yard", after_s=2.0, hours=(Hours(from_="22:00", to="05:00"),), time_zone="UTC")
MIDNIGHT_S: Final = 20_000 * 86_400.0


def watch(
    frames: Iterable[Sequence[TrackedObject]],
    settings: IntrusionAlarm = ALWAYS,
    *,
    begin_s: float = MIDNIGHT_S,
) -> list[AlarmChange]:
    """What happens at two frames a second, from a moment (Unix time) on."""
    intrusion = Intrusion(settings, CORNERS)
    return [
        change
        for index, objects in enumerate(frames)
        for change in intrusion.update(objects, index * 0.5, begin_s + index * 0.5)
    ]


def states(changes: Iterable[AlarmChange]) -> list[tuple[str, float]]:
    return [(change.state, change.time_s) for change in changes]


INSIDE: Final = [[tracked((300, 300))]]
OUTSIDE: Final = [[tracked((50, 300))]]
NOBODY: Final[list[list[TrackedObject]]] = [[]]


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        pytest.param(INSIDE * 4, [], id="walks through quickly"),
        pytest.param(INSIDE * 20, [("raised", 2.0)], id="stays"),
        pytest.param(OUTSIDE * 20, [], id="walks past"),
        pytest.param(INSIDE * 10 + OUTSIDE * 20, [("raised", 2.0), ("cleared", 10.0)], id="leaves"),
        pytest.param(INSIDE * 10 + NOBODY * 9 + INSIDE * 9, [("raised", 2.0)], id="is hidden for a moment"),
        pytest.param(INSIDE * 3 + OUTSIDE * 2 + INSIDE * 3, [("raised", 2.5)], id="steps out for a moment"),
        pytest.param(INSIDE * 3 + OUTSIDE * 6 + INSIDE * 3, [], id="comes twice, shortly"),
        pytest.param([[tracked((300, 300), settled=False)]] * 20, [], id="it may be a post"),
        pytest.param([[tracked((300, 300), observed=False)]] * 20, [("raised", 2.0)], id="is carried on"),
        pytest.param([[tracked((300, 300), rider=True)]] * 20, [], id="a rider without the vehicle"),
        pytest.param(
            INSIDE * 10 + [[tracked((300, 300)), tracked((200, 300), track_id=2)]] * 10,
            [("raised", 2.0)],
            id="another one follows",
        ),
    ],
)
def test_intruders(frames: list[list[TrackedObject]], expected: list[tuple[str, float]]) -> None:
    assert states(watch(frames)) == expected


def test_who_comes_on_a_motorcycle_is_one_intruder() -> None:
    both = [tracked((300, 300), rider=True), tracked((300, 310), "motorcycle", track_id=2)]
    (raised,) = watch([both] * 20)
    assert raised.value == 1.0
    assert raised.text == "in 'yard' at a time when nobody may be: 1 × motorcycle"


def test_only_those_who_may_not_be_there_are_intruders() -> None:
    settings = IntrusionAlarm(zone="yard", classes=("car", "truck"))
    assert watch(INSIDE * 20, settings) == []
    assert len(watch([[tracked((300, 300), "truck")]] * 20, settings)) == 1


def test_the_alarm_says_who_is_where() -> None:
    three = [tracked((300, 300)), tracked((200, 300), track_id=2), tracked((250, 300), "car", track_id=3)]
    raised, cleared = watch([three] * 10 + NOBODY * 20)
    assert (raised.rule, raised.place, raised.severity, raised.value) == ("intrusion", "yard", "critical", 3.0)
    assert raised.text == "in 'yard' at a time when nobody may be: 2 × person, 1 × car"
    assert cleared.text == "nobody is in 'yard' at a forbidden time any more"
    assert cleared.value == 0.0


@pytest.mark.parametrize(
    ("begin_s", "expected"),
    [
        pytest.param(MIDNIGHT_S, [("raised", 2.0)], id="at night"),
        pytest.param(MIDNIGHT_S + 12 * 3600, [], id="at noon"),
        pytest.param(MIDNIGHT_S + 22 * 3600 - 10, [("raised", 12.0)], id="there already when the night begins"),
        pytest.param(
            MIDNIGHT_S + 5 * 3600 - 10, [("raised", 2.0), ("cleared", 15.0)], id="still there when it ends"
        ),
    ],
)
def test_hours(begin_s: float, expected: list[tuple[str, float]]) -> None:
    assert states(watch(INSIDE * 40, NIGHT, begin_s=begin_s)) == expected


def test_what_is_raised_is_cleared_when_the_camera_stops() -> None:
    intrusion = Intrusion(ALWAYS, CORNERS)
    for time_s in (0.0, 1.0, 2.0):
        intrusion.update(INSIDE[0], time_s, time_s)
    assert states(intrusion.finish(3.0)) == [("cleared", 3.0)]
    assert intrusion.finish(3.0) == []
    assert intrusion.update(INSIDE[0], 3.0, 3.0) == []


@given(st.lists(st.sampled_from([None, 300.0, 50.0]), max_size=120))
def test_alarms_are_raised_and_cleared_in_turn_and_only_while_somebody_is_there(xs: list[float | None]) -> None:
    changes = watch([[] if x is None else [tracked((x, 300))] for x in xs])
    expected = ["raised", "cleared"] * len(changes)
    assert [change.state for change in changes] == expected[: len(changes)]
    for change in changes:
        assert (xs[round(change.time_s * 2)] == 300.0) == (change.state == "raised")
