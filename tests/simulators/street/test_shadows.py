"""Shadows that the sun casts."""

import numpy as np
import pytest

from simulators.street.conditions import Conditions, Sun
from tests.simulators.street.shows import CAR_S, car, changed, renderer, someone


def shaded(sun: Sun, *, moment_s: float = 5.0) -> tuple[np.ndarray, tuple[int, int]]:
    """Where a person's shadow darkens the ground, and where the person stands."""
    shown = renderer(Conditions(sun=sun))
    with_person, without = (shown.frame(who, moment_s, index=0) for who in ([someone()], []))
    mask = changed(with_person, without, by=20)
    (seen,) = shown.appearances([someone()], moment_s)
    box = seen.box_px
    mask[int(box.top) - 3 : int(box.bottom) + 4, int(box.left) - 3 : int(box.right) + 4] = False
    return mask, (seen.x_px, seen.y_px)


def reach_px(sun: Sun) -> float:
    """How far the shadow comes from the feet."""
    mask, (x_px, y_px) = shaded(sun)
    rows, columns = np.nonzero(mask)
    return float(np.hypot(rows - y_px, columns - x_px).max(initial=0))


def test_without_a_sun_nobody_casts_a_shadow() -> None:
    shown = renderer(Conditions())
    mask = changed(shown.frame([someone()], 5.0, index=0), shown.frame([], 5.0, index=0), by=20)
    box = shown.appearances([someone()], 5.0)[0].box_px
    mask[int(box.top) - 3 : int(box.bottom) + 8, int(box.left) - 8 : int(box.right) + 9] = False
    assert not mask.any()


def test_the_lower_the_sun_the_longer_the_shadow() -> None:
    noon, afternoon, evening = (reach_px(Sun(height, 100)) for height in (60, 30, 15))
    assert noon < 0.6 * afternoon < 0.36 * evening


@pytest.mark.parametrize(
    ("azimuth_deg", "right", "down"),
    [
        pytest.param(90, -1, 0, id="from the right, to the left"),
        pytest.param(270, 1, 0, id="from the left, to the right"),
        pytest.param(180, 0, -1, id="from behind the camera, away from it"),
        pytest.param(225, 1, -1, id="from behind on the left, away to the right"),
    ],
)
def test_a_shadow_falls_away_from_the_sun(azimuth_deg: float, right: int, down: int) -> None:
    mask, (x_px, y_px) = shaded(Sun(11, azimuth_deg))
    rows, columns = np.nonzero(mask)
    assert rows.size > 20
    beside, below = float(np.mean(columns - x_px)), float(np.mean(rows - y_px))
    assert (round(np.sign(beside)) if abs(beside) > 6 else 0) == right
    assert (round(np.sign(below)) if abs(below) > 6 else 0) == down


def test_a_shadow_is_as_long_as_geometry_says() -> None:
    (seen,) = renderer(Conditions()).appearances([someone()], 5.0)
    height_px = seen.y_px - seen.box_px.top
    assert reach_px(Sun(30, 90)) == pytest.approx(height_px / np.tan(np.radians(30)), rel=0.15)


def test_two_shadows_on_one_spot_are_no_darker_than_one() -> None:
    shown = renderer(Conditions(sun=Sun(12, 90)))
    one, two = (shown.frame(who, CAR_S, index=0) for who in ([car()], [car(), car()]))
    (seen,) = shown.appearances([car()], CAR_S)
    left = int(seen.box_px.left) - 40
    patch = (slice(seen.y_px - 10, seen.y_px), slice(left, int(seen.box_px.left) - 15))
    assert np.array_equal(one[patch], two[patch])
    assert changed(one, shown.frame([], CAR_S, index=0), by=20)[patch].any()
