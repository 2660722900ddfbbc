"""Visibility: how much of each object could be seen, by what stood before it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulators.street.actors import Actor
from simulators.street.camera import Camera
from simulators.street.fairness import Trace, common_area, trace

FloatArray = NDArray[np.float64]


def visible_shares(actors: Sequence[Actor], camera: Camera, end_s: float) -> dict[int, float]:
    """Find how much of everybody could be seen.

    Args:
        actors: Everybody.
        camera: That sees them.
        end_s: Until when, scene time.

    Returns:
        By the object's number, the share of its box in the picture that no nearer box hid, averaged over its time
        there: 0 to 1. Who was never in the picture is left out.
    """
    traces = [trace(actor, camera, until_s=end_s) for actor in actors]
    shares = {}
    for one in traces:
        areas = (one.boxes[:, 2] - one.boxes[:, 0]) * (one.boxes[:, 3] - one.boxes[:, 1])
        seen = areas > 0
        if seen.any():
            hidden = _hidden(one, traces)[seen] / areas[seen]
            shares[one.actor.number] = float(1.0 - hidden.mean())
    return shares


def _hidden(one: Trace, others: Sequence[Trace]) -> FloatArray:
    """The area that the largest of those in front hides, at each of its moments, shape (N,)."""
    hidden = np.zeros(len(one.spots))
    for other in others:
        common = common_area(one, other) if other is not one else None
        if common is not None:
            part, theirs, area = common
            nearer = other.spots[theirs, 1] < one.spots[part, 1]
            hidden[part] = np.maximum(hidden[part], np.where(nearer, area, 0.0))
    return hidden
