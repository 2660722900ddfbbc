"""Which detection belongs to which track: costs from overlap, distance, size and looks; the cheapest pairing.

Overlap says most while an object's boxes of two frames still overlap. At a few frames a second they do not,
and distance says all that can be said. Distance is weighed by how uncertain the prediction is, which grows
with the real time since the track was last seen: no frame rate needs to be known.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from lap import lapjv
from numpy.typing import NDArray

Array = NDArray[np.float64]

_SIZE_WEIGHT: Final = 0.3
_LOOKS_WEIGHT: Final = 1.0
# Unlikeness between two pictures of one person some seconds apart is mostly below this, of two people above.
_UNLIKE: Final = 0.1
_OVERLAP_SIZE_RATIO: Final = 2.0  # a truck's box does not become that of the car behind it
_REFUSED: Final = 1e6


@dataclass(frozen=True)
class Sight:
    """Boxes to be paired, tracks' or detections'.

    Attributes:
        states: Shape (N, 4): foot x, foot y, width, height in pixels.
        boxes: The same boxes, shape (N, 4): left, top, right, bottom.
        looks: What is in them, shape (N, D), rows of length 1.
    """

    states: Array
    boxes: Array
    looks: Array


@dataclass(frozen=True)
class Gate:
    """What may be paired at all.

    Attributes:
        reach: Distance between foot points, as a share of the box's larger side …
        spreads: … plus so many standard deviations of the prediction.
        size_ratio: How many times taller one box may be than the other.
        overlap: Pairs whose boxes overlap by this IoU or more pass whatever their distance, unless one is more
            than twice as tall as the other.
        least_overlap: Pairs whose boxes overlap by less are refused, however near; 0 refuses none.
        unlike: Pairs that look less alike are refused (1: as unlike as one person gets within seconds).
    """

    reach: float
    spreads: float
    size_ratio: float = 1.7
    overlap: float = 0.5
    least_overlap: float = 0.0
    unlike: float = 10.0


def overlaps(first: Array, second: Array) -> Array:
    """Intersection over union of every pair of boxes.

    Args:
        first: Shape (N, 4): left, top, right, bottom.
        second: Shape (M, 4), likewise.

    Returns:
        Shape (N, M), 0 to 1.
    """
    shared = _shared_area(first, second)
    union = _areas(first)[:, None] + _areas(second)[None, :] - shared
    return np.asarray(shared / np.maximum(union, 1e-9))


def covered_shares(inner: Array, outer: Array) -> Array:
    """How much of each inner box lies within each outer box.

    Args:
        inner: Shape (N, 4): left, top, right, bottom.
        outer: Shape (M, 4), likewise.

    Returns:
        Shape (N, M), 0 to 1.
    """
    return np.asarray(_shared_area(inner, outer) / np.maximum(_areas(inner)[:, None], 1e-9))


def _areas(boxes: Array) -> Array:
    return np.asarray((boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]))


def _shared_area(first: Array, second: Array) -> Array:
    left_top = np.maximum(first[:, None, :2], second[None, :, :2])
    right_bottom = np.minimum(first[:, None, 2:], second[None, :, 2:])
    sides = np.maximum(right_bottom - left_top, 0.0)
    return np.asarray(sides[..., 0] * sides[..., 1])


def pairing_costs(tracks: Sight, detections: Sight, *, spread_px: Array, gate: Gate) -> Array:
    """What it costs to pair each track with each detection.

    Args:
        tracks: N predicted boxes.
        detections: M measured boxes.
        spread_px: Uncertainty of the predicted foot points, standard deviation, shape (N, 2).
        gate: What may be paired.

    Returns:
        Shape (N, M), from 0; ``inf`` where the gate refuses.
    """
    offset = detections.states[None, :, :2] - tracks.states[:, None, :2]
    side = tracks.states[:, None, 2:].max(axis=2)
    reach = gate.reach * side[..., None] + gate.spreads * spread_px[:, None, :]
    distance = np.sqrt(((offset / reach) ** 2).sum(axis=2))
    size = np.abs(np.log(detections.states[None, :, 3] / tracks.states[:, None, 3]))
    unlike = (1 - tracks.looks @ detections.looks.T) / _UNLIKE
    overlap = overlaps(tracks.boxes, detections.boxes)
    cost = 1 - overlap + np.minimum(distance, 1.5)
    cost += _SIZE_WEIGHT * size + _LOOKS_WEIGHT * np.minimum(unlike, 3.0)
    near = (distance <= 1) & (size <= np.log(gate.size_ratio))
    near &= (overlap >= gate.least_overlap) & (unlike <= gate.unlike)
    over = (overlap >= gate.overlap) & (size <= np.log(_OVERLAP_SIZE_RATIO))
    return np.where(near | over, cost, np.inf)


def cheapest_pairs(costs: Array) -> list[tuple[int, int]]:
    """The pairing with the most pairs at the least total cost (linear assignment).

    Args:
        costs: Shape (N, M); ``inf`` refuses a pair.

    Returns:
        Pairs of row and column, each used at most once.
    """
    allowed = np.isfinite(costs)
    if not allowed.any():
        return []
    if max(allowed.sum(axis=0).max(), allowed.sum(axis=1).max()) == 1:  # nobody has a choice
        return list(zip(*(found.tolist() for found in allowed.nonzero()), strict=True))
    _, columns, _ = lapjv(np.where(allowed, costs, _REFUSED), extend_cost=True)
    return [(row, int(column)) for row, column in enumerate(columns) if column >= 0 and allowed[row, column]]
