"""Where the camera points."""

import pytest

from simulators.street.actors import Extent
from simulators.street.aim import STILL, aim_at
from simulators.street.conditions import Conditions, Covered, Moved
from tests.simulators.street.shows import SMALL, changed, renderer, someone


def aimed(moved: Moved) -> tuple[float, float]:
    """Where the middle of a quarter of the picture comes to lie."""
    return aim_at(Conditions(faults=(moved,)), SMALL, 5.0, seed=1).point(96, 72)


def test_a_camera_that_nothing_moves_hangs_still() -> None:
    assert aim_at(Conditions(faults=(Covered(0, 9),)), SMALL, 5.0, seed=1) == STILL


@pytest.mark.parametrize(
    ("moved", "place"),
    [
        pytest.param(Moved(0, 9, x=0.25), (192, 72), id="to the right"),
        pytest.param(Moved(0, 9, y=-0.125), (96, 36), id="up"),
        pytest.param(Moved(0, 9, zoom=2), (0, 0), id="zoomed in"),
        pytest.param(Moved(0, 9, rotation_deg=180), (288, 216), id="upside down"),
        pytest.param(Moved(0, 9, rotation_deg=90), (264, 48), id="a quarter clockwise"),
        pytest.param(Moved(9, 10, x=0.25), (96, 72), id="not yet"),
    ],
)
def test_a_camera_that_was_moved_sees_things_elsewhere(moved: Moved, place: tuple[float, float]) -> None:
    assert aimed(moved) == pytest.approx(place)


def test_a_turned_box_has_room_for_what_was_in_it() -> None:
    aim = aim_at(Conditions(faults=(Moved(0, 9, rotation_deg=45),)), SMALL, 5.0, seed=1)
    box = aim.box(Extent(172, 124, 212, 164))
    assert box.right - box.left == pytest.approx(40 * 2**0.5)


def test_who_is_drawn_by_a_moved_camera_is_where_their_box_is() -> None:
    shown = renderer(Conditions(noise=0, faults=(Moved(0, 9, x=-0.2, y=-0.1),)))
    mask = changed(shown.frame([someone()], 5.0, index=0), shown.frame([], 5.0, index=0), by=30)
    mask[round(0.9 * SMALL.height_px) :] = False  # continued by its mirror image
    (seen,) = shown.appearances([someone()], 5.0)
    box = seen.box_px
    assert mask[int(box.top) : int(box.bottom), int(box.left) : int(box.right)].sum() > 0.9 * mask.sum() > 0
