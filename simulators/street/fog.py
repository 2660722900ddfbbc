"""Fog: the farther off, the more of a thing is lost in grey."""

from typing import Final

import numpy as np

from simulators.street import raster
from simulators.street.camera import Camera
from simulators.street.effects import Moment
from simulators.street.light import Light
from simulators.street.raster import Picture

_GREY: Final = (205.0, 204.0, 202.0)
_HOUSE_ROW: Final = 160 / 576  # where the houses stand; they are as far off as their feet
_NEAREST_ROW: Final = 1.0
_THICKNESS: Final = 3.4  # depths of visibility between the lens and the houses in the densest fog


class Fog:
    """Fills the street with fog.

    Args:
        amount: 0 to 1.
        light: What lights the fog.
        camera: That looks through it.
    """

    def __init__(self, amount: float, *, light: Light, camera: Camera) -> None:
        rows = np.maximum((np.arange(camera.height_px) + 0.5) / camera.height_px, _HOUSE_ROW)
        nearest_m, houses_m = camera.depth_at(_NEAREST_ROW), camera.depth_at(_HOUSE_ROW)
        depths_m = np.array([camera.depth_at(float(row)) for row in rows])
        # The air before the nearest ground counts little: the camera is a window high up, where fog is thin.
        share = 0.25 + 0.75 * (depths_m - nearest_m) / (houses_m - nearest_m)
        kept = np.exp(-amount * _THICKNESS * share)[:, None, None]
        shape = (camera.height_px, camera.width_px, 3)
        grey = (1 - kept) * np.array(_GREY) * np.array(light.ambient)
        self._keep: Picture = np.ascontiguousarray(np.broadcast_to(np.rint(kept * 255), shape).astype(np.uint8))
        self._grey: Picture = np.ascontiguousarray(np.broadcast_to(np.rint(grey), shape).astype(np.uint8))

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Lay the fog over the street; see :class:`simulators.street.effects.Effect`."""
        del moment
        return raster.brightened(raster.dimmed(picture, self._keep), self._grey)
