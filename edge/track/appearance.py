"""What objects look like: a coarse colour histogram of three bands of the box, head to foot.

It tells two people apart who pass each other, no more: it lives in memory for as long as the track does,
cannot be turned back into a picture, and says nothing about faces.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_BANDS: Final = 3
_BINS: Final = 16
_CROP: Final = (8, 24)  # width and height in pixels that every crop is scaled to
_MARGIN_X: Final = 0.2  # of the box's width, left out on either side: background
_MARGIN_Y: Final = 0.1  # of its height, above and below
_CHROMA_STEP: Final = 4  # 16 bins of 4 cover the chroma of all but the loudest clothes

LENGTH: Final = _BANDS * 3 * _BINS


def _bin_table() -> NDArray[np.uint8]:
    """Which bin of its band a value of each channel falls into, light and two of chroma; shape (1, 256, 3)."""
    values = np.arange(256)
    chroma = np.clip((values - 128) // _CHROMA_STEP + _BINS // 2, 0, _BINS - 1)
    bins = np.stack([values * _BINS >> 8, chroma + _BINS, chroma + 2 * _BINS], axis=1)
    return bins.astype(np.uint8)[None]


_BIN_TABLE: Final = _bin_table()


def describe(picture: NDArray[np.uint8], boxes_px: NDArray[np.float32], scale: tuple[float, float]) -> Array:
    """Describe what is in some boxes.

    Args:
        picture: Shape (height, width, 3), BGR.
        boxes_px: Shape (N, 4): left, top, right, bottom in pixels of the source frame.
        scale: Pixels of ``picture`` per pixel of the source frame, across and down.

    Returns:
        Shape (N, LENGTH), rows of length 1: the dot product of two rows is their likeness, 0 to 1
        (Bhattacharyya).
    """
    if not len(boxes_px):
        return np.zeros((0, LENGTH))
    crops = _crops(picture, boxes_px * np.array([*scale, *scale], np.float32))
    lab = cv2.cvtColor(crops.reshape(-1, _CROP[0], 3), cv2.COLOR_BGR2LAB)
    bins = np.asarray(cv2.LUT(lab, _BIN_TABLE), np.uint8)
    return _histograms(bins.reshape(len(boxes_px) * _BANDS, -1))


def _crops(picture: NDArray[np.uint8], boxes: NDArray[np.float32]) -> NDArray[np.uint8]:
    height, width = picture.shape[:2]
    sides = boxes[:, 2:] - boxes[:, :2]
    margin = sides * np.array([_MARGIN_X, _MARGIN_Y], np.float32)
    first = np.clip((boxes[:, :2] + margin).astype(np.int32), 0, [width - 1, height - 1])
    last = np.clip(np.ceil(boxes[:, 2:] - margin).astype(np.int32), first + 1, [width, height])
    crops = np.empty((len(boxes), _CROP[1], _CROP[0], 3), np.uint8)
    for crop, (x_0, y_0), (x_1, y_1) in zip(crops, first.tolist(), last.tolist(), strict=True):
        cv2.resize(picture[y_0:y_1, x_0:x_1], _CROP, dst=crop, interpolation=cv2.INTER_AREA)
    return crops


def _histograms(bins: NDArray[np.uint8]) -> Array:
    bands = len(bins)
    rows = bins + np.arange(0, bands * 3 * _BINS, 3 * _BINS)[:, None]
    counts = np.bincount(rows.ravel(), minlength=bands * 3 * _BINS).astype(np.float32)
    # Neighbouring bins share: a small change of light must not change everything.
    smooth = cv2.blur(counts.reshape(-1, _BINS), (3, 1)).astype(np.float64)
    smooth /= np.maximum(smooth.sum(axis=1, keepdims=True), 1e-9)
    return np.asarray(np.sqrt(smooth / (3 * _BANDS)).reshape(-1, LENGTH))
