"""Points of lines, zones and calibrations: what no set of them may be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.settings.points import (
    Point,
    area,
    check_calibration,
    check_line,
    check_points,
    check_polygon,
    crossing_edges,
)

SQUARE: list[Point] = [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)]
BOW_TIE: list[Point] = [(0.2, 0.2), (0.8, 0.8), (0.8, 0.2), (0.2, 0.8)]
ARROW: list[Point] = [(0.1, 0.1), (0.9, 0.5), (0.1, 0.9), (0.4, 0.5)]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        pytest.param([], "points: needs two points, got 0", id="none"),
        pytest.param([(0.5, 0.5)], "points: needs two points, got 1", id="one"),
        pytest.param(
            [(0.1, 0.1), (0.2, 1.01)], r"points\[1\]: \(0.2, 1.01\) lies outside", id="below the picture"
        ),
        pytest.param([(-0.1, 0.1), (0.2, 0.2)], r"points\[0\]: \(-0.1, 0.1\) lies outside", id="beside it"),
        pytest.param([(120, 80), (200, 80)], "points are shares from 0 to 1", id="in pixels"),
        pytest.param([(0.1, math.nan), (0.2, 0.2)], "lies outside the picture", id="not a number"),
        pytest.param([(0.1, 0.1), (0.1, 0.1)], r"points\[1\]: is the same point as the one before", id="the same"),
    ],
)
def test_points_that_make_no_line(points: list[Point], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_points(points, least=2)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        pytest.param(
            BOW_TIE, "the piece from point 2 meets the piece from point 0, .* which side is 'in'", id="a loop"
        ),
        pytest.param(
            [(0.1, 0.5), (0.9, 0.5), (0.5, 0.5)], "the piece from point 1 meets the piece from point 0", id="back"
        ),
        pytest.param([*SQUARE, SQUARE[0]], "the piece from point 3 meets the piece from point 0", id="a ring"),
    ],
)
def test_a_line_has_two_sides(points: list[Point], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_line(points)


@pytest.mark.parametrize(
    "points",
    [
        pytest.param([(0.1, 0.5), (0.5, 0.5), (0.9, 0.5)], id="straight on"),
        pytest.param(SQUARE, id="round three sides"),
        pytest.param([(0.1, 0.5), (0.9, 0.5), (0.5, 0.51)], id="a hairpin"),
    ],
)
def test_a_line_may_turn(points: list[Point]) -> None:
    check_line(points)


def test_the_corners_of_the_picture_lie_in_it() -> None:
    check_points([(0.0, 0.0), (1.0, 1.0)], least=2)


@pytest.mark.parametrize(
    ("corners", "said"),
    [
        pytest.param(SQUARE[:2], "needs three points, got 2", id="two corners"),
        pytest.param(BOW_TIE, "the edge from point 0 crosses the edge from point 2", id="a bow tie"),
        pytest.param(
            [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.5, 0.1), (0.1, 0.9)], "crosses", id="a corner on another edge"
        ),
        pytest.param([*SQUARE, SQUARE[0]], "leave it out", id="closed by hand"),
        pytest.param([(0.1, 0.1), (0.5, 0.5), (0.9, 0.9)], "no area to speak of", id="corners in a line"),
        pytest.param([(0.1, 0.1), (0.11, 0.1), (0.11, 0.105)], "no area to speak of", id="a speck"),
    ],
)
def test_corners_that_make_no_polygon(corners: list[Point], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_polygon(corners)


@pytest.mark.parametrize(
    "corners",
    [
        pytest.param(SQUARE, id="a square"),
        pytest.param(SQUARE[::-1], id="a square the other way round"),
        pytest.param(SQUARE[:3], id="a triangle"),
        pytest.param(ARROW, id="an arrow, which has a notch"),
        pytest.param([(0, 0), (1, 0), (1, 1), (0, 1)], id="the whole picture"),
    ],
)
def test_polygons(corners: list[Point]) -> None:
    check_polygon(corners)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        pytest.param(SQUARE[:3], "ground_m: needs four points, got 3", id="three"),
        pytest.param([*SQUARE, (0.5, 0.9)], "ground_m: needs four points, got 5", id="five"),
        pytest.param([(0, 0), (5, 0), (10, 0), (0, 9)], "points 0, 1 and 2 lie in a line", id="in a line"),
        pytest.param([(0, 0), (5, 0.001), (10, 0), (0, 9)], "lie in a line", id="as good as in a line"),
        pytest.param([(0, 0), (0, 0), (10, 0), (0, 9)], "lie in a line", id="one point twice"),
        pytest.param([(0, 0), (5, 9), (5, 0), (0, 9)], "the edges cross", id="listed across"),
        pytest.param([(0, 0), (9, 0), (3, 3), (0, 9)], "point 2 lies among the others", id="an arrow"),
        pytest.param(
            [(3, 3), (0, 9), (0, 0), (9, 0)], "point 0 lies among the others", id="an arrow's notch first"
        ),
    ],
)
def test_points_that_fix_no_ground(points: list[Point], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        check_calibration("ground_m", points)


coordinate = st.floats(0, 1)
point = st.tuples(coordinate, coordinate)


@given(st.lists(st.integers(0, 359), min_size=3, max_size=12, unique=True), st.floats(0.1, 0.45))
def test_corners_round_a_circle_never_cross(degrees: list[int], radius: float) -> None:
    angles = [math.radians(degree) for degree in sorted(degrees)]
    corners = [(0.5 + radius * math.cos(angle), 0.5 + radius * math.sin(angle)) for angle in angles]
    assert crossing_edges(corners) is None


@given(st.lists(point, min_size=4, max_size=8), st.integers(0, 7))
def test_where_a_polygon_begins_and_which_way_it_runs_is_all_the_same(corners: list[Point], turn: int) -> None:
    turned = [*corners[turn % len(corners) :], *corners[: turn % len(corners)]]
    crosses = crossing_edges(corners) is not None
    assert (crossing_edges(turned) is not None) == crosses
    assert (crossing_edges(corners[::-1]) is not None) == crosses
    assert area(turned) == pytest.approx(area(corners), abs=1e-9)
    assert area(corners[::-1]) == pytest.approx(-area(corners), abs=1e-9)


@given(st.tuples(point, point, point, point), st.floats(0.5, 200), st.floats(-500, 500))
def test_a_calibration_does_not_depend_on_where_metres_are_counted_from(
    points: tuple[Point, Point, Point, Point], scale: float, shift: float
) -> None:
    moved = [(round(x, 2) * scale + shift, round(y, 2) * scale - shift) for x, y in points]
    rounded = [(round(x, 2), round(y, 2)) for x, y in points]
    extent = max(abs(p[k] - q[k]) for p in rounded for q in rounded for k in (0, 1))
    triangles = [area([rounded[j] for j in range(4) if j != i]) for i in range(4)]
    if all(abs(abs(t) - 1e-3 * extent**2) > 1e-6 for t in triangles):
        assert accepts(moved) == accepts(rounded)


def accepts(points: list[Point]) -> bool:
    try:
        check_calibration("ground_m", points)
    except ValueError:
        return False
    return True
