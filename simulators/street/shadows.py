"""Shadows that the sun casts on the ground, from where it stands and from where the camera hangs.

Every actor is taken for its outline, as deep as things of its class are, upright at its foot point. A point of it
at a height h throws its shadow h / tan(elevation) away from the sun; the shadow of the whole is what the outline's
shadow sweeps from the thing's near side to its far side.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import ObjectClass
from simulators.street import raster
from simulators.street.appearance import Appearance
from simulators.street.camera import Camera, Ground
from simulators.street.conditions import Sun
from simulators.street.effects import Moment
from simulators.street.raster import SUBPIXELS, Corners, Picture

_DEPTH_M: Final[dict[ObjectClass, float]] = {
    "person": 0.35,
    "bicycle": 0.45,
    "motorcycle": 0.6,
    "car": 1.7,
    "bus": 2.4,
    "truck": 2.3,
}
_THIN: Final = ("person", "bicycle", "motorcycle")  # their foot point is below their middle, not below their side
_SKYLIGHT: Final = (0.60, 0.52, 0.47)  # what the sky alone gives, as a share: blue, green, red
_SOFTNESS_PX: Final = 1.2
_LONGEST_M: Final = 40.0
_FLAT: Final = 85.0  # a sun as high as this throws no shadow beside a thing


class CastShadows:
    """Darkens the ground where actors keep the sun off it.

    Args:
        sun: Where it stands.
        camera: That sees the ground.
    """

    def __init__(self, sun: Sun, camera: Camera) -> None:
        self._seen = _projection(camera)
        self._size_px = np.array([camera.width_px, camera.height_px])
        self._nearest_m = camera.depth_at(2.0)
        self._softness_px = _SOFTNESS_PX * camera.scale
        length = 1 / math.tan(math.radians(min(sun.elevation_deg, _FLAT)))
        azimuth = math.radians(sun.azimuth_deg)
        self._right, self._away = -math.sin(azimuth) * length, -math.cos(azimuth) * length
        self._most = _LONGEST_M / max(length, 1e-6)
        steps = np.arange(256)[:, None] / 255 * (1 - np.array(_SKYLIGHT))
        self._shares = np.rint(255 * (1 - steps)).astype(np.uint8)

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Darken the ground; see :class:`simulators.street.effects.Effect`."""
        mask = np.zeros(picture.shape[:2], np.uint8)
        for one in moment.seen:
            self._cast(mask, one)
        rows = np.flatnonzero(mask.any(1))
        if not rows.size:
            return picture
        part = slice(max(0, int(rows[0]) - 8), int(rows[-1]) + 9)
        soft = raster.tripled(raster.blurred(mask[part], self._softness_px))
        picture[part] = raster.dimmed(picture[part], raster.looked_up(soft, self._shares))
        return picture

    def _cast(self, mask: Picture, one: Appearance) -> None:
        depth_m = _DEPTH_M[one.actor.kind]
        near_m = -depth_m / 2 if one.actor.kind in _THIN else 0.0
        near, far = (self._on_ground(one, offset_m) for offset_m in (near_m, near_m + depth_m))
        raster.fill(mask, near, (255,))
        raster.fill(mask, far, (255,))
        for index in range(len(near)):
            raster.fill(mask, np.array([near[index - 1], near[index], far[index], far[index - 1]]), (255,))

    def _on_ground(self, one: Appearance, offset_m: float) -> Corners:
        """Where the shadow of an outline that stands so much behind the foot point falls, in the picture."""
        metres = one.sprite.outline / one.px_per_m
        height_m = np.clip(-metres[:, 1], 0, self._most)
        x_m = one.spot.x_m + metres[:, 0] + self._right * height_m
        depth_m = np.maximum(one.spot.depth_m + offset_m + self._away * height_m, self._nearest_m)
        at = np.stack([x_m, depth_m, np.ones_like(x_m)], 1) @ self._seen
        return np.asarray(np.rint(at[:, :2] / at[:, 2:] * self._size_px * SUBPIXELS), np.int32)


def _projection(camera: Camera) -> NDArray[np.float64]:
    """The camera as a matrix: (metres right, metres away, 1) @ it is (share right, share down, 1) times depth."""
    origin, right, away = (np.array(camera.homogeneous(Ground(*at))) for at in ((0, 1), (1, 1), (0, 2)))
    return np.stack([right - origin, away - origin, 2 * origin - away])
