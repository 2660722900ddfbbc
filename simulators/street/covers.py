"""Covers: what is held, hung or sprayed before a lens."""

from typing import Final, NamedTuple

import numpy as np

from simulators.street import raster
from simulators.street.camera import Camera
from simulators.street.conditions import Cover, Covered
from simulators.street.light import Light
from simulators.street.raster import Floats, Picture

_FINGERS: Final = 4
_TONES: Final[dict[Cover, tuple[float, float, float]]] = {
    "hand": (44.0, 58.0, 92.0),
    "bag": (176.0, 182.0, 186.0),
    "spray": (38.0, 34.0, 30.0),
}
_EDGES_PX: Final[dict[Cover, float]] = {"hand": 14.0, "bag": 9.0, "spray": 5.0}
"""How blurred its edge is, at 576 rows: the nearer to the lens, the more."""


class Sheet(NamedTuple):
    """A cover that is ready to be laid over a picture.

    Attributes:
        keep: Shape (H, W, 3), uint8: how much of the street shines through.
        colour: Shape (H, W, 3), uint8, BGR: what it adds.
    """

    keep: Picture
    colour: Picture


def sheet_of(fault: Covered, *, light: Light, camera: Camera, seed: int) -> Sheet:
    """Make a cover.

    Args:
        fault: What it is and how much it covers.
        light: That falls on it.
        camera: Whose lens it covers.
        seed: Decides its shape.

    Returns:
        The cover; at least half opaque over the share that the fault says, before the fault's opacity.
    """
    rng = np.random.default_rng((seed, 43, round(fault.from_s * 1000)))
    shape = (camera.height_px, camera.width_px)
    field = _reach(fault.cover, rng, shape)
    opaque = (field >= np.quantile(field, 1 - fault.share)).astype(np.float32)
    if fault.share < 1:
        opaque = raster.softened(opaque, _EDGES_PX[fault.cover] * camera.scale)
    if fault.cover == "spray":
        opaque = np.maximum(opaque, _speckles(rng, shape))
    opaque = opaque * fault.opacity
    texture = _texture(fault.cover, rng, shape)[:, :, None] * np.array(_TONES[fault.cover], np.float32)
    colour = np.clip(texture * np.array(light.ambient, np.float32), 0, 255) * opaque[:, :, None]
    keep = raster.tripled(np.rint((1 - opaque) * 255).astype(np.uint8))
    return Sheet(keep, np.rint(colour).astype(np.uint8))


def _reach(cover: Cover, rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """A field that is larger the sooner a place is covered."""
    rows, columns = np.mgrid[0 : 1 : complex(shape[0]), 0 : 1 : complex(shape[1])].astype(np.float32)
    bumps = _noise(rng, shape, 5) * 0.16
    if cover == "spray":
        x, y = rng.uniform(0.4, 0.6, 2)
        ragged = bumps * 1.6 + _noise(rng, shape, 16) * 0.07
        return np.asarray(ragged - np.hypot(columns - x, rows - y), np.float32)
    side = 1.0 if rng.random() < 0.5 else -1.0  # noqa: PLR2004 - as often from either side
    along = columns if side > 0 else 1 - columns
    if cover == "bag":
        return np.asarray(bumps - along - 0.4 * rows, np.float32)
    spread = 0.22 * np.abs(np.sin(rows * np.pi * _FINGERS + rng.uniform(0, 1)))  # the gaps between fingers
    return np.asarray(spread + bumps * 0.5 - along, np.float32)


def _texture(cover: Cover, rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Brightness about 1: skin is smooth, plastic has folds, paint is even."""
    match cover:
        case "hand":
            return 1 + 0.22 * _noise(rng, shape, 3)
        case "bag":
            folds = 1 - np.abs(_noise(rng, shape, 6)) * 0.28
            return np.asarray(folds * (1 + 0.10 * _noise(rng, shape, 3)) + 0.12, np.float32)
        case "spray":
            return 1 + 0.10 * _noise(rng, shape, 6)


def _speckles(rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
    """Droplets of paint beside the patch."""
    dots = (rng.random(shape) > 0.9985).astype(np.float32)  # noqa: PLR2004 - one pixel in some 700
    return np.clip(raster.softened(dots, 1.3) * 9, 0, 1)


def _noise(rng: np.random.Generator, shape: tuple[int, int], cells: int) -> Floats:
    """Smooth noise of standard deviation about 1, with so many cells down the picture."""
    across = round(cells * shape[1] / shape[0])
    small = rng.normal(0, 1, (cells + 3, across + 3)).astype(np.float32)
    return raster.softened(raster.stretched(small, (shape[1], shape[0])), shape[0] / cells / 3)
