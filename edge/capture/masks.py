"""Privacy masks: blackens parts of a picture before anybody is given it."""

import math
from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.settings import MaskSettings
from edge.types import Picture

_SIZES_KEPT: Final = 4
"""As many as the scaler keeps; beyond this, outlines are drawn anew."""
_RIM_PX: Final = 3
"""How far, in pixels of the source or of the picture, whichever are larger, a masked pixel can shine beyond its
place: cameras store colours for squares of two by two pixels, and scaling spreads them over the next one."""


class Masks:
    """Blackens the masked parts of one source's pictures, at whatever size; one picture at a time.

    Every pixel that a mask touches is black, and so is a rim of three pixels around it.

    Args:
        masks: Polygons, in shares of the upright picture.
    """

    def __init__(self, masks: Sequence[MaskSettings]) -> None:
        self._masks = tuple(masks)
        self._by_size: dict[tuple[int, int, int], NDArray[np.intp]] = {}

    def blacken(self, picture: Picture, *, source_width_px: int) -> None:
        """Blacken a picture where it lies.

        Args:
            picture: uint8, shape (height, width, 3), BGR, contiguous, and nobody else's; overwritten.
            source_width_px: Of the picture that it was made from.
        """
        if not self._masks:
            return
        height, width = picture.shape[:2]
        rim_px = math.ceil(_RIM_PX * max(1.0, width / source_width_px))
        picture.reshape(-1, 3)[self._places(width, height, rim_px)] = 0

    def _places(self, width: int, height: int, rim_px: int) -> NDArray[np.intp]:
        """Where the masked pixels are in a picture that is one long row."""
        size = (width, height, rim_px)
        places = self._by_size.pop(size, None)
        if places is None:
            places = np.flatnonzero(covered(self._masks, width, height, rim_px=rim_px))
        self._by_size[size] = places  # at the end: the first is the one longest unused
        while len(self._by_size) > _SIZES_KEPT:
            del self._by_size[next(iter(self._by_size))]
        return places


def covered(masks: Sequence[MaskSettings], width: int, height: int, *, rim_px: int) -> NDArray[np.bool_]:
    """Which pixels of a picture are masked.

    Args:
        masks: Polygons, in shares of the picture.
        width: Of the picture, in pixels.
        height: Of the picture, in pixels.
        rim_px: How far around a mask pixels are masked too.

    Returns:
        Shape (height, width).
    """
    canvas = np.zeros((height, width), np.uint8)
    for mask in masks:
        # The pixel at x spans from x to x + 1, and OpenCV speaks of its middle.
        corners = np.round(np.array(mask.points) * (width, height) - 0.5).astype(np.int32)
        cv2.fillPoly(canvas, [corners], 1)
        # A line of this width covers the rim, and what rounding may have left out.
        cv2.polylines(canvas, [corners], isClosed=True, color=1, thickness=2 * rim_px + 1)
    return canvas.astype(np.bool_)
