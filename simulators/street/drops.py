"""Drops of rain on the lens: each shows the street upside down, small and blurred, and dries after a while."""

import math
from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from simulators.street import raster
from simulators.street.camera import Camera
from simulators.street.effects import Moment
from simulators.street.raster import Picture

_MOST: Final = 16
_WIDE: Final = 5  # times its own size is what a drop shows


class Drop(NamedTuple):
    """A drop on the lens.

    Attributes:
        x: Its middle, as a share of the picture's width.
        y: Its middle, as a share of the picture's height.
        radius_px: At 576 rows.
    """

    x: float
    y: float
    radius_px: float


def drops_at(amount: float, time_s: float, *, seed: int) -> Iterator[Drop]:
    """Find the drops of a moment.

    Args:
        amount: Of rain, 0 to 1.
        time_s: Scene time.
        seed: Of the street.

    Yields:
        Drops; each place on the list is taken by one drop after another, each for some seconds.
    """
    for number in range(round(_MOST * amount)):
        first = np.random.default_rng((seed, 37, number))
        lasts_s, offset_s = first.uniform(5, 14), first.uniform(0, 14)
        rng = np.random.default_rng((seed, 41, number, math.floor((time_s + offset_s) / lasts_s)))
        yield Drop(float(rng.random()), float(rng.random()), float(rng.uniform(5, 19)))


class LensDrops:
    """Lays drops on the lens.

    Args:
        amount: Of rain, 0 to 1.
        camera: Whose lens it is.
        seed: Of the street.
    """

    def __init__(self, amount: float, *, camera: Camera, seed: int) -> None:
        self._amount = amount
        self._seed = seed
        self._scale = camera.scale
        self._shapes: dict[int, tuple[Picture, Picture]] = {}

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Look through the drops; see :class:`simulators.street.effects.Effect`."""
        small = raster.blurred(raster.shrunk(picture, (picture.shape[1] // _WIDE, picture.shape[0] // _WIDE)), 1.6)
        for drop in drops_at(self._amount, moment.time_s, seed=self._seed):
            self._look_through(picture, small, drop)
        return picture

    def _look_through(self, picture: Picture, small: Picture, drop: Drop) -> None:
        radius = max(2, round(drop.radius_px * self._scale))
        size = 2 * radius + 1
        height, width = small.shape[:2]
        if size >= min(height, width):
            return
        x, y = round(drop.x * picture.shape[1]), round(drop.y * picture.shape[0])
        left, top = (max(0, min(most - size, at // _WIDE - radius)) for at, most in ((x, width), (y, height)))
        seen = np.ascontiguousarray(small[top : top + size, left : left + size][::-1, ::-1])
        if radius not in self._shapes:
            self._shapes[radius] = _shape(radius)
        body, keep = self._shapes[radius]
        raster.blend(picture, keep, raster.dimmed(seen, body), (x - radius, y - radius))


def _shape(radius_px: int) -> tuple[Picture, Picture]:
    """How much of what it shows a drop lets through (less at its rim), and how much of what is behind it."""
    rows, columns = np.mgrid[-radius_px : radius_px + 1, -radius_px : radius_px + 1] / radius_px
    off = np.hypot(rows * 0.92, columns)
    opacity = np.clip((1 - off) * 3.5, 0, 1) * 0.92
    light = np.clip(1.03 - 0.20 * np.clip(off, 0, 1) ** 4 - 0.12 * np.clip(-rows, 0, 1), 0, 1)
    body, keep = (np.rint(255 * field).astype(np.uint8) for field in (opacity * light, 1 - opacity))
    return raster.tripled(body), raster.tripled(keep)
