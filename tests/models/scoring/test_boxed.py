"""What true boxes say about lines and zones."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring.boxed import crossings, occupancy
from models.scoring.occupancy import ZoneUse
from models.scoring.places import Place
from tests.support.crossings import rows, unhurried, walk

SIZE = (200, 100)
MID = Place("mid", ((0.5, 0.0), (0.5, 1.0)))
LEFT = Place("left", ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)))


def crossed(*xs: float, y: float = 80.0) -> list[str]:
    """Which ways somebody crosses whose foot is at these places, one a second; the box is 60 pixels high."""
    found = crossings(rows(*walk(1, [(x, y) for x in xs])), [MID], fps=1.0, size_px=SIZE)
    return [one.direction for one in found]


@pytest.mark.parametrize(
    ("xs", "ways"),
    [
        pytest.param((80, 120), ["in"], id="to the right"),
        pytest.param((120, 80), ["out"], id="to the left"),
        pytest.param((80, 120, 80), ["in", "out"], id="there and back"),
        pytest.param((80, 90, 99), [], id="up to it"),
        pytest.param((80, 101, 99, 101, 99, 80), [], id="trembling on it and back again"),
        pytest.param((80, 101, 99, 101, 120), ["in"], id="trembling on it and over"),
        pytest.param((80, 101), ["in"], id="last seen just beyond it"),
        pytest.param((100, 120), [], id="beginning on it: on it is beyond it"),
    ],
)
def test_a_crossing_is_believed_when_the_foot_is_clear_of_the_line(xs: tuple[float, ...], ways: list[str]) -> None:
    assert crossed(*xs) == ways


def test_who_is_cut_off_by_the_pictures_edge_crosses_at_the_edge() -> None:
    assert crossed(80, 120, y=130.0) == ["in"]


def test_a_crossing_is_when_the_foot_last_passed_the_line() -> None:
    boxes = rows(*walk(7, [(80, 80), (90, 80), (110, 80)]))

    (found,) = crossings(boxes, [MID], fps=2.0, size_px=SIZE)

    assert (found.time_s, found.who, found.class_, found.line) == (0.75, 7, "person", "mid")


def test_who_was_not_drawn_for_long_is_not_joined() -> None:
    boxes = rows(*walk(1, [(80, 80)]), *walk(1, [(120, 80)], first=8))

    assert crossings(boxes, [MID], fps=1.0, size_px=SIZE) == []
    assert len(crossings(boxes, [MID], fps=2.0, size_px=SIZE)) == 1


def test_rows_that_do_not_count_for_tracking_cross_lines_all_the_same() -> None:
    boxes = rows(*walk(1, [(80, 80), (120, 80)]))
    hidden = replace(boxes, counts=np.array([True, False]))

    assert len(crossings(hidden, [MID], fps=1.0, size_px=SIZE)) == 1


@unhurried
@given(st.lists(st.integers(0, 199), min_size=2, max_size=12))
def test_in_less_out_says_on_which_side_somebody_ends(xs: list[int]) -> None:
    ways = crossed(*map(float, xs))
    began, ended = (min(max(x, 0.5), 199.5) >= 100 for x in (xs[0], xs[-1]))

    assert ways.count("in") - ways.count("out") == int(ended) - int(began)


def test_occupancy_is_the_mean_over_all_frames_empty_ones_too() -> None:
    boxes = rows(*walk(1, [(20, 80), (30, 80), (120, 80)]), *walk(2, [(40, 80)], first=2))

    assert occupancy(boxes, [LEFT], size_px=SIZE, frames=6) == {"left": {"person": ZoneUse(0.5, 2)}}


def test_rows_that_do_not_count_are_in_no_zone() -> None:
    boxes = rows(*walk(1, [(20, 80), (30, 80)]))

    uses = occupancy(replace(boxes, counts=np.array([True, False])), [LEFT], size_px=SIZE, frames=2)

    assert uses["left"]["person"] == ZoneUse(0.5, 1)
