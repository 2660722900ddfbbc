"""What makes a street fair to whoever counts it: nobody runs into anybody, nobody hides beside another for long.

Actors are compared on a grid of moments, all of a street on the same one.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from simulators.street.actors import Actor
from simulators.street.camera import Camera

FloatArray = NDArray[np.float64]

STEP_S: Final = 0.25
"""Distance of two moments of the grid."""
_BESIDE_M: Final = 0.7  # how far apart in depth two are that cannot touch: neighbouring lanes are farther
_BESIDE_VEHICLE_M: Final = 1.3  # likewise, of a person and a vehicle
_GAP_M: Final = {0: 1.2, 1: 1.2, 2: 0.5}  # room that is kept between two, by how many of them are on foot
_BRUSH_M: Final = (0.3, 0.5)  # how near two people come in a crowd: in depth, and along the street
_BLENDED_SHARE: Final = 0.35  # of a box: covered by, or seen against, another from here on
_BLENDED_S: Final = 1.5  # how long two may look like one
_BLENDED_OF_VIEW: Final = 0.4  # likewise, as a share of the time in the picture


@dataclass(frozen=True)
class Trace:
    """Where an actor is at each moment of the grid.

    Attributes:
        actor: Who.
        first: Number of its first moment on the grid.
        spots: Shape (N, 2), float64: metres right of the middle, metres from the camera.
        boxes: Shape (N, 4), float64: left, top, right, bottom in pixels, clipped to the picture.
    """

    actor: Actor
    first: int
    spots: FloatArray
    boxes: FloatArray

    @property
    def last(self) -> int:
        """Number of the moment after its last."""
        return self.first + len(self.spots)


def trace(actor: Actor, camera: Camera, *, until_s: float = math.inf) -> Trace:
    """Sample an actor on the grid.

    Args:
        actor: Who.
        camera: That sees it.
        until_s: Until when, scene time.

    Returns:
        Its trace; empty where it passes between two moments.
    """
    first = math.ceil(actor.path.start_s / STEP_S)
    moments = np.arange(first, math.floor(min(actor.path.end_s, until_s) / STEP_S) + 1)
    spots = [spot for spot in (actor.path.at(float(moment) * STEP_S) for moment in moments) if spot]
    boxes = np.array([actor.extent_at(spot, camera) for spot in spots], np.float64).reshape(-1, 4)
    limit = [camera.width_px, camera.height_px] * 2
    return Trace(actor, first, np.array(spots, np.float64).reshape(-1, 2), np.clip(boxes, 0, limit))


def apart(one: Trace, other: Trace) -> bool:
    """Say whether two actors keep clear of each other, however long one may hide the other.

    Args:
        one: Where the first is.
        other: Where the second is.

    Returns:
        False where they would run into each other.
    """
    common = _common_moments(one, other)
    return common is None or not _clash(one, other, common, brush=True)


def fair_together(one: Trace, other: Trace) -> bool:
    """Say whether two actors may share the street.

    Args:
        one: Where the first is.
        other: Where the second is.

    Returns:
        False where they would run into each other, or where one would hide the other for too long.
    """
    moments = _common_moments(one, other)
    if moments is None:
        return True
    mine, theirs = moments
    if _clash(one, other, moments, brush=False):
        return False
    common = _area(_overlap(one.boxes[mine], other.boxes[theirs]))
    return _distinct(one, common, mine) and _distinct(other, common, theirs)


def common_area(one: Trace, other: Trace) -> tuple[slice, slice, FloatArray] | None:
    """How much of the picture two have in common.

    Args:
        one: Where the first is.
        other: Where the second is.

    Returns:
        The part of each trace at which both are there, and the area in pixels at each moment of it; None where
        they are never there together.
    """
    moments = _common_moments(one, other)
    if moments is None:
        return None
    mine, theirs = moments
    return mine, theirs, _area(_overlap(one.boxes[mine], other.boxes[theirs]))


def _common_moments(one: Trace, other: Trace) -> tuple[slice, slice] | None:
    """The part of each trace at which both are there; None where they are never there together."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    if last <= first:
        return None
    return slice(first - one.first, last - one.first), slice(first - other.first, last - other.first)


def _clash(one: Trace, other: Trace, moments: tuple[slice, slice], *, brush: bool) -> bool:
    kinds = (one.actor.kind, other.actor.kind)
    on_foot = kinds.count("person")
    beside_m = _BESIDE_VEHICLE_M if on_foot == 1 else _BESIDE_M
    room_m = (one.actor.size_m[0] + other.actor.size_m[0]) / 2 + _GAP_M[on_foot]
    if brush and on_foot == len(kinds):
        beside_m, room_m = _BRUSH_M
    apart_m = np.abs(one.spots[moments[0]] - other.spots[moments[1]])
    return bool(np.any((apart_m[:, 0] < room_m) & (apart_m[:, 1] < beside_m)))


def _distinct(seen: Trace, common: FloatArray, part: slice) -> bool:
    """Whether somebody stands clear of another long enough: neither hidden behind it nor lost before it."""
    area = _area(seen.boxes[part])
    blended_s = STEP_S * np.count_nonzero((area > 0) & (common > _BLENDED_SHARE * area))
    in_view_s = STEP_S * np.count_nonzero(_area(seen.boxes) > 0)
    return bool(blended_s <= min(_BLENDED_S, _BLENDED_OF_VIEW * in_view_s))


def _overlap(one: FloatArray, other: FloatArray) -> FloatArray:
    return np.hstack([np.maximum(one[:, :2], other[:, :2]), np.minimum(one[:, 2:], other[:, 2:])])


def _area(boxes: FloatArray) -> FloatArray:
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 0)
    return np.asarray(sides[:, 0] * sides[:, 1], np.float64)
