"""Crowding: too many people in a zone for a while."""

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.crowding import Crowding
from edge.settings import CrowdingAlarm
from edge.types import AlarmChange

BY_NUMBER = CrowdingAlarm(zone="square", people=10, hold_s=3.0)
BY_DENSITY = CrowdingAlarm(zone="square", per_m2=2.0, hold_s=3.0)
EITHER = CrowdingAlarm(zone="square", people=10, per_m2=2.0, hold_s=3.0)


def watch(
    numbers: list[int], settings: CrowdingAlarm = BY_NUMBER, area_m2: float | None = None
) -> list[AlarmChange]:
    """What happens at one frame a second."""
    crowding = Crowding(settings, area_m2)
    return [change for second, people in enumerate(numbers) for change in crowding.update(people, float(second))]


def states(changes: list[AlarmChange]) -> list[tuple[str, float]]:
    return [(change.state, change.time_s) for change in changes]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        pytest.param([9] * 9, [], id="one less than too many"),
        pytest.param([0, 10, 10, 10, 10, 10], [("raised", 4.0)], id="just too many"),
        pytest.param([0, 12, 12, 12, 0, 0, 0], [], id="not for long enough"),
        pytest.param([10] * 5 + [0] * 5, [("raised", 3.0), ("cleared", 8.0)], id="it is over"),
        pytest.param([10] * 5 + [0, 0, 10, 0, 0, 10], [("raised", 3.0)], id="it is hardly ever less"),
    ],
)
def test_crowds(numbers: list[int], expected: list[tuple[str, float]]) -> None:
    assert states(watch(numbers)) == expected


def test_one_person_who_is_missed_in_a_frame_does_not_end_a_crowd() -> None:
    crowding = Crowding(BY_NUMBER, None)
    changes = [
        change for index, people in enumerate([10, 10, 9] * 20) for change in crowding.update(people, index * 0.25)
    ]
    assert states(changes) == [("raised", 3.0)]


@pytest.mark.parametrize(
    ("settings", "people", "raised"),
    [
        pytest.param(BY_DENSITY, 7, False, id="7 on 4 m²"),
        pytest.param(BY_DENSITY, 8, True, id="8 on 4 m²"),
        pytest.param(EITHER, 8, True, id="not too many, but too close"),
        pytest.param(
            CrowdingAlarm(zone="square", people=5, per_m2=2.0), 6, True, id="not too close, but too many"
        ),
    ],
)
def test_bounds(settings: CrowdingAlarm, people: int, raised: bool) -> None:  # noqa: FBT001
    assert bool(watch([people] * 12, settings, 4.0)) == raised


def test_the_alarm_says_how_many_there_are() -> None:
    raised, cleared = watch([10] * 5 + [1] * 5)
    assert (raised.rule, raised.place, raised.severity, raised.value) == ("crowding", "square", "warning", 10.0)
    assert raised.text == "10 people are in 'square'"
    assert cleared.value == 1.0
    assert cleared.text == "1 person is in 'square': it is not crowded any more"


def test_the_alarm_says_how_close_they_stand_where_the_camera_is_calibrated() -> None:
    (raised,) = watch([9] * 5, BY_DENSITY, 4.0)
    assert raised.value == 2.25
    assert raised.text == "9 people are in 'square', 2.25 per m²"


@pytest.mark.parametrize("area_m2", [None, 0.0])
def test_a_bound_by_area_on_a_zone_without_one_is_refused(area_m2: float | None) -> None:
    with pytest.raises(ValueError, match="zone 'square' covers is not known"):
        Crowding(BY_DENSITY, area_m2)


def test_what_is_raised_is_cleared_when_the_camera_stops() -> None:
    crowding = Crowding(CrowdingAlarm(zone="square", people=10, hold_s=0.0), None)
    assert states(crowding.update(10, 1.0)) == [("raised", 1.0)]
    assert states(crowding.finish(2.0)) == [("cleared", 2.0)]
    assert crowding.finish(2.0) == []


@given(st.lists(st.integers(0, 20), max_size=100))
def test_a_crowd_lasts_as_long_as_it_must_before_it_is_believed_and_before_it_is_over(numbers: list[int]) -> None:
    changes = watch(numbers)
    expected = ["raised", "cleared"] * len(changes)
    assert [change.state for change in changes] == expected[: len(changes)]
    for change in changes:
        last = numbers[: int(change.time_s) + 1][-4:]
        assert [so for so, _ in groupby(last, lambda people: people >= 10)] == [change.state == "raised"]
        assert len(last) == 4
