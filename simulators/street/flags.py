"""Flags: cloth that waves on the houses, and tall ones that stand on the far pavement. None of it is traffic."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulators.street import raster
from simulators.street.brush import tinted
from simulators.street.camera import Camera
from simulators.street.effects import Moment
from simulators.street.raster import SUBPIXELS, Colour, Picture

_COLOURS: Final[tuple[Colour, ...]] = (
    (40, 40, 200),
    (200, 110, 40),
    (60, 160, 60),
    (60, 190, 225),
    (225, 225, 225),
    (150, 60, 140),
)
_POLE: Final[Colour] = (90, 92, 94)
_STRIPS: Final = 9
_ROWS: Final = 576


@dataclass(frozen=True)
class _Flag:
    """One flag; pixels of the reference picture, from its left edge.

    Attributes:
        x: Foot or root of its pole.
        y: Row of it.
        tall: It stands on the ground, its cloth along the pole; else it hangs from a house.
        colours: Of its two halves.
        pace_hz: How fast it waves.
        phase: Where in the wave it is at second 0.
    """

    x: float
    y: float
    tall: bool
    colours: tuple[Colour, Colour]
    pace_hz: float
    phase: float


class Flags:
    """Waves flags.

    Args:
        count: How many; every second one is tall and stands on the ground.
        camera: That sees them.
        seed: Of the street; decides where they are.
    """

    def __init__(self, count: int, *, camera: Camera, seed: int) -> None:
        self._scale = camera.scale
        rng = np.random.default_rng((seed, 29))
        wide = camera.width_px / camera.scale
        places = (rng.permutation(count) + rng.uniform(0.25, 0.75, count)) * wide / count
        self._flags = [_flag(index, float(x), rng) for index, x in enumerate(places)]

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Draw the flags; see :class:`simulators.street.effects.Effect`."""
        for flag in self._flags:
            self._draw(picture, flag, moment.time_s)
        return picture

    def _draw(self, picture: Picture, flag: _Flag, time_s: float) -> None:
        top = (0.0, -112.0) if flag.tall else (34.0, -26.0)
        self._fill(picture, flag, [(-1.2, 0), (top[0] - 1, top[1]), (top[0] + 1, top[1]), (1.2, 0)], _POLE)
        edges = [_edge(flag, top, step / _STRIPS, time_s) for step in range(_STRIPS + 1)]
        for step in range(_STRIPS):
            (upper, lower), (next_upper, next_lower) = edges[step], edges[step + 1]
            lean = (next_upper[1] - upper[1]) / 3.0
            for half, colour in enumerate(flag.colours):
                corners = [
                    _between(upper, lower, half / 2),
                    _between(next_upper, next_lower, half / 2),
                    _between(next_upper, next_lower, (half + 1) / 2),
                    _between(upper, lower, (half + 1) / 2),
                ]
                self._fill(picture, flag, corners, tinted(colour, 0.88 + 0.22 * math.tanh(lean)))

    def _fill(self, picture: Picture, flag: _Flag, corners: list[tuple[float, float]], colour: Colour) -> None:
        at = (np.array(corners) + np.array([flag.x, flag.y])) * self._scale * SUBPIXELS
        raster.fill(picture, np.rint(at).astype(np.int32), colour)


def _flag(index: int, x: float, rng: np.random.Generator) -> _Flag:
    tall = index % 2 == 1
    first, second = rng.choice(len(_COLOURS), 2, replace=False)
    row = 172.0 if tall else float(rng.uniform(70, 120))
    colours = (_COLOURS[int(first)], _COLOURS[int(second)])
    return _Flag(x, row, tall, colours, float(rng.uniform(0.8, 1.5)), float(rng.uniform(0, math.tau)))


def _edge(
    flag: _Flag, top: tuple[float, float], share: float, time_s: float
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Upper and lower end of the cloth, so far from the pole."""
    swing = math.sin(math.tau * (flag.pace_hz * time_s - 1.2 * share) + flag.phase) * share
    gust = 0.8 + 0.2 * math.sin(math.tau * 0.23 * time_s + flag.phase)
    if flag.tall:  # a feather: the cloth hangs along the pole and is narrower at its foot
        reach = 30.0 * share * gust
        return (top[0] + reach, top[1] + 3 * swing + 7 * share), (top[0] + reach * 0.6, -24 + 5 * swing)
    reach = 46.0 * share * gust
    sag = 9 * share * (1.4 - gust)
    return (top[0] + reach, top[1] + 6 * swing + sag), (top[0] + reach * 0.97, top[1] + 29 + 7 * swing + sag)


def _between(first: tuple[float, float], second: tuple[float, float], share: float) -> tuple[float, float]:
    return first[0] + share * (second[0] - first[0]), first[1] + share * (second[1] - first[1])
