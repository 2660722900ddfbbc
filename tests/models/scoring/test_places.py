"""Lines and zones as somebody draws them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.errors import UsageError
from models.scoring.places import Place, Point, line_of, passed, stands_in, zone_of
from tests.support.crossings import unhurried

DOWN = ((50.0, 0.0), (50.0, 100.0))
BENT = ((50.0, 0.0), (50.0, 50.0), (100.0, 50.0))
SQUARE = ((10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0))


def test_a_line_and_a_zone_are_read_as_the_command_writes_them() -> None:
    assert line_of("mid=0.5,0,0.5,1") == Place("mid", ((0.5, 0.0), (0.5, 1.0)))
    assert zone_of("all=0,0;1,0;1,1") == Place("all", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0)))
    assert line_of("mid=0.5,0,0.5,1").in_pixels((200, 100)) == ((100.0, 0.0), (100.0, 100.0))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("mid=0.5,0,0.5", id="half a point"),
        pytest.param("mid=0.5,0", id="one point"),
        pytest.param("mid=384,0,384,576", id="pixels"),
        pytest.param("mid=a,b,c,d", id="words"),
        pytest.param("mid", id="no points"),
        pytest.param("=0,0,1,1", id="no name"),
    ],
)
def test_a_line_that_is_none_is_refused_by_its_words(text: str) -> None:
    with pytest.raises(UsageError, match=f"'{text}' is not of the form --line"):
        line_of(text)


def test_a_zone_of_two_corners_is_refused() -> None:
    with pytest.raises(UsageError, match="is not of the form --zone"):
        zone_of("all=0,0;1,1")


@pytest.mark.parametrize(
    ("before", "after", "line", "expected"),
    [
        pytest.param(
            (40.0, 50.0), (60.0, 50.0), DOWN, (1, 0.5), id="to the right over a line drawn downwards is in"
        ),
        pytest.param((60.0, 50.0), (40.0, 50.0), DOWN, (-1, 0.5), id="to the left is out"),
        pytest.param((40.0, 120.0), (60.0, 120.0), DOWN, None, id="beyond its end"),
        pytest.param((40.0, 50.0), (45.0, 90.0), DOWN, None, id="on one side"),
        pytest.param((40.0, 20.0), (80.0, 80.0), BENT, None, id="over both arms and out where it was"),
        pytest.param((80.0, 80.0), (80.0, 20.0), BENT, (1, 0.5), id="over the second arm"),
    ],
)
def test_a_step_passes_a_line_one_way_or_the_other(
    before: Point, after: Point, line: tuple[Point, ...], expected: tuple[int, float] | None
) -> None:
    assert passed(before, after, line) == expected


points = st.tuples(st.floats(0, 100), st.floats(0, 100))


@unhurried
@given(points, points)
def test_going_back_the_same_way_undoes_it(before: Point, after: Point) -> None:
    there, back = passed(before, after, DOWN), passed(after, before, DOWN)

    assert (there[0] if there else 0) + (back[0] if back else 0) == 0


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        pytest.param((15.0, 15.0), True, id="within"),
        pytest.param((10.0, 15.0), True, id="on the left edge"),
        pytest.param((20.0, 20.0), True, id="on a corner"),
        pytest.param((21.0, 15.0), False, id="beside it"),
    ],
)
def test_who_stands_on_an_edge_stands_in_a_zone(point: Point, *, expected: bool) -> None:
    assert stands_in(point, SQUARE) is expected
