"""Non-maximum suppression: of boxes that show the same thing, the one with the highest score stays."""

from typing import Final

import cv2
import numpy as np

from cityedge.classes import CLASSES, FOUR_WHEELERS
from models.heads.head import Candidates

_GROUP_OF: Final = np.array(
    [len(CLASSES) if label in FOUR_WHEELERS else label for label in range(len(CLASSES))], np.int32
)
"""The group of each class: boxes of one group cannot show two things at one place."""


def suppress(found: Candidates, *, iou: float) -> Candidates:
    """Drop boxes that overlap a better box of their class; cars, buses and trucks count as one class.

    The same vehicle is often seen as two of those three, and a vote over the track decides which it is.

    Args:
        found: Boxes in any order.
        iou: Overlap (intersection over union) above which the weaker box goes.

    Returns:
        What stays, highest score first; ties keep their order.
    """
    if not len(found.scores):
        return found
    # OpenCV moves each group aside by the largest coordinate, which keeps groups apart only if none is below zero.
    cornered = found.boxes_px - np.tile(found.boxes_px[:, :2].min(axis=0), 2)
    cornered[:, 2:] -= cornered[:, :2]
    # OpenCV needs half the time of the same in numpy: 0.16 ms for 170 candidates between two inferences.
    scores, groups = found.scores.tolist(), _GROUP_OF[found.labels].tolist()
    stay = np.asarray(cv2.dnn.NMSBoxesBatched(cornered, scores, groups, 0.0, iou), np.intp)
    return Candidates(found.boxes_px[stay], found.scores[stay], found.labels[stay])
