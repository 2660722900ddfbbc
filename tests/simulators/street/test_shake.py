"""How the camera swings."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulators.street.conditions import Conditions, Shake
from simulators.street.shake import offset_px
from tests.simulators.street.shows import FPS, street

shakes = st.builds(Shake, st.floats(0.5, 60), st.floats(0.1, 20))


@given(shakes, st.floats(0, 10_000), st.integers(0, 99))
def test_no_swing_is_wider_than_its_amplitude(shake: Shake, time_s: float, seed: int) -> None:
    assert max(map(abs, offset_px(shake, time_s, seed=seed))) <= shake.amplitude_px + 1e-9


@given(shakes, st.floats(0, 1000))
def test_the_motion_is_smooth(shake: Shake, time_s: float) -> None:
    step_s = 0.001 / shake.hz
    moved = math.dist(offset_px(shake, time_s, seed=1), offset_px(shake, time_s + step_s, seed=1))
    assert moved < 0.02 * shake.amplitude_px


def test_boxes_move_as_the_picture_does() -> None:
    calm, shaken = street(Conditions(noise=0)), street(Conditions(noise=0, shake=Shake(12)))
    for index in (190, 200, 207):
        right, down = (round(way) for way in offset_px(Shake(12), index / FPS, seed=1))
        still, seen = calm.appearances(index), shaken.appearances(index)
        for one, other in zip(seen, still, strict=True):
            assert abs(one.box_px.left - other.box_px.left - right) <= 0.5
            assert abs(one.box_px.bottom - other.box_px.bottom - down) <= 0.5
        middle = (slice(60, 220), slice(60, 320))
        shifted = np.roll(calm.frame(index), (down, right), (0, 1))[middle].astype(int)
        assert np.abs(shaken.frame(index)[middle] - shifted).mean() < 5
