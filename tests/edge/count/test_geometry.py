"""Lines and polygons: sides, crossings, distances."""

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from edge.count.geometry import (
    Point,
    crossed_at,
    distance_to_path,
    distance_to_segment,
    inside,
    side,
)

DOWN = {"start": (100.0, 0.0), "end": (100.0, 200.0)}
SQUARE = [(10.0, 10.0), (110.0, 10.0), (110.0, 110.0), (10.0, 110.0)]
ARROW = [(0.0, 0.0), (100.0, 50.0), (0.0, 100.0), (40.0, 50.0)]


def test_the_right_hand_of_somebody_walking_down_the_picture_is_its_left() -> None:
    assert side((50, 100), **DOWN) > 0
    assert side((150, 100), **DOWN) < 0


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        pytest.param((90, 50), (110, 50), 1, id="to the right over a line drawn downwards is in"),
        pytest.param((110, 50), (90, 50), -1, id="to the left is out"),
        pytest.param((90, 50), (95, 50), None, id="stays on its side"),
        pytest.param((90, 250), (110, 250), None, id="passes beyond the line's end"),
        pytest.param((50, 50), (100, 50), 1, id="steps onto the line from the right hand"),
        pytest.param((100, 50), (150, 50), None, id="leaves the line to the side it counts as"),
        pytest.param((100, 20), (100, 80), None, id="walks along the line"),
        pytest.param((90, 50), (90, 50), None, id="stands"),
    ],
)
def test_steps_over_a_line(before: Point, after: Point, way: int | None) -> None:
    crossed = crossed_at(before, after, **DOWN)
    assert (crossed and crossed[0]) == way


def test_where_on_the_step_the_line_was_crossed() -> None:
    crossed = crossed_at((90, 50), (130, 50), **DOWN)
    assert crossed is not None
    assert crossed[1] == pytest.approx(0.25)


coordinate = st.floats(-300, 300, allow_nan=False)
point = st.tuples(coordinate, coordinate)


@given(point, point, point)
def test_a_path_that_ends_where_it_began_has_crossed_nothing(first: Point, second: Point, third: Point) -> None:
    path = [first, second, third, first]
    crossings = [crossed_at(a, b, start=(0.0, -1e6), end=(0.0, 1e6)) for a, b in pairwise(path)]
    assert sum(way for way, _ in filter(None, crossings)) == 0


@given(point, point, point, point)
def test_walking_the_line_the_other_way_swaps_in_and_out(a: Point, b: Point, start: Point, end: Point) -> None:
    hands = (side(a, start, end), side(b, start, end), side(start, a, b), side(end, a, b))
    assume(all(abs(hand) > 1e-6 for hand in hands))
    one, other = crossed_at(a, b, start=start, end=end), crossed_at(a, b, start=end, end=start)
    assert (one is None) == (other is None)
    if one and other:
        assert one[0] == -other[0]


@pytest.mark.parametrize(
    ("where", "distance"),
    [
        pytest.param((100, 100), 0.0, id="on it"),
        pytest.param((130, 100), 30.0, id="beside it"),
        pytest.param((103, 204), 5.0, id="beyond its end"),
    ],
)
def test_distance_to_a_segment(where: Point, distance: float) -> None:
    assert distance_to_segment(where, **DOWN) == pytest.approx(distance)


def test_distance_to_a_path_is_that_to_its_nearest_segment() -> None:
    assert distance_to_path((50, 20), [(0, 0), (100, 0), (100, 100)]) == pytest.approx(20)
    assert distance_to_path((90, 60), [(0, 0), (100, 0), (100, 100)]) == pytest.approx(10)


def test_a_segment_without_length_is_a_point() -> None:
    assert distance_to_segment((3, 4), (0, 0), (0, 0)) == pytest.approx(5)


@pytest.mark.parametrize(
    ("where", "corners", "expected"),
    [
        pytest.param((50, 50), SQUARE, True, id="in a square"),
        pytest.param((5, 50), SQUARE, False, id="beside a square"),
        pytest.param((10, 50), SQUARE, True, id="on its left edge"),
        pytest.param((50, 110), SQUARE, True, id="on its lower edge"),
        pytest.param((110, 110), SQUARE, True, id="on a corner"),
        pytest.param((20, 50), ARROW, False, id="in the notch of an arrow"),
        pytest.param((60, 50), ARROW, True, id="in its head"),
    ],
)
def test_who_stands_in_a_zone(where: Point, corners: list[Point], expected: bool) -> None:  # noqa: FBT001
    assert inside(where, corners) is expected


@given(st.floats(0, 2 * math.pi), st.floats(0, 2))
def test_a_circle_of_corners_holds_what_is_nearer_than_its_radius(angle: float, radius: float) -> None:
    assume(abs(radius - 1) > 0.02)
    corners = [(100 * math.cos(k / 32 * math.tau), 100 * math.sin(k / 32 * math.tau)) for k in range(32)]
    assert inside((100 * radius * math.cos(angle), 100 * radius * math.sin(angle)), corners) == (radius < 1)
