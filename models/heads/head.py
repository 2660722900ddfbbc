"""What a head does: outputs in, candidate boxes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from models.types import FloatArray, IntArray


@dataclass(frozen=True)
class Candidates:
    """Boxes before overlapping ones are dropped.

    Attributes:
        boxes_px: Shape (N, 4), float32: left, top, right, bottom in pixels of the model's input.
        scores: Shape (N,), float32, 0 to 1, in no order.
        labels: Shape (N,), int32: index into ``cityedge.classes.CLASSES``.
    """

    boxes_px: FloatArray
    scores: FloatArray
    labels: IntArray


class Head(Protocol):
    """Reads one family's outputs."""

    def decode(self, outputs: Mapping[str, FloatArray], size_px: tuple[int, int]) -> Candidates:
        """Read the outputs of one run.

        Args:
            outputs: Each output by name.
            size_px: Width and height of the input that they were computed from.

        Returns:
            Every box and class whose score reaches the card's floor.
        """
        ...


@dataclass(frozen=True)
class Grid:
    """The cells of an input, level after level, row by row.

    Attributes:
        points_px: Shape (cells, 2), float32: x and y of each cell in pixels of the input.
        strides_px: Shape (cells,), float32: width of each cell in pixels of the input.
    """

    points_px: FloatArray
    strides_px: FloatArray


class Grids:
    """The grid for each size of input, computed once.

    Args:
        strides: Pixels per cell, level by level.
        at: Which point of a cell is meant: 0 its corner, 0.5 its middle.
    """

    def __init__(self, strides: Sequence[int], *, at: float) -> None:
        self._strides = tuple(strides)
        self._at = at
        self._grids: dict[tuple[int, int], Grid] = {}

    def of(self, size_px: tuple[int, int]) -> Grid:
        """The grid of an input.

        Args:
            size_px: Width and height of the input.

        Returns:
            Its cells.
        """
        if size_px not in self._grids:
            # Two threads may both compute it: they store the same.
            self._grids[size_px] = self._compute(*size_px)
        return self._grids[size_px]

    def _compute(self, width_px: int, height_px: int) -> Grid:
        points, strides = [], []
        for stride in self._strides:
            rows, columns = np.mgrid[0 : -(-height_px // stride), 0 : -(-width_px // stride)]
            cells = np.stack([columns.ravel(), rows.ravel()], axis=1)
            points.append((cells + self._at) * stride)
            strides.append(np.full(len(cells), stride))
        return Grid(np.concatenate(points).astype(np.float32), np.concatenate(strides).astype(np.float32))
