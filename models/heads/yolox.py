"""YOLOX's head: one row per cell with offset, size, objectness and class scores."""

from collections.abc import Mapping

import numpy as np

from models.card import Card, YoloxHead
from models.heads.head import Candidates, Grids
from models.types import FloatArray

_BOX_AND_OBJECTNESS = 5


class Yolox:
    """Reads one output (1, N, 5 + classes): (x, y) from the cell's corner in cells, log size in cells, scores.

    Args:
        card: The model's card.
        head: Its head.
    """

    def __init__(self, card: Card, head: YoloxHead) -> None:
        self._output = head.output
        self._grids = Grids(head.strides, at=0.0)
        self._floor = np.float32(card.score_floor)
        self._columns = np.array(card.columns) + _BOX_AND_OBJECTNESS
        self._labels = np.array(card.labels, np.int32)

    def decode(self, outputs: Mapping[str, FloatArray], size_px: tuple[int, int]) -> Candidates:
        """Read the output of one run; only rows that reach the score floor are decoded.

        Args:
            outputs: Each output by name.
            size_px: Width and height of the input that they were computed from.

        Returns:
            Every box and class whose score (objectness times class score) reaches the floor.
        """
        rows = outputs[self._output][0]
        # A product of two shares cannot reach the floor where one of them does not.
        seen = np.flatnonzero(rows[:, 4] >= self._floor)
        scores = rows[seen, 4, None] * rows[np.ix_(seen, self._columns)]
        row, column = np.nonzero(scores >= self._floor)
        cell = seen[row]
        grid = self._grids.of(size_px)
        stride = grid.strides_px[cell, None]
        middle = rows[cell, 0:2] * stride + grid.points_px[cell]
        half = np.exp(rows[cell, 2:4]) * stride / 2
        boxes = np.concatenate([middle - half, middle + half], axis=1)
        return Candidates(boxes, scores[row, column], self._labels[column])
