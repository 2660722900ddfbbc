"""Trips between zones: from the first one entered to the last, once each."""

from collections.abc import Sequence
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.flows import GONE_AFTER_S, FlowCounter
from edge.types import Trip, ZoneEvent

ZONES = ("north", "south", "square")
Entry: TypeAlias = tuple[str, float]


def entry(time_s: float, *, track_id: int = 1, label: int = 0) -> ZoneEvent:
    return ZoneEvent(track_id, label, time_s)


def travel(entries: Sequence[Entry]) -> list[Trip]:
    """The trips of one object that enters zones at the given times, and is gone after the last."""
    counter, trips = FlowCounter(ZONES), []
    for zone, time_s in entries:
        trips += counter.update([(zone, entry(time_s))], {1}, time_s + 1.0)
    last_s = max((time_s for _, time_s in entries), default=0.0)
    trips += counter.update([], {2}, last_s + 1.0 + GONE_AFTER_S)
    trips += counter.update([], {2}, last_s + 1.1 + GONE_AFTER_S)
    return trips


@pytest.mark.parametrize(
    ("entries", "trips"),
    [
        pytest.param([], [], id="enters none"),
        pytest.param([("north", 1)], [], id="enters one"),
        pytest.param([("north", 1), ("south", 5)], [Trip("north", "south", 0, 5)], id="from one to another"),
        pytest.param(
            [("north", 1), ("square", 3), ("south", 5)], [Trip("north", "south", 0, 5)], id="by way of a third"
        ),
        pytest.param([("north", 1), ("south", 3), ("north", 5)], [], id="there and back"),
        pytest.param([("north", 1), ("north", 30)], [], id="the same one twice"),
        pytest.param([("north", 1), ("elsewhere", 3)], [], id="to a zone that is not of the flows"),
        pytest.param(
            [("north", 4), ("south", 3)],
            [Trip("south", "north", 0, 4)],
            id="told in another order than it happened, since zones confirm at their own pace",
        ),
    ],
)
def test_trips(entries: Sequence[Entry], trips: list[Trip]) -> None:
    assert travel(entries) == trips


def test_a_trip_is_told_when_its_traveller_has_been_gone_for_ten_seconds() -> None:
    counter = FlowCounter(ZONES)
    counter.update([("north", entry(0.0))], {1}, 1.0)
    counter.update([("south", entry(5.0))], {1}, 6.0)
    assert counter.update([], {1}, 60.0) == []
    assert counter.update([], set(), 70.0) == []
    assert counter.update([], set(), 70.1) == [Trip("north", "south", 0, 5.0)]
    assert counter.update([], set(), 90.0) == []


def test_who_is_found_again_makes_one_trip() -> None:
    counter = FlowCounter(ZONES)
    counter.update([("north", entry(0.0))], {1}, 1.0)
    counter.update([("square", entry(5.0))], {1}, 6.0)
    assert counter.update([], set(), 14.0) == []
    counter.update([("south", entry(15.0))], {1}, 15.5)
    assert counter.finish() == [Trip("north", "south", 0, 15.0)]


def test_the_class_is_the_one_voted_last() -> None:
    counter = FlowCounter(ZONES)
    counter.update([("north", entry(0.0, label=5)), ("south", entry(2.0, label=3))], {1}, 3.0)
    assert counter.finish() == [Trip("north", "south", 3, 2.0)]


def test_exits_begin_and_end_no_trip() -> None:
    counter = FlowCounter(ZONES)
    counter.update([("north", entry(0.0)), ("south", ZoneEvent(1, 0, 2.0, dwell_s=1.0))], {1}, 3.0)
    assert counter.finish() == []


def test_all_trips_end_when_the_camera_stops_and_only_once() -> None:
    counter = FlowCounter(ZONES)
    counter.update([("north", entry(0.0)), ("south", entry(2.0))], {1}, 3.0)
    assert counter.finish() == [Trip("north", "south", 0, 2.0)]
    assert counter.finish() == []


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(ZONES)), max_size=60))
def test_everybody_makes_one_trip_at_most_from_their_first_zone_to_their_last(
    steps: list[tuple[int, str]],
) -> None:
    counter = FlowCounter(ZONES)
    paths: dict[int, list[str]] = {}
    for index, (track_id, zone) in enumerate(steps):
        time_s = float(index)
        assert counter.update([(zone, entry(time_s, track_id=track_id))], range(1, 6), time_s) == []
        paths.setdefault(track_id, []).append(zone)
    expected = sorted((path[0], path[-1]) for path in paths.values() if path[0] != path[-1])
    assert sorted((trip.origin, trip.destination) for trip in counter.finish()) == expected


@given(st.integers(0, 20), st.integers(0, 20))
def test_ways_there_and_back_are_kept_apart(there: int, back: int) -> None:
    counter = FlowCounter(ZONES)
    for track_id in range(there + back):
        way = ("north", "south") if track_id < there else ("south", "north")
        entries = [(zone, entry(float(when), track_id=track_id)) for when, zone in enumerate(way)]
        counter.update(entries, [track_id], 1.0)
    trips = [(trip.origin, trip.destination) for trip in counter.finish()]
    assert trips.count(("north", "south")) == there
    assert trips.count(("south", "north")) == back
