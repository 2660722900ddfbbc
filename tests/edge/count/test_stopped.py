"""Stopped vehicle: one stands in a zone for too long."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.stopped import Stopped
from edge.settings import StoppedVehicleAlarm
from edge.types import AlarmChange, TrackedObject
from tests.support.tracked import tracked

CORNERS: Final = [(100.0, 0.0), (500.0, 0.0), (500.0, 400.0), (100.0, 400.0)]
SETTINGS: Final = StoppedVehicleAlarm(zone="junction", after_s=10.0)
Place: TypeAlias = tuple[float, float] | None


def rule(settings: StoppedVehicleAlarm = SETTINGS) -> Stopped:
    return Stopped(settings, CORNERS)


def watch(
    stopped: Stopped, frames: Iterable[Sequence[TrackedObject]], *, from_s: float = 0.0
) -> list[AlarmChange]:
    """What happens at two frames a second."""
    return [
        change for index, objects in enumerate(frames) for change in stopped.update(objects, from_s + index * 0.5)
    ]


def car(x: float, *, track_id: int = 1) -> TrackedObject:
    return tracked((x, 300), "car", track_id=track_id)


def states(changes: Iterable[AlarmChange]) -> list[tuple[str, float]]:
    return [(change.state, change.time_s) for change in changes]


PARKED: Final = [[car(300)]]
AWAY: Final = [[car(50)]]
NOBODY: Final[list[list[TrackedObject]]] = [[]]


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        pytest.param(PARKED * 21, [], id="as long as it may"),
        pytest.param(PARKED * 60, [("raised", 10.5)], id="longer, from the very first frame on"),
        pytest.param([[car(120 + 5 * k)] for k in range(60)], [], id="crawls"),
        pytest.param([[car(300 + 20 * (k % 2))] for k in range(60)], [("raised", 10.5)], id="its box jitters"),
        pytest.param(AWAY * 60, [], id="beside the zone"),
        pytest.param(PARKED * 24 + AWAY * 20, [("raised", 10.5), ("cleared", 15.0)], id="drives away"),
        pytest.param(
            PARKED * 24 + [[car(400)]] * 16, [("raised", 10.5), ("cleared", 15.0)], id="moves up within the zone"
        ),
        pytest.param(PARKED * 24 + NOBODY * 20, [("raised", 10.5), ("cleared", 15.0)], id="is gone"),
        pytest.param(
            PARKED * 24 + NOBODY * 5 + PARKED * 20, [("raised", 10.5)], id="is hidden for less than three seconds"
        ),
        pytest.param(
            PARKED * 10 + NOBODY * 5 + PARKED * 20, [("raised", 10.5)], id="is hidden before it is too long"
        ),
        pytest.param(
            PARKED * 10 + [[car(450)]] + PARKED * 20, [("raised", 10.5)], id="its box jumps for one frame"
        ),
        pytest.param(
            PARKED * 10 + NOBODY * 3 + [[car(310, track_id=7)]] * 20,
            [("raised", 10.5)],
            id="is found again under another id",
        ),
        pytest.param(
            PARKED * 10 + NOBODY * 3 + [[car(450, track_id=7)]] * 20,
            [],
            id="is gone, and another stops elsewhere",
        ),
        pytest.param(
            PARKED * 24 + [[car(300), car(400, track_id=2)]] * 30 + [[car(400, track_id=2)]] * 20,
            [("raised", 10.5)],
            id="a second one stands before the first one leaves",
        ),
        pytest.param([[tracked((300, 300))]] * 60, [], id="somebody waits there"),
        pytest.param([[tracked((300, 300), "car", settled=False)]] * 60, [], id="it may be a post"),
        pytest.param([[tracked((300, 300), "car", observed=False)]] * 60, [("raised", 10.5)], id="is carried on"),
    ],
)
def test_vehicles(frames: list[list[TrackedObject]], expected: list[tuple[str, float]]) -> None:
    assert states(watch(rule(), frames)) == expected


def test_who_drives_out_of_the_zone_does_not_leave_its_time_to_the_next() -> None:
    stopped = rule()
    assert watch(stopped, PARKED * 20) == []
    # The first drives out of the zone and is still tracked; the next comes in where it stood.
    frames = [[car(50), car(300, track_id=2)]] * 15
    assert watch(stopped, frames, from_s=10.0) == []


def test_the_alarm_says_what_stands_where_and_for_how_long() -> None:
    raised, cleared = watch(rule(), PARKED * 24 + AWAY * 20)
    assert raised.text == "a car has stood in 'junction' for 10 s"
    assert (raised.rule, raised.place, raised.severity) == ("stopped_vehicle", "junction", "warning")
    assert raised.value == pytest.approx(10.5)
    assert cleared.text == "no vehicle stands in 'junction' too long any more; one stood for 12 s"
    assert cleared.value == pytest.approx(11.5)


def test_a_camera_that_was_away_for_a_while_finds_the_car_still_there() -> None:
    stopped = rule()
    assert len(watch(stopped, PARKED * 24)) == 1
    assert watch(stopped, PARKED * 24, from_s=60.0) == []


def test_what_is_raised_is_cleared_when_the_camera_stops() -> None:
    stopped = rule()
    watch(stopped, PARKED * 24)
    assert states(stopped.finish(12.0)) == [("cleared", 12.0)]
    assert stopped.finish(12.0) == []
    assert watch(stopped, PARKED * 20, from_s=12.0) == []


places = st.lists(st.sampled_from([None, 300.0, 320.0, 450.0, 50.0]), max_size=120)


@given(places)
def test_alarms_are_raised_and_cleared_in_turn(xs: list[float | None]) -> None:
    changes = watch(rule(), [[] if x is None else [car(x)] for x in xs])
    expected = ["raised", "cleared"] * len(changes)
    assert [change.state for change in changes] == expected[: len(changes)]
    assert all(change.value > SETTINGS.after_s for change in changes)


@given(st.integers(22, 60), st.floats(-20, 20))
def test_how_a_car_stands_does_not_depend_on_the_rate_of_frames(frames: int, jitter: float) -> None:
    stopped = rule()
    changes: list[AlarmChange] = []
    for index in range(frames):
        changes += stopped.update([car(300 + jitter * (index % 2))], index * 30.0 / frames)
    assert [change.state for change in changes] == ["raised"]
    assert 10.0 < changes[0].time_s <= 10.0 + 30.0 / frames
