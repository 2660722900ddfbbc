"""NanoDet's head: class scores per cell, and each box side as a distribution over distances."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.card import Card, NanoDetHead
from models.heads.head import Candidates, Grids
from models.types import FloatArray


class NanoDet:
    """Reads ``cls<stride>`` (1, N, classes) and ``reg<stride>`` (1, N, 4 * (reg_max + 1)).

    Args:
        card: The model's card.
        head: Its head.
    """

    def __init__(self, card: Card, head: NanoDetHead) -> None:
        self._levels = tuple(zip(head.scores, head.distances, strict=True))
        self._grids = Grids(head.strides, at=0.5)
        self._floor = np.float32(card.score_floor)
        self._columns = np.array(card.columns)
        self._labels = np.array(card.labels, np.int32)
        self._bins = np.arange(head.reg_max + 1, dtype=np.float32)

    def decode(self, outputs: Mapping[str, FloatArray], size_px: tuple[int, int]) -> Candidates:
        """Read the outputs of one run; only cells that reach the score floor are decoded.

        Args:
            outputs: Each output by name.
            size_px: Width and height of the input that they were computed from.

        Returns:
            Every box and class whose score reaches the floor; one cell may give several classes
            (a rider and the bicycle share cells).
        """
        scores = np.concatenate([outputs[cls][0][:, self._columns] for cls, _ in self._levels])
        seen = np.flatnonzero(scores >= self._floor)
        cell, column = np.divmod(seen, len(self._columns))
        grid = self._grids.of(size_px)
        sides = self._expect(self._rows(outputs, cell)) * grid.strides_px[cell, None]
        middle = grid.points_px[cell]
        boxes = np.concatenate([middle - sides[:, :2], middle + sides[:, 2:]], axis=1)
        return Candidates(boxes, scores.reshape(-1)[seen], self._labels[column])

    def _rows(self, outputs: Mapping[str, FloatArray], cell: NDArray[np.intp]) -> FloatArray:
        """The distributions of some cells, which are counted through all levels: shape (N, 4 * bins)."""
        picked = []
        start = 0
        for _, reg in self._levels:
            rows = outputs[reg][0]
            # ``cell`` is sorted, because flatnonzero goes row by row.
            first, last = np.searchsorted(cell, (start, start + len(rows)))
            picked.append(rows[cell[first:last] - start])
            start += len(rows)
        return np.concatenate(picked)

    def _expect(self, logits: FloatArray) -> FloatArray:
        """Expected distance of each side, in cells: shape (N, 4 * bins) in, (N, 4) out."""
        per_side = logits.reshape(-1, 4, len(self._bins))
        weights = np.exp(per_side - per_side.max(axis=2, keepdims=True))
        expected: FloatArray = (weights @ self._bins) / weights.sum(axis=2)
        return expected
