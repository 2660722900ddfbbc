"""Makes frames of decoded pictures: pixels come at the sizes that are asked for, when they are asked for."""

import threading
from collections.abc import Sequence
from functools import partial

import numpy as np

from edge.capture.libav import Rescaler, VideoFrame
from edge.capture.masks import Masks
from edge.settings import MaskSettings
from edge.types import Frame, Picture

_SIZES_KEPT = 4
"""Detector, gate, annotation and one to spare; beyond this, scalers are made anew."""


class Scaler:
    """Makes the frames of one source; their pictures may be asked for from any thread, one at a time.

    This is the only door through which pixels leave the stage, so this is where they are masked.

    Args:
        masks: What nobody may see.
    """

    def __init__(self, masks: Sequence[MaskSettings] = ()) -> None:
        self._masks = Masks(masks)
        self._lock = threading.Lock()
        self._by_size: dict[tuple[int, int], Rescaler] = {}

    def frame(self, picture: VideoFrame, *, index: int, time_s: float, captured_unix_s: float) -> Frame:
        """The frame of a decoded picture.

        Args:
            picture: From the decoder; turned as its display matrix says (films from telephones).
            index: As in :class:`~edge.types.Frame`.
            time_s: As in :class:`~edge.types.Frame`.
            captured_unix_s: As in :class:`~edge.types.Frame`.
        """
        quarters = round(picture.rotation / 90) % 4
        width_px, height_px = picture.width, picture.height
        if quarters % 2:
            width_px, height_px = height_px, width_px
        return Frame(
            index=index,
            time_s=time_s,
            captured_unix_s=captured_unix_s,
            width_px=width_px,
            height_px=height_px,
            bgr=partial(self._bgr, picture, quarters),
        )

    def _bgr(self, picture: VideoFrame, quarters: int, width: int, height: int) -> Picture:
        size = (height, width) if quarters % 2 else (width, height)
        with self._lock:
            lying = self._rescaler(size).bgr(picture)
            upright = np.ascontiguousarray(np.rot90(lying, quarters)) if quarters else lying
            self._masks.blacken(upright, source_width_px=picture.height if quarters % 2 else picture.width)
            return upright

    def _rescaler(self, size: tuple[int, int]) -> Rescaler:
        rescaler = self._by_size.pop(size, None) or Rescaler(*size)
        self._by_size[size] = rescaler  # at the end: the first is the one longest unused
        while len(self._by_size) > _SIZES_KEPT:
            del self._by_size[next(iter(self._by_size))]
        return rescaler
