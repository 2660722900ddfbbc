"""Average precision: how well found boxes agree with drawn ones, over all score thresholds. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.evaluate.truth import Boxes
from models.types import Detections, FloatArray

IOU: Final = 0.5
_RECALLS: Final = np.linspace(0, 1, 101)


@dataclass(frozen=True)
class Precision:
    """How well one class is seen.

    Attributes:
        ap: Average precision at IoU 0.5, mean of the best precision at 101 recalls (as COCO does); 0 to 1.
        drawn: How many boxes were drawn.
        recall: Share of them that was found at any score.
    """

    ap: float
    drawn: int
    recall: float


def average_precision(frames: Sequence[tuple[Boxes, Detections]], label: int) -> Precision:
    """Average precision of one class over many pictures.

    Args:
        frames: For each picture what was drawn and what was found.
        label: The class.

    Returns:
        How well it was seen; an ``ap`` of 0 where nothing was drawn.
    """
    scores, hits, drawn = [], [], 0
    for truth, found in frames:
        mine = truth.labels == label
        drawn += int(np.count_nonzero(mine & ~truth.ignored))
        chosen = found.labels == label
        verdict = _match(found.boxes_px[chosen], truth.boxes_px[mine], truth.ignored[mine])
        counts = verdict >= 0
        scores.append(found.scores[chosen][counts])
        hits.append(verdict[counts] == 1)
    order = np.argsort(-np.concatenate(scores), kind="stable") if scores else np.zeros(0, np.intp)
    hit = np.concatenate(hits)[order] if hits else np.zeros(0, np.bool_)
    if not drawn or not hit.any():
        return Precision(0.0, drawn, 0.0)
    true = np.cumsum(hit)
    recall = true / drawn
    precision = true / np.arange(1, len(hit) + 1)
    # The best precision at this recall or any higher one.
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    at = np.searchsorted(recall, _RECALLS, side="left")
    sampled = np.where(at < len(envelope), envelope[np.minimum(at, len(envelope) - 1)], 0.0)
    return Precision(float(sampled.mean()), drawn, float(recall[-1]))


def _match(found: FloatArray, drawn: FloatArray, ignored: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Verdict on each found box, best score first: 1 hit, 0 false, -1 does not count."""
    overlaps = _iou(found, drawn)
    free = np.ones(len(drawn), np.bool_)
    verdict = np.zeros(len(found), np.int8)
    for index, row in enumerate(overlaps):
        # Boxes that count come first; an ignored one may swallow any number of found ones.
        candidates = np.where(free & ~ignored, row, 0.0)
        best = int(candidates.argmax()) if len(row) else 0
        if len(row) and candidates[best] >= IOU:
            free[best] = False
            verdict[index] = 1
        elif (row[ignored] >= IOU).any():
            verdict[index] = -1
    return verdict


def _iou(first: FloatArray, second: FloatArray) -> FloatArray:
    """Intersection over union of every pair: (N, 4) and (M, 4) give (N, M)."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (first, second)]
    union = areas[0][:, None] + areas[1][None, :] - shared
    iou: FloatArray = np.where(union > 0, shared / np.maximum(union, 1e-9), 0.0).astype(np.float32)
    return iou
