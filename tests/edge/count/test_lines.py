"""Crossings: each once, each its way, and none that did not happen."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.lines import LineCounter
from edge.types import EarlierSight, TrackedObject

DOWN = [(100.0, 0.0), (100.0, 400.0)]
CORNER = [(100.0, 0.0), (100.0, 200.0), (300.0, 200.0)]


def seen_at(x: float, time_s: float) -> EarlierSight:
    """A first sight of somebody whose foot is at (x, 200)."""
    return EarlierSight(time_s, (x - 10, 120.0, x + 10, 200.0), 0.9)


def walker(
    x: float, y: float = 200.0, *, track_id: int = 1, observed: bool = True, rider: bool = False
) -> TrackedObject:
    """Somebody 40 by 100 px: the band is 12 px wide beside a line down the picture, 20 px beside one along it."""
    return TrackedObject(track_id, 0, (x - 20, y - 100, x + 20, y), 0.8, observed=observed, rider=rider)


def walk(xs: Sequence[float], *, dt_s: float = 0.5, points: Sequence[tuple[float, float]] = DOWN) -> list[str]:
    line = LineCounter("line", points)
    found = []
    for index, x in enumerate(xs):
        found += [c.direction for c in line.update([walker(x)], index * dt_s)]
    return found


@pytest.mark.parametrize(
    ("xs", "directions"),
    [
        pytest.param([60, 80, 100, 120, 140], ["in"], id="walks over"),
        pytest.param([140, 120, 100, 80, 60], ["out"], id="walks back over"),
        pytest.param([60, 140], ["in"], id="over in one step"),
        pytest.param([60, 80, 95, 80, 60], [], id="turns round before it"),
        pytest.param([60, 90, 105, 90, 60], [], id="steps over by less than the band and turns round"),
        pytest.param([98, 102, 97, 103, 98, 101] * 5, [], id="stands on the line and jitters"),
        pytest.param([98, 102, 97, 103, 110, 125], ["in"], id="stands on the line, then leaves it over there"),
        pytest.param([105, 98, 102, 90, 70], ["out"], id="begins within the band, on the other side"),
        pytest.param([95, 90, 70], [], id="begins within the band and leaves on its side"),
        pytest.param([100, 120, 140], [], id="begins on the line, which is the left hand"),
    ],
)
def test_walks(xs: list[float], directions: list[str]) -> None:
    assert walk(xs) == directions


def test_who_goes_there_and_back_slowly_is_counted_each_time() -> None:
    assert walk([60, 140, 60, 140, 60], dt_s=1.5) == ["in", "out", "in", "out"]


def test_what_crosses_back_within_the_debounce_time_is_told_when_it_is_over() -> None:
    assert walk([60, 140, 60, 60, 60, 60, 60, 60, 60], dt_s=0.2) == ["in", "out"]


def test_jitter_wider_than_the_band_but_quick_is_counted_once_at_most() -> None:
    assert walk([60, 115, 85, 115, 85, 115, 140, 140, 140, 140, 140, 140], dt_s=0.1) == ["in"]


def test_a_crossing_behind_a_bus_is_found_when_the_object_comes_out() -> None:
    line = LineCounter("line", DOWN)
    line.update([walker(60)], 0.0)
    for k in range(1, 5):
        assert line.update([walker(60 + 10 * k, observed=False)], k * 0.5) == []
    found = line.update([walker(140)], 2.5)
    assert [c.direction for c in found] == ["in"]
    assert found[0].time_s == pytest.approx(1.25)


def test_the_time_of_a_crossing_is_when_the_foot_was_on_the_line() -> None:
    line = LineCounter("line", DOWN)
    line.update([walker(95)], 10.0)
    line.update([walker(105)], 11.0)
    found = line.update([walker(130)], 12.0)
    assert found[0].time_s == pytest.approx(10.5)


def test_riders_cross_with_their_vehicle_and_not_by_themselves() -> None:
    line = LineCounter("line", DOWN)
    line.update([walker(60, rider=True)], 0.0)
    assert line.update([walker(140, rider=True)], 1.0) == []


def test_objects_do_not_meet() -> None:
    line = LineCounter("line", DOWN)
    line.update([walker(60, track_id=1), walker(140, track_id=2)], 0.0)
    found = line.update([walker(140, track_id=1), walker(60, track_id=2)], 1.0)
    assert [(c.track_id, c.direction) for c in found] == [(1, "in"), (2, "out")]


def test_somebody_who_walks_round_the_end_has_crossed_nothing() -> None:
    line = LineCounter("line", [(100.0, 0.0), (100.0, 150.0)])
    path = [(60, 100), (60, 250), (140, 250), (140, 100)]
    found = [c for k, (x, y) in enumerate(path) for c in line.update([walker(x, y)], float(k))]
    assert found == []


@pytest.mark.parametrize(
    ("path", "directions"),
    [
        pytest.param([(60, 100), (150, 100)], ["in"], id="over the first segment"),
        pytest.param([(200, 250), (200, 100)], ["in"], id="over the second"),
        pytest.param([(60, 240), (160, 140)], ["in"], id="over the corner"),
        pytest.param([(160, 140), (60, 240)], ["out"], id="over the corner, back"),
        pytest.param([(60, 100), (150, 100), (200, 250)], ["in", "out"], id="in over one, out over the other"),
    ],
)
def test_lines_of_several_segments(path: list[tuple[float, float]], directions: list[str]) -> None:
    line = LineCounter("line", CORNER)
    found = [c for k, (x, y) in enumerate(path) for c in line.update([walker(x, y)], 2.0 * k)]
    assert [c.direction for c in found] == directions


@pytest.mark.parametrize(
    ("ys", "directions"),
    [
        pytest.param([240, 215, 203, 194, 203, 215], [], id="feet that jitter by less than a fifth of the height"),
        pytest.param([240, 215, 195, 175], ["in"], id="walks over it"),
    ],
)
def test_a_line_along_the_picture_bears_more_jitter(ys: list[float], directions: list[str]) -> None:
    line = LineCounter("along", [(0.0, 200.0), (400.0, 200.0)])
    found = [c for k, y in enumerate(ys) for c in line.update([walker(100, y)], 0.5 * k)]
    assert [c.direction for c in found] == directions


def test_what_is_first_reported_beyond_the_line_has_crossed_it() -> None:
    line = LineCounter("line", DOWN)
    told = replace(walker(250), earlier=(seen_at(20.0, 4.0),))
    (crossing,) = line.update([told], 4.5)
    assert crossing.direction == "in"
    assert 4.0 < crossing.time_s < 4.5


def test_where_an_object_came_from_is_old_news_once_it_is_known() -> None:
    line = LineCounter("line", DOWN)
    line.update([walker(250)], 0.0)
    assert line.update([replace(walker(260), earlier=(seen_at(20.0, 0.1),))], 0.5) == []


@given(st.lists(st.floats(0, 200), min_size=2, max_size=40))
def test_in_minus_out_is_always_where_somebody_began_and_ended(xs: list[float]) -> None:
    path = [20.0, *xs, *([180.0] * 4)]
    directions = walk(path, dt_s=0.7)
    assert directions.count("in") - directions.count("out") == 1


@given(st.lists(st.floats(0, 200), min_size=2, max_size=40))
def test_a_line_drawn_the_other_way_swaps_in_and_out(xs: list[float]) -> None:
    xs = [x if x != 100 else 101.0 for x in xs]
    swap = {"in": "out", "out": "in"}
    assert walk(xs, points=DOWN[::-1]) == [swap[d] for d in walk(xs)]
