"""Shake: how a mast swings in the wind, as a smooth motion that a seed decides."""

import math
from typing import Final

import numpy as np

from simulators.street.conditions import Shake

_WAVES: Final = ((0.61, 0.35), (1.0, 0.45), (1.73, 0.20))
"""Share of the swing's frequency, and share of its amplitude; no two are in step for long."""


def offset_px(shake: Shake, time_s: float, *, seed: int) -> tuple[float, float]:
    """Find out how far the picture is off its place.

    Args:
        shake: How the camera swings.
        time_s: Scene time.
        seed: Of the street.

    Returns:
        Pixels to the right and down, each at most the amplitude to either side.
    """
    phases = np.random.default_rng((seed, 11)).uniform(0, math.tau, (2, len(_WAVES)))
    right, down = (
        sum(
            share * math.sin(math.tau * shake.hz * pace * time_s + phase)
            for (pace, share), phase in zip(_WAVES, map(float, row), strict=True)
        )
        for row in phases
    )
    return shake.amplitude_px * right, shake.amplitude_px * down
