"""Non-maximum suppression: of boxes that show the same thing, the one with the highest score stays."""

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import CLASSES, FOUR_WHEELERS
from models.heads.head import Candidates
from models.types import FloatArray, IntArray

_FOUR_WHEELED = np.array([label in FOUR_WHEELERS for label in range(len(CLASSES))])


def suppress(found: Candidates, *, iou: float) -> Candidates:
    """Drop boxes that overlap a better box of their class; cars, buses and trucks count as one class.

    The same vehicle is often seen as two of those three, and a vote over the track decides which it is.

    Args:
        found: Boxes in any order.
        iou: Overlap (intersection over union) above which the weaker box goes.

    Returns:
        What stays, highest score first; ties keep their order.
    """
    order = np.argsort(-found.scores, kind="stable")
    boxes, labels = found.boxes_px[order], found.labels[order]
    groups = np.where(_FOUR_WHEELED[labels], len(CLASSES), labels)
    kept = order[_greedy(_clashes(boxes, groups, iou))]
    return Candidates(found.boxes_px[kept], found.scores[kept], found.labels[kept])


def _clashes(boxes: FloatArray, groups: IntArray, iou: float) -> NDArray[np.bool_]:
    """Which pairs of boxes cannot both stay: shape (N, N)."""
    left, top, right, bottom = boxes.T
    width = np.minimum(right[:, None], right) - np.maximum(left[:, None], left)
    height = np.minimum(bottom[:, None], bottom) - np.maximum(top[:, None], top)
    shared = np.maximum(width, 0) * np.maximum(height, 0)
    area = (right - left) * (bottom - top)
    # shared / union > iou, without dividing by the empty union of empty boxes.
    clash: NDArray[np.bool_] = shared > iou * (area[:, None] + area - shared)
    clash &= groups[:, None] == groups
    return clash


def _greedy(clashes: NDArray[np.bool_]) -> list[int]:
    """Indices that stay, best first: each drops what clashes with it among those that are left."""
    alive = np.ones(len(clashes), np.bool_)
    kept = []
    for index in range(len(clashes)):
        if alive[index]:
            kept.append(index)
            alive &= ~clashes[index]
    return kept
