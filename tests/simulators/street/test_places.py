"""Lines and zones as they are written on the command."""

import pytest

from cityedge.errors import UsageError
from simulators.street.camera import Share
from simulators.street.places import Line, Zone, check_names, parse_line, parse_zone


def test_a_line_is_a_name_and_pairs_of_numbers() -> None:
    assert parse_line("mid=0.5,0,0.5,1") == Line("mid", (Share(0.5, 0), Share(0.5, 1)))
    assert parse_line("bent=0,0,0.5,1,1,0").points == (Share(0, 0), Share(0.5, 1), Share(1, 0))


def test_a_zone_is_a_name_and_corners() -> None:
    assert parse_zone("door=0,0;1,0;0.5,1") == Zone("door", (Share(0, 0), Share(1, 0), Share(0.5, 1)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("0.5,0,0.5,1", "NAME=", id="no name"),
        pytest.param("=0.5,0,0.5,1", "NAME=", id="empty name"),
        pytest.param("mid=0.5,0", "two or more pairs", id="one point"),
        pytest.param("mid=0.5,0,0.5", "two or more pairs", id="odd count"),
        pytest.param("mid=0.5,0,0.5,1.2", "outside the picture", id="outside"),
        pytest.param("mid=0.5,0,0.5,nan", "outside the picture", id="not a number, literally"),
        pytest.param("mid=0.5,0,0.5,half", "'half' is not a number", id="a word"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_fault(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_line(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("door=0,0;1,0", "three or more corners", id="two corners"),
        pytest.param("door=0,0;1;0,1", "not a pair", id="half a corner"),
        pytest.param("door=0,0;1,0;0.5,-1", "outside the picture", id="outside"),
        pytest.param("door", "NAME=", id="no corners"),
    ],
)
def test_a_zone_that_cannot_be_read_is_named_with_its_fault(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_zone(text)


def test_one_name_cannot_be_two_lines() -> None:
    with pytest.raises(UsageError, match="'a' is given twice"):
        check_names([parse_line("a=0,0,1,1"), parse_line("a=0,1,1,0")], "line")
