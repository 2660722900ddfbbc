"""NanoDet's head: class scores per cell, and each box side as a distribution over distances."""

from collections.abc import Mapping

import numpy as np

from models.card import Card, NanoDetHead
from models.heads.head import Candidates, centres
from models.types import FloatArray


class NanoDet:
    """Reads ``cls<stride>`` (1, N, classes) and ``reg<stride>`` (1, N, 4 * (reg_max + 1)).

    Args:
        card: The model's card.
        head: Its head.
    """

    def __init__(self, card: Card, head: NanoDetHead) -> None:
        self._levels = tuple(
            (f"cls{stride}", f"reg{stride}", centre, float(stride))
            for stride, centre in zip(
                head.strides,
                centres(card.input.width_px, card.input.height_px, head.strides, at=0.5),
                strict=True,
            )
        )
        self._floor = np.float32(card.score_floor)
        self._columns = np.array(card.columns)
        self._labels = np.array(card.labels, np.int32)
        self._bins = np.arange(head.reg_max + 1, dtype=np.float32)

    def decode(self, outputs: Mapping[str, FloatArray]) -> Candidates:
        """Read the outputs of one run; only cells that reach the score floor are decoded.

        Args:
            outputs: Each output by name, shapes as in the card.

        Returns:
            Every box and class whose score reaches the floor; one cell may give several classes
            (a rider and the bicycle share cells).
        """
        scores, labels, distances, centre_px, stride_px = [], [], [], [], []
        for cls, reg, centre, stride in self._levels:
            wanted = outputs[cls][0][:, self._columns]
            cell, column = np.nonzero(wanted >= self._floor)
            scores.append(wanted[cell, column])
            labels.append(self._labels[column])
            distances.append(outputs[reg][0][cell])
            centre_px.append(centre[cell])
            stride_px.append(np.full(len(cell), stride, np.float32))
        sides = self._expect(np.concatenate(distances)) * np.concatenate(stride_px)[:, None]
        middle = np.concatenate(centre_px)
        boxes = np.concatenate([middle - sides[:, :2], middle + sides[:, 2:]], axis=1)
        return Candidates(boxes, np.concatenate(scores), np.concatenate(labels))

    def _expect(self, logits: FloatArray) -> FloatArray:
        """Expected distance of each side, in cells: shape (N, 4 * bins) in, (N, 4) out."""
        per_side = logits.reshape(-1, 4, len(self._bins))
        weights = np.exp(per_side - per_side.max(axis=2, keepdims=True))
        expected: FloatArray = (weights @ self._bins) / weights.sum(axis=2)
        return expected
