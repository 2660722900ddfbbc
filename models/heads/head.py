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

    def decode(self, outputs: Mapping[str, FloatArray]) -> Candidates:
        """Read the outputs of one run.

        Args:
            outputs: Each output by name, shapes as in the card.

        Returns:
            Every box and class whose score reaches the card's floor.
        """
        ...


def centres(width_px: int, height_px: int, strides: Sequence[int], *, at: float) -> list[FloatArray]:
    """Where the cells of each level lie.

    Args:
        width_px: Width of the model's input.
        height_px: Height of the model's input.
        strides: Pixels per cell, level by level.
        at: Position within the cell: 0 its corner, 0.5 its middle.

    Returns:
        Per level, shape (cells, 2), float32: x and y in pixels of the input, row by row.
    """
    levels = []
    for stride in strides:
        rows, columns = np.mgrid[0 : -(-height_px // stride), 0 : -(-width_px // stride)]
        grid = np.stack([columns.ravel(), rows.ravel()], axis=1)
        levels.append(((grid + at) * stride).astype(np.float32))
    return levels
