"""Rain: streaks through the air, less contrast, and a wet street that mirrors what stands on it."""

from typing import Final

import numpy as np

from simulators.street import raster
from simulators.street.appearance import Appearance
from simulators.street.camera import Camera
from simulators.street.effects import Moment
from simulators.street.light import Light
from simulators.street.raster import SUBPIXELS, Picture

_LAYERS: Final = 4
_MARGIN_PX: Final = 128
_STREAKS: Final = 900  # in a layer, at full rain
_SLANT: Final = 0.16  # columns per row
_VEIL: Final = 0.30
_VEIL_GREY: Final = 165.0
_WET: Final = 0.34
_SHEEN: Final = 34.0
_MIRROR: Final = 0.34
_GROUND_ROW: Final = 162 / 576


class Rain:
    """Lets it rain between the camera and the street.

    Args:
        amount: 0 to 1.
        light: What lights the drops.
        camera: That sees them.
        seed: Of the street.
    """

    def __init__(self, amount: float, *, light: Light, camera: Camera, seed: int) -> None:
        self._amount = amount
        self._seed = seed
        self._brightness = sum(light.ambient) / 3
        self._layers = [self._layer(camera, np.random.default_rng((seed, 17, n))) for n in range(_LAYERS)]

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Let it rain; see :class:`simulators.street.effects.Effect`."""
        veil = _VEIL * self._amount
        picture = raster.scaled(picture, 1 - veil, veil * _VEIL_GREY * self._brightness)
        rng = np.random.default_rng((self._seed, 19, moment.index))
        layer = self._layers[int(rng.integers(_LAYERS))]
        top, left = (int(start) for start in rng.integers(0, _MARGIN_PX, 2))
        height, width = picture.shape[:2]
        return raster.brightened(picture, layer[top : top + height, left : left + width])

    def _layer(self, camera: Camera, rng: np.random.Generator) -> Picture:
        canvas = np.zeros((camera.height_px + _MARGIN_PX, camera.width_px + _MARGIN_PX, 3), np.uint8)
        count = round(_STREAKS * self._amount * canvas.shape[0] * canvas.shape[1] / (704 * 896))
        for _ in range(count):
            near = float(rng.random()) ** 2
            length = (9 + 26 * near) * camera.scale
            start = rng.random(2) * (canvas.shape[1], canvas.shape[0])
            ends = np.array([start, start + np.array([-_SLANT * length, length])])
            bright = round((22 + 42 * near) * self._brightness)
            width_px = 2 if near > 0.75 else 1  # noqa: PLR2004 - the nearest quarter
            raster.stroke(canvas, np.rint(ends * SUBPIXELS).astype(np.int32), (bright,) * 3, width_px)
        return raster.blurred(canvas, 0.7)


class Mirror:
    """Mirrors actors in the wet street.

    Args:
        amount: Of rain, 0 to 1.
    """

    def __init__(self, amount: float) -> None:
        self._share = _MIRROR * amount

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Mirror everybody; see :class:`simulators.street.effects.Effect`."""
        for one in moment.seen:
            self._mirror(picture, one)
        return picture

    def _mirror(self, picture: Picture, one: Appearance) -> None:
        sprite = one.sprite
        above = slice(0, sprite.foot_y_px)
        colour = raster.scaled(np.ascontiguousarray(sprite.colour[above][::-1]), self._share)
        hidden = raster.scaled(255 - np.ascontiguousarray(sprite.keep[above][::-1]), self._share)
        colour, hidden = (raster.smeared(part, round(0.12 * one.px_per_m)) for part in (colour, hidden))
        raster.blend(picture, 255 - hidden, colour, (one.x_px - sprite.foot_x_px, one.y_px))


def wetted(street: Picture, amount: float, *, camera: Camera, seed: int) -> Picture:
    """Make the empty street wet.

    Args:
        street: Shape (H, W, 3), uint8: the dry street by day.
        amount: Of rain, 0 to 1.
        camera: That sees it.
        seed: Decides where puddles are.

    Returns:
        The street with a darker ground in which the sky shines.
    """
    rng = np.random.default_rng((seed, 23))
    height, width = street.shape[:2]
    coarse = rng.normal(0, 1, (height // 18 + 2, width // 70 + 2)).astype(np.float32)
    puddles = np.clip(raster.stretched(coarse, (width, height)), -0.4, 1.2) + 0.5
    rows = np.linspace(1.25, 0.75, height, dtype=np.float32)[:, None]
    wet = np.clip((np.arange(height) - _GROUND_ROW * height) / (4 * camera.scale), 0, 1).astype(np.float32)[
        :, None
    ]
    wet = wet * amount
    sheen = (wet * puddles * rows * _SHEEN)[:, :, None] * np.array([1.0, 0.97, 0.94], np.float32)
    return np.asarray(np.clip(street * (1 - _WET * wet[:, :, None]) + sheen, 0, 255), np.uint8)
