"""Birds that fly through the picture, between the camera and the street."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulators.street import raster
from simulators.street.brush import tinted
from simulators.street.camera import Camera
from simulators.street.effects import Moment
from simulators.street.raster import SUBPIXELS, Colour, Picture

_SLOT_S: Final = 10.0
_COLOURS: Final[tuple[Colour, ...]] = ((52, 54, 58), (96, 92, 90), (188, 190, 190), (40, 48, 62))


@dataclass(frozen=True)
class Bird:
    """A bird on its way across the picture.

    Attributes:
        start_s: When it enters, scene time.
        end_s: When it has left.
        rightwards: Whether it flies to the right.
        row: Where it enters, as a share of the picture's height.
        climb: How much higher it leaves, as a share of that height.
        span_px: From wing tip to wing tip, at 576 rows.
        flaps_hz: How often it beats its wings.
        colour: Of its feathers.
    """

    start_s: float
    end_s: float
    rightwards: bool
    row: float
    climb: float
    span_px: float
    flaps_hz: float
    colour: Colour


def birds_at(per_minute: float, time_s: float, *, seed: int) -> Iterator[Bird]:
    """Find the birds of a moment.

    Args:
        per_minute: How many come, on average.
        time_s: Scene time.
        seed: Of the street.

    Yields:
        Those in the picture; the same for the same arguments.
    """
    slot = math.floor(time_s / _SLOT_S)
    for number in (slot - 1, slot):
        if number >= 0:
            rng = np.random.default_rng((seed, 31, number))
            for _ in range(int(rng.poisson(per_minute * _SLOT_S / 60))):
                bird = _bird(number * _SLOT_S + float(rng.uniform(0, _SLOT_S)), rng)
                if bird.start_s <= time_s < bird.end_s:
                    yield bird


def _bird(start_s: float, rng: np.random.Generator) -> Bird:
    return Bird(
        start_s=start_s,
        end_s=start_s + float(rng.uniform(1.8, 5.5)),
        rightwards=bool(rng.random() < 0.5),  # noqa: PLR2004 - as many come from either side
        row=float(rng.uniform(0.1, 0.9)),
        climb=float(rng.uniform(-0.25, 0.35)),
        span_px=float(rng.uniform(22, 62)),
        flaps_hz=float(rng.uniform(3.0, 5.5)),
        colour=_COLOURS[int(rng.integers(len(_COLOURS)))],
    )


class Birds:
    """Lets birds fly.

    Args:
        per_minute: How many come, on average.
        camera: That sees them.
        seed: Of the street.
    """

    def __init__(self, per_minute: float, *, camera: Camera, seed: int) -> None:
        self._per_minute = per_minute
        self._camera = camera
        self._seed = seed

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Draw the birds; see :class:`simulators.street.effects.Effect`."""
        for bird in birds_at(self._per_minute, moment.time_s, seed=self._seed):
            self._draw(picture, bird, moment.time_s)
        return picture

    def _draw(self, picture: Picture, bird: Bird, time_s: float) -> None:
        share = (time_s - bird.start_s) / (bird.end_s - bird.start_s)
        way = 1.0 if bird.rightwards else -1.0
        span = bird.span_px * self._camera.scale
        reach = self._camera.width_px + 2 * span
        x = (share if bird.rightwards else 1 - share) * reach - span
        wave = 0.012 * math.sin(math.tau * 0.7 * (time_s - bird.start_s))
        y = (bird.row - bird.climb * share + wave) * self._camera.height_px
        beat = math.sin(math.tau * bird.flaps_hz * (time_s - bird.start_s))
        for wing, shade in ((0.32, 0.75), (-0.18, 1.0)):  # the far wing, then the near one
            tip = (x - way * 0.10 * span + wing * 0.3 * span, y - beat * 0.42 * span - abs(wing) * 0.2 * span)
            root = [(x + way * 0.13 * span, y - 0.03 * span), tip, (x - way * 0.13 * span, y + 0.02 * span)]
            _fill(picture, root, bird.colour, shade)
        tip_x = x - way * 0.41 * span
        tail = [(x - way * 0.18 * span, y), (tip_x, y - 0.05 * span), (tip_x, y + 0.06 * span)]
        _fill(picture, tail, bird.colour, 0.85)
        for ahead, size in ((0.0, (0.24, 0.075)), (0.22, (0.065, 0.055))):
            centre = (round((x + way * ahead * span) * SUBPIXELS), round((y - ahead * 0.1 * span) * SUBPIXELS))
            axes = (round(size[0] * span * SUBPIXELS), round(size[1] * span * SUBPIXELS))
            raster.ellipse(picture, centre, axes, bird.colour)


def _fill(picture: Picture, corners: list[tuple[float, float]], colour: Colour, shade: float) -> None:
    raster.fill(picture, np.rint(np.array(corners) * SUBPIXELS).astype(np.int32), tinted(colour, shade))
