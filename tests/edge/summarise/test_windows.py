"""Windows: aligned, complete, never overlapping; zeros written, gaps left."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.messages import CountMessage, SeeState
from edge.settings import HeatSettings
from edge.summarise.facts import CameraFacts
from edge.summarise.windows import Windows
from edge.types import HeatCell, LineCrossing, SpeedReading, Trip, ZoneEvent, ZoneSample

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC).timestamp()
FACTS = CameraFacts(
    site="site",
    gateway="gw",
    camera="cam",
    model="model@1",
    config_rev="rev",
    classes=("person", "car"),
    lines=("mid",),
    zones=("all",),
)


def windows(facts: CameraFacts = FACTS, *, lateness_s: float = 2.0) -> Windows:
    return Windows(facts, window_s=60, lateness_s=lateness_s)


def crossing(label: int = 0, direction: str = "in") -> LineCrossing:
    return LineCrossing("mid", 1, label, direction, 0.0)


def watch(
    book: Windows, start_s: float, end_s: float, *, present: int = 0, dt_s: float = 0.5, see: SeeState = "ok"
) -> list[CountMessage]:
    closed: list[CountMessage] = []
    sample = {"all": ZoneSample({0: present} if present else {}, {})}
    steps = round((end_s - start_s) / dt_s)
    for step in range(steps + 1):
        book.frame(start_s + step * dt_s, dt_s if step else 0.0, zones=sample, see=see)
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
    assert message.see == "offline"
    assert message.impaired == pytest.approx(1 - share)


def test_occupancy_is_weighted_by_time_not_by_frames() -> None:
    book = windows()
    book.frame(NOON, 0.0, zones={})
    book.frame(NOON + 30, 30.0, zones={"all": ZoneSample({0: 1}, {})})
    for step in range(1, 301):
        book.frame(NOON + 30 + step / 10, 0.1, zones={"all": ZoneSample({0: 5}, {})})
    (message,) = book.close(NOON + 62)
    assert message.zones[0].occupancy_mean == pytest.approx(3.0)
    assert message.zones[0].occupancy_peak == 5


def test_a_frame_that_reaches_over_the_border_belongs_to_both_windows() -> None:
    book = windows()
    book.frame(NOON + 58, 0.0, zones={})
    book.frame(NOON + 61, 2.0, zones={"all": ZoneSample({0: 2}, {})})
    first, second = book.flush(NOON + 61)
    assert (first.observed, second.observed) == (0.5, 1.0)
    assert (first.zones[0].occupancy_mean, second.zones[0].occupancy_mean) == (2.0, 2.0)


def test_dwell_figures_are_those_of_visits_that_ended_in_the_window() -> None:
    book = windows()
    watch(book, NOON, NOON + 50)
    for dwell_s in (10.0, 20.0, 40.0):
        book.visit("all", ZoneEvent(1, 0, 0.0, dwell_s), NOON + 45)
    book.visit("all", ZoneEvent(1, 0, 0.0), NOON + 45)
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
    assert book.close(NOON - 600) == []
    book.frame(NOON - 600, 0.5, zones={})
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
        book.frame(now, min(step, 2.0), zones={})
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
    book.frame(NOON, 0.0, zones={})
    book.frame(NOON + 0.002, 0.002, zones={})
    (message,) = book.close(NOON + 62)
    assert message.observed > 0
    assert message.crossings


def test_a_window_in_which_the_camera_saw_well_is_not_impaired() -> None:
    (message, *_) = watch(windows(), NOON, NOON + 63)
    assert (message.see, message.impaired) == ("ok", 0.0)


def test_a_moment_without_frames_at_a_windows_edge_does_not_make_it_offline() -> None:
    book = windows()
    book.begin(NOON)
    watch(book, NOON + 1.9, NOON + 60)
    (message,) = book.close(NOON + 62)
    assert (message.see, message.impaired) == ("ok", 0.0)
    assert message.observed < 0.98


@pytest.mark.parametrize("see", ["covered", "frozen"])
def test_while_the_camera_is_blind_frames_come_but_nothing_is_observed(see: SeeState) -> None:
    book = windows()
    watch(book, NOON, NOON + 45)
    watch(book, NOON + 45, NOON + 60, see=see, present=7)
    (message,) = book.close(NOON + 62)
    assert (message.observed, message.see, message.impaired) == (0.75, see, 0.25)
    assert message.zones[0].occupancy_peak == 0
    assert message.rate_fps == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("see", ["dark", "defocused", "moved"])
def test_who_sees_badly_goes_on_counting_and_says_so(see: SeeState) -> None:
    book = windows()
    watch(book, NOON, NOON + 15)
    watch(book, NOON + 15, NOON + 60, see=see, present=2)
    (message,) = book.close(NOON + 62)
    assert (message.observed, message.see, message.impaired) == (1.0, see, 0.75)
    assert message.zones[0].occupancy_mean == pytest.approx(1.5)


def test_the_state_that_held_longest_names_the_window() -> None:
    book = windows()
    watch(book, NOON, NOON + 40)
    watch(book, NOON + 40, NOON + 45, see="dark")
    watch(book, NOON + 45, NOON + 60, see="covered")
    (message,) = book.close(NOON + 62)
    assert message.see == "covered"
    assert message.impaired == pytest.approx(1 / 3, abs=1e-3)


def test_a_window_that_was_covered_throughout_has_frames_and_no_zeros() -> None:
    (message, *_) = watch(windows(), NOON, NOON + 63, see="covered")
    assert (message.observed, message.see, message.impaired) == (0.0, "covered", 1.0)
    assert message.frames > 100
    assert not message.crossings
    assert not message.zones


def test_a_crossing_that_was_proven_while_covered_is_kept_without_zeros_beside_it() -> None:
    book = windows()
    watch(book, NOON, NOON + 60, see="covered")
    book.crossing(crossing(), NOON + 30)
    (message,) = book.close(NOON + 62)
    assert [(c.class_, c.in_) for c in message.crossings] == [("person", 1)]


def test_what_was_covered_before_it_was_believed_is_taken_back_while_the_window_is_open() -> None:
    book = windows()
    watch(book, NOON, NOON + 30)
    book.frame(NOON + 30.5, 0.5, zones={}, see="covered", since_s=NOON + 24)
    watch(book, NOON + 30.5, NOON + 60, see="covered")
    (message,) = book.close(NOON + 62)
    assert (message.observed, message.impaired) == (0.4, 0.6)


def test_what_was_seen_well_before_it_was_believed_is_given_back() -> None:
    book = windows()
    watch(book, NOON, NOON + 30, see="dark")
    book.frame(NOON + 30.5, 0.5, zones={}, see="ok", since_s=NOON + 24)
    watch(book, NOON + 30.5, NOON + 60)
    (message,) = book.close(NOON + 62)
    assert (message.see, message.impaired) == ("dark", 0.4)


def test_taking_back_reaches_into_the_window_before_and_not_into_a_closed_one() -> None:
    book = windows(lateness_s=5.0)
    watch(book, NOON, NOON + 63)
    book.frame(NOON + 63.5, 0.5, zones={}, see="frozen", since_s=NOON + 57)
    first, second = book.flush(NOON + 63.5)
    assert (first.impaired, second.impaired) == (0.05, 1.0)


def test_a_window_with_a_visit_stays_a_watched_one_when_time_is_taken_back() -> None:
    book = windows(lateness_s=5.0)
    watch(book, NOON, NOON + 2)
    book.visit("all", ZoneEvent(1, 0, 0.0, 1.0), NOON + 1)
    book.frame(NOON + 2.5, 0.5, zones={}, see="covered", since_s=NOON - 9)
    (message,) = book.flush(NOON + 2.5)
    assert 0 < message.observed < 0.01
    assert message.zones[0].exits == 1


def test_what_was_counted_in_time_that_is_taken_back_does_not_thin_out_the_mean() -> None:
    book = windows()
    watch(book, NOON, NOON + 20, present=4)
    watch(book, NOON + 20.5, NOON + 30)
    book.frame(NOON + 30.5, 0.5, zones={}, see="covered", since_s=NOON + 20)
    watch(book, NOON + 30.5, NOON + 60, see="covered")
    (message,) = book.close(NOON + 62)
    assert message.observed == pytest.approx(1 / 3, abs=1e-3)
    assert message.zones[0].occupancy_mean == pytest.approx(4.0)


def test_what_was_there_in_time_that_is_given_back_counts() -> None:
    facts = replace(FACTS, heat=HeatSettings(columns=4, rows=3))
    book = windows(facts)
    book.frame(NOON, 0.0, zones={}, see="covered")
    for second in range(1, 61):
        sample = {"all": ZoneSample({0: 2}, {0: 1})}
        see: SeeState = "covered" if second <= 35 else "ok"
        heat = [HeatCell(1, 1, 0, 2.0)]
        book.frame(NOON + second, 1.0, zones=sample, heat=heat, see=see, since_s=NOON + 30)
    message = book.close(NOON + 62)[0]
    assert message.observed == 0.5
    assert (message.zones[0].occupancy_mean, message.zones[0].queue_peak) == (2.0, 1)
    assert message.heat is not None
    assert message.heat.cells[0].present_s == 60.0


def test_flows_have_a_row_for_every_pair_and_class_that_had_a_trip() -> None:
    facts = replace(FACTS, flows=("a", "b", "c"))
    book = windows(facts)
    watch(book, NOON, NOON + 30)
    book.trip(Trip("a", "c", 0, 0.0), NOON + 20)
    book.trip(Trip("a", "c", 0, 0.0), NOON + 21)
    (message,) = book.close(NOON + 62)
    assert [(f.from_, f.to, f.class_, f.count) for f in message.flows] == [("a", "c", "person", 2)]


def test_speeds_are_there_only_where_some_were_measured() -> None:
    book = windows()
    watch(book, NOON, NOON + 30)
    for mps in (10.0, 20.0):
        book.speed(SpeedReading("mid", 3, mps, 0.0), NOON + 20)
    (message,) = book.close(NOON + 62)
    assert [(s.line, s.class_, s.mean_mps, s.p85_mps, s.count) for s in message.speeds] == [
        ("mid", "car", 15.0, 18.5, 2)
    ]


def test_density_is_that_of_people_where_the_area_is_known() -> None:
    book = windows(replace(FACTS, areas_m2={"all": 50.0}))
    watch(book, NOON, NOON + 60, present=10)
    people, cars = book.close(NOON + 62)[0].zones
    assert (people.density_mean_per_m2, people.density_peak_per_m2) == (0.2, 0.2)
    assert cars.density_mean_per_m2 is None


def test_heat_is_summed_by_cell_and_class_and_shared_out_at_a_border() -> None:
    book = windows(replace(FACTS, heat=HeatSettings(columns=4, rows=3)))
    book.frame(NOON + 58, 0.0, zones={})
    book.frame(NOON + 61, 2.0, zones={}, heat=[HeatCell(3, 2, 0, 4.0), HeatCell(0, 0, 1, 0.01)])
    heats = [message.heat for message in book.flush(NOON + 61)]
    assert [heat and (heat.columns, heat.rows) for heat in heats] == [(4, 3), (4, 3)]
    assert [[(c.column, c.row, c.class_, c.present_s) for c in heat.cells] for heat in heats if heat] == [
        [(3, 2, "person", 2.0)]
    ] * 2


def test_without_a_grid_there_is_no_heat() -> None:
    (message, *_) = watch(windows(), NOON, NOON + 63)
    assert message.heat is None


@given(st.lists(st.tuples(st.floats(0.05, 5), st.sampled_from(get_args(SeeState)), st.floats(0, 30)), max_size=60))
def test_shares_stay_shares_whatever_is_seen_and_whenever_it_is_believed(
    steps: list[tuple[float, SeeState, float]],
) -> None:
    book = windows(lateness_s=10.0)
    now = NOON
    book.begin(now)
    closed: list[CountMessage] = []
    for dt_s, see, ago_s in steps:
        now += dt_s
        book.frame(now, dt_s if dt_s <= 2 else 0.0, zones={}, see=see, since_s=now - ago_s)
        closed += book.close(now)
    closed += book.flush(now)
    for message in closed:
        assert 0.0 <= message.observed <= 1.0
        assert (message.see == "ok") == (message.impaired == 0.0)
        assert bool(message.crossings) == (message.observed > 0)
