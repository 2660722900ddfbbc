"""Makes pictures of the sizes that are asked for, straight from the planes that the decoder left."""

import threading
from functools import partial

import av
import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter

from edge.types import Frame, Picture

_SIZES_KEPT = 4
"""Detector, gate, annotation and one to spare; beyond this, scalers are made anew."""


class Scaler:
    """Makes frames whose pictures are converted and scaled in one step, when they are asked for.

    Area averaging comes nearest to what detectors were trained on when a picture shrinks (mean difference from
    OpenCV's INTER_AREA 1.2 levels, bilinear 1.5), at the same price: 0.33 ms from 768x576 to 416x312, where
    the way over a full-size BGR copy takes 1.0 to 2.8 ms. libswscale knows colour space and range from the
    frame itself. One scaler serves one source; pictures may be asked for from any thread, one at a time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._by_size: dict[tuple[int, int], VideoReformatter] = {}

    def frame(self, picture: av.VideoFrame, *, index: int, time_s: float, captured_unix_s: float) -> Frame:
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

    def _bgr(self, picture: av.VideoFrame, quarters: int, width: int, height: int) -> Picture:
        if quarters % 2:
            upright = self._scaled(picture, width=height, height=width)
        else:
            upright = self._scaled(picture, width=width, height=height)
        return np.ascontiguousarray(np.rot90(upright, quarters)) if quarters else upright

    def _scaled(self, picture: av.VideoFrame, *, width: int, height: int) -> Picture:
        # The lock: a reformatter holds one context, and reformatting touches the source frame's tags.
        with self._lock:
            scaled = self._reformatter(width, height).reformat(
                picture, width, height, "bgr24", interpolation=Interpolation.AREA, threads=1
            )
        pixels = np.ascontiguousarray(scaled.to_ndarray(), dtype=np.uint8)
        # Where there was nothing to do, these are the decoder's own bytes: whoever draws on them must not.
        return pixels.copy() if scaled is picture else pixels

    def _reformatter(self, width: int, height: int) -> VideoReformatter:
        reformatter = self._by_size.pop((width, height), None) or VideoReformatter()
        self._by_size[width, height] = reformatter  # at the end: the first is the one longest unused
        while len(self._by_size) > _SIZES_KEPT:
            del self._by_size[next(iter(self._by_size))]
        return reformatter
