"""Windows: aligned, complete, never overlapping; zeros written, gaps left."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.messages import CountMessage
from edge.summarise.window import CameraFacts
from edge.summarise.windows import Windows
from edge.types import LineCrossing, ZoneEvent, ZoneSample

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC).timestamp()
FACTS = CameraFacts("site", "gw", "cam", ("person", "car"), ("mid",), ("all",), "model@1", "rev")


def windows(*, lateness_s: float = 2.0) -> Windows:
    return Windows(FACTS, window_s=60, lateness_s=lateness_s)


def crossing(label: int = 0, direction: str = "in") -> LineCrossing:
    return LineCrossing("mid", 1, label, direction, 0.0)


def watch(
    book: Windows, start_s: float, end_s: float, *, present: int = 0, dt_s: float = 0.5
) -> list[CountMessage]:
    closed: list[CountMessage] = []
    sample = {"all": ZoneSample({0: present} if present else {}, {})}
    steps = round((end_s - start_s) / dt_s)
    for step in range(steps + 1):
        book.frame(start_s + step * dt_s, dt_s if step else 0.0, sample)
        closed += book.close(start_s + step * dt_s)
    return closed


def test_a_watched_window_in_which_nobody_passed_has_zeros_for_every_line_zone_and_class() -> None:
    (first, *_) = watch(windows(), NOON, NOON + 63)
    assert first.observed == 1.0
    assert [(c.line, c.class_, c.in_, c.out) for c in first.crossings] == [
        ("mid", "person", 0, 0),
        ("mid", "car", 0, 0),
    ]
    assert [(z.zone, z.class_, z.occupancy_mean, z.entries) for z in first.zones] == [
        ("all", "person", 0.0, 0),
        ("all", "car", 0.0, 0),
    ]


def test_a_window_that_was_not_watched_has_no_counts_and_says_why() -> None:
    book = windows()
    book.begin(NOON)
    (message,) = book.close(NOON + 62)
    assert (message.observed, message.frames, message.see) == (0.0, 0, "offline")
    assert not message.crossings
    assert not message.zones


def test_windows_are_aligned_and_follow_one_another() -> None:
    closed = watch(windows(), NOON + 20, NOON + 200)
    assert [m.start.timestamp() - NOON for m in closed] == [20, 60, 120]
    assert [m.end.timestamp() - NOON for m in closed] == [60, 120, 180]


def test_a_window_waits_for_late_news() -> None:
    book = windows(lateness_s=5.0)
    watch(book, NOON, NOON + 64)
    book.crossing(crossing(), NOON + 59)
    (message,) = book.close(NOON + 65)
    assert message.crossings[0].in_ == 1


def test_news_of_a_closed_window_is_kept_in_the_oldest_open_one() -> None:
    book = windows()
    watch(book, NOON, NOON + 70)
    book.crossing(crossing(direction="out"), NOON + 50)
    closed = watch(book, NOON + 70.5, NOON + 125)
    assert closed[0].crossings[0].out == 1


@pytest.mark.parametrize(
    ("until_s", "share"), [pytest.param(30, 0.5, id="half"), pytest.param(45, 0.75, id="three quarters")]
)
def test_the_observed_share_is_how_long_frames_came(until_s: int, share: float) -> None:
    book = windows()
    watch(book, NOON, NOON + until_s)
    (message,) = book.close(NOON + 62)
    assert message.observed == pytest.approx(share)
    assert message.see == "ok"


def test_occupancy_is_weighted_by_time_not_by_frames() -> None:
    book = windows()
    book.frame(NOON, 0.0, {})
    book.frame(NOON + 30, 30.0, {"all": ZoneSample({0: 1}, {})})
    for step in range(1, 301):
        book.frame(NOON + 30 + step / 10, 0.1, {"all": ZoneSample({0: 5}, {})})
    (message,) = book.close(NOON + 62)
    assert message.zones[0].occupancy_mean == pytest.approx(3.0)
    assert message.zones[0].occupancy_peak == 5


def test_a_frame_that_reaches_over_the_border_belongs_to_both_windows() -> None:
    book = windows()
    book.frame(NOON + 58, 0.0, {})
    book.frame(NOON + 61, 2.0, {"all": ZoneSample({0: 2}, {})})
    first, second = book.flush(NOON + 61)
    assert (first.observed, second.observed) == (0.5, 1.0)
    assert (first.zones[0].occupancy_mean, second.zones[0].occupancy_mean) == (2.0, 2.0)


def test_dwell_figures_are_those_of_visits_that_ended_in_the_window() -> None:
    book = windows()
    watch(book, NOON, NOON + 50)
    for dwell_s in (10.0, 20.0, 40.0):
        book.visit("all", ZoneEvent(0, 0.0, dwell_s), NOON + 45)
    book.visit("all", ZoneEvent(0, 0.0), NOON + 45)
    (message,) = book.close(NOON + 62)
    people, cars = message.zones
    assert (people.dwell_p50_s, people.dwell_p90_s, people.dwell_max_s) == (20.0, 36.0, 40.0)
    assert (people.entries, people.exits) == (1, 3)
    assert cars.dwell_p50_s is None


def test_stopping_ends_the_running_window_and_the_next_start_begins_where_it_is() -> None:
    book = windows()
    watch(book, NOON, NOON + 25)
    (last,) = book.flush(NOON + 25)
    assert last.end.timestamp() == NOON + 25
    assert last.observed == pytest.approx(1.0)
    again = windows()
    (first, *_) = watch(again, NOON + 31, NOON + 70)
    assert first.start.timestamp() == NOON + 31


def test_a_window_closed_long_after_its_end_says_that_it_is_late() -> None:
    book = windows()
    book.begin(NOON)
    late = [m.late for m in book.close(NOON + 200)]
    assert late == [True, True, False]


def test_a_clock_that_goes_back_closes_and_opens_nothing() -> None:
    book = windows()
    watch(book, NOON, NOON + 30)
    assert book.close(NOON - 3600) == []
    book.frame(NOON - 3600, 0.5, {})
    (message, *_) = book.close(NOON + 62)
    assert message.start.timestamp() == NOON


@given(
    st.lists(st.floats(0.05, 90), min_size=1, max_size=60),
    st.floats(0, 59),
    st.integers(min_value=0, max_value=59),
)
def test_windows_neither_overlap_nor_leave_a_hole(steps: list[float], begin_s: float, stop_after: int) -> None:
    book = windows()
    now = NOON + begin_s
    book.begin(now)
    closed: list[CountMessage] = []
    for index, step in enumerate(steps):
        now += step
        book.frame(now, min(step, 2.0), {})
        closed += book.close(now)
        if index == stop_after:
            break
    closed += book.flush(now)
    assert closed[0].start.timestamp() == pytest.approx(NOON + begin_s, abs=0.002)
    assert all(before.end == after.start for before, after in pairwise(closed))
    assert sum(m.frames for m in closed) == index + 1
    assert all(0.0 <= m.observed <= 1.0 for m in closed)


def test_a_crossing_that_happened_in_a_gap_is_counted_where_something_was_seen() -> None:
    book = windows(lateness_s=300.0)
    watch(book, NOON, NOON + 20)
    watch(book, NOON + 125, NOON + 130)
    book.crossing(crossing(), NOON + 90)
    messages = book.flush(NOON + 130)
    assert [m.observed > 0 for m in messages] == [True, False, True]
    assert [c.in_ for m in messages for c in m.crossings if c.class_ == "person"] == [1, 0]


def test_a_moment_is_not_rounded_away() -> None:
    book = windows()
    book.frame(NOON, 0.0, {})
    book.frame(NOON + 0.002, 0.002, {})
    (message,) = book.close(NOON + 62)
    assert message.observed > 0
    assert message.crossings
