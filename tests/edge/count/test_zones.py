"""Zones: who is there now, who came, who went, and how long they stayed."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.zones import ZoneCounter
from edge.types import TrackedObject, ZoneEvent, ZoneSample

CORNERS = [(100.0, 0.0), (300.0, 0.0), (300.0, 400.0), (100.0, 400.0)]


def zone(*, entry_confirm_s: float = 1.0, exit_grace_s: float = 2.0) -> ZoneCounter:
    return ZoneCounter("zone", CORNERS, entry_confirm_s=entry_confirm_s, exit_grace_s=exit_grace_s)


def somebody(x: float, *, track_id: int = 1, label: int = 0, rider: bool = False) -> TrackedObject:
    return TrackedObject(track_id, label, (x - 20, 100, x + 20, 200), 0.8, observed=True, rider=rider)


def follow(
    counter: ZoneCounter, xs: Sequence[float | None], *, dt_s: float = 0.5
) -> tuple[list[ZoneSample], list[ZoneEvent]]:
    samples, events = [], []
    for index, x in enumerate(xs):
        sample, news = counter.update([] if x is None else [somebody(x)], index * dt_s)
        samples.append(sample)
        events += news
    return samples, events


def test_occupancy_is_what_is_seen_now() -> None:
    sample, _ = zone().update([somebody(150), somebody(200, track_id=2), somebody(50, track_id=3)], 0.0)
    assert sample.present == {0: 2}


def test_an_entry_is_confirmed_after_a_while_and_dated_back() -> None:
    _, events = follow(zone(), [50, 150, 160, 170])
    assert events == [ZoneEvent(1, 0, 0.5)]


def test_somebody_who_only_grazes_the_zone_has_not_entered() -> None:
    _, events = follow(zone(), [50, 150, 50, 40, 30, 20, 10, 5])
    assert events == []


def test_a_visit_ends_when_somebody_was_last_inside() -> None:
    _, events = follow(zone(), [150] * 5 + [50] * 6)
    assert events == [ZoneEvent(1, 0, 0.0), ZoneEvent(1, 0, 2.0, dwell_s=2.0)]


@pytest.mark.parametrize(
    "away",
    [pytest.param([None] * 3, id="hidden"), pytest.param([50] * 3, id="a step outside")],
)
def test_a_short_absence_does_not_end_a_visit(away: list[float | None]) -> None:
    _, events = follow(zone(), [150] * 4 + away + [150] * 4)
    assert events == [ZoneEvent(1, 0, 0.0)]


def test_riders_are_not_there_as_pedestrians() -> None:
    sample, _ = zone().update([somebody(150, rider=True)], 0.0)
    assert sample.present == {}


def test_who_stands_for_three_seconds_is_queueing() -> None:
    samples, _ = follow(zone(), [150] * 8)
    assert [sample.queued.get(0, 0) for sample in samples] == [0] * 6 + [1, 1]


def test_who_walks_is_not_queueing() -> None:
    samples, _ = follow(zone(), [110 + 15 * k for k in range(12)])
    assert all(sample.queued == {} for sample in samples)


def test_classes_are_kept_apart() -> None:
    sample, _ = zone().update([somebody(150), somebody(250, track_id=2, label=3)], 0.0)
    assert sample.present == {0: 1, 3: 1}


def test_all_visits_end_when_the_camera_stops() -> None:
    counter = zone()
    follow(counter, [150] * 5)
    assert counter.finish() == [ZoneEvent(1, 0, 2.0, dwell_s=2.0)]
    assert counter.finish() == []


@given(st.lists(st.one_of(st.none(), st.floats(0, 400)), max_size=60))
def test_entries_and_exits_alternate_and_dwell_is_the_time_between(xs: list[float | None]) -> None:
    counter = zone()
    _, events = follow(counter, xs)
    events += counter.finish()
    assert [event.dwell_s is None for event in events] == [True, False] * (len(events) // 2)
    for entry, leaving in zip(events[::2], events[1::2], strict=True):
        assert leaving.dwell_s == pytest.approx(leaving.time_s - entry.time_s)
        assert (leaving.dwell_s or 0.0) >= 1.0


@pytest.mark.parametrize(
    ("xs", "entered"),
    [
        pytest.param([150, 50, 150, 50, 150, 50, 150, 50], False, id="only touches it, again and again"),
        pytest.param([150, None, None, 150, None, None, 150], False, id="is glimpsed now and then"),
        pytest.param([150, 150, 50, 150, 150, 50, 50], True, id="was inside for long enough, with a step outside"),
    ],
)
def test_only_time_inside_confirms_an_entry(xs: list[float | None], entered: bool) -> None:  # noqa: FBT001
    _, events = follow(zone(), xs)
    assert bool(events) == entered


def test_who_queues_does_not_lose_the_place_when_a_box_jumps_for_one_frame() -> None:
    samples, _ = follow(zone(), [150] * 8 + [290] + [150] * 2)
    assert [sample.queued.get(0, 0) for sample in samples[6:]] == [1, 1, 0, 1, 1]


def test_events_say_whose_they_are() -> None:
    counter = zone()
    for index in range(4):
        _, events = counter.update([somebody(150, track_id=7), somebody(250, track_id=9)], index * 0.5)
        if events:
            assert [event.track_id for event in events] == [7, 9]
    assert [event.track_id for event in counter.finish()] == [7, 9]


@given(st.lists(st.lists(st.floats(0, 400), max_size=5), max_size=40))
def test_who_queues_is_there_and_entries_less_exits_are_never_more_than_there_were(
    frames: list[list[float]],
) -> None:
    counter, inside_now = zone(), 0
    for index, xs in enumerate(frames):
        objects = [somebody(x, track_id=track_id) for track_id, x in enumerate(xs, start=1)]
        sample, events = counter.update(objects, index * 0.5)
        assert sample.queued.get(0, 0) <= sample.present.get(0, 0) <= len(xs)
        inside_now += sum(1 if event.dwell_s is None else -1 for event in events)
        assert 0 <= inside_now <= 5
    assert inside_now == len(counter.finish())
