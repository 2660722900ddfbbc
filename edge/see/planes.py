"""The grey planes that every measure of sight is taken from, at three sizes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.settings import MaskSettings
from edge.types import Picture

Plane = NDArray[np.uint8]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

ROWS: Final = 12
COLUMNS: Final = 16
"""Cells over the picture: what is said of a part of it is said of a cell."""

_FINE: Final = (320, 240)
_HALF: Final = (160, 120)
_COARSE: Final = (80, 60)


@dataclass(frozen=True)
class Planes:
    """One picture without its colours, whatever its shape was.

    Attributes:
        fine: uint8, shape (240, 320): sharp edges are steep here. Most models' pictures are larger, so that
            this size is sharp whichever of them is used.
        half: uint8, shape (120, 160).
        coarse: uint8, shape (60, 80): each value is the mean of some 25 pixels, so there is little noise in it.
    """

    fine: Plane
    half: Plane
    coarse: Plane


def planes_of(picture: Picture) -> Planes:
    """The planes of a picture.

    Args:
        picture: uint8, shape (H, W, 3), BGR.
    """
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    # Averaging over areas costs six times as much where they are no whole pixels, and averages little there.
    shrinks = grey.shape[1] >= 2 * _FINE[0]
    fine = cv2.resize(grey, _FINE, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    half = cv2.resize(fine, _HALF, interpolation=cv2.INTER_AREA)
    coarse = cv2.resize(half, _COARSE, interpolation=cv2.INTER_AREA)
    return Planes(_plane(fine), _plane(half), _plane(coarse))


def open_cells(masks: Sequence[MaskSettings]) -> Flags:
    """Which cells no privacy mask touches: the others are black, and nothing can be said of them.

    Args:
        masks: Polygons, in shares of the picture.

    Returns:
        Shape (12, 16).
    """
    canvas = np.zeros((ROWS, COLUMNS), np.uint8)
    for mask in masks:
        corners = np.floor(np.array(mask.points) * (COLUMNS, ROWS)).astype(np.int32)
        corners = np.minimum(corners, (COLUMNS - 1, ROWS - 1))
        cv2.fillPoly(canvas, [corners], 1)
        # One cell further: the mask has a rim, and gradients reach over it.
        cv2.polylines(canvas, [corners], isClosed=True, color=1, thickness=3)
    return np.equal(canvas, 0)


def cell_mean(values: Plane) -> Floats:
    """The mean of every cell.

    Args:
        values: Numbers over the picture, its height a multiple of 12 and its width one of 16.

    Returns:
        Shape (12, 16).
    """
    height, width = values.shape
    rows = values.reshape(ROWS, height // ROWS, width).sum(1, dtype=np.float32)
    cells = rows.reshape(ROWS, COLUMNS, width // COLUMNS).sum(2)
    return np.asarray(cells * np.float32(ROWS * COLUMNS / values.size), np.float32)


def cell_max(values: Plane) -> Floats:
    """The largest value of every cell; as :func:`cell_mean`."""
    height, width = values.shape
    rows = values.reshape(ROWS, height // ROWS, width).max(1)
    return np.asarray(rows.reshape(ROWS, COLUMNS, width // COLUMNS).max(2), np.float32)


def steepness(plane: Plane) -> Plane:
    """How much each pixel differs from its neighbour to the right or below, whichever differs more.

    Args:
        plane: uint8, shape (H, W).

    Returns:
        uint8, shape (H, W); 0 in the last row and column.
    """
    steep = np.zeros_like(plane)
    here = plane[:-1, :-1]
    across, down = cv2.absdiff(here, plane[:-1, 1:]), cv2.absdiff(here, plane[1:, :-1])
    steep[:-1, :-1] = cv2.max(across, down)
    return steep


def gradients(plane: Plane) -> tuple[Floats, Floats]:
    """Sobel's gradients.

    Args:
        plane: uint8, shape (H, W).

    Returns:
        Across and down, each of shape (H, W); a step of one level is a gradient of 4.
    """
    across, down = cv2.Sobel(plane, cv2.CV_32F, 1, 0), cv2.Sobel(plane, cv2.CV_32F, 0, 1)
    return np.asarray(across, np.float32), np.asarray(down, np.float32)


def _plane(pixels: object) -> Plane:
    return np.asarray(pixels, np.uint8)
