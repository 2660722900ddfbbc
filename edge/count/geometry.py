"""Plane geometry for lines and zones: points in pixels, x to the right, y down."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

_EDGE_PX = 0.5  # a foot point this near to a zone's edge stands in it


def side(point: Point, start: Point, end: Point) -> float:
    """On which hand of somebody walking from ``start`` to ``end`` a point lies.

    Args:
        point: The point.
        start: Where the walk begins.
        end: Where it ends.

    Returns:
        Positive on the right hand, negative on the left, 0 on the line; twice the area of the triangle.
    """
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def crossed_at(before: Point, after: Point, *, start: Point, end: Point) -> tuple[int, float] | None:
    """Whether a step crosses a segment, which way, and where on the step.

    A point on the segment counts as on the left hand, so that of two steps that meet on it exactly one
    crosses, or none where the second turns back.

    Args:
        before: Where the step begins.
        after: Where it ends.
        start: Where the segment begins.
        end: Where it ends.

    Returns:
        ``+1`` for a step from the right hand to the left (``in``), ``-1`` for the other way, and the share of
        the step at which it crosses, 0 to 1; None where it does not cross.
    """
    from_side, to_side = side(before, start, end), side(after, start, end)
    if (from_side > 0) == (to_side > 0):
        return None
    # On which hands of the step the segment's ends lie: on the same hand, the step passes beyond an end.
    start_hand, end_hand = side(start, before, after), side(end, before, after)
    if (start_hand > 0) == (end_hand > 0):
        return None
    share = from_side / (from_side - to_side)
    return (1 if from_side > 0 else -1), share


def distance_to_segment(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the nearest point of a segment, in pixels."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length_2 = along_x**2 + along_y**2
    dot = (point[0] - start[0]) * along_x + (point[1] - start[1]) * along_y
    share = min(1.0, max(0.0, dot / length_2)) if length_2 else 0.0
    return math.hypot(point[0] - start[0] - share * along_x, point[1] - start[1] - share * along_y)


def distance_to_path(point: Point, path: Sequence[Point]) -> float:
    """How far a point is from the nearest point of a path of segments, in pixels."""
    return min(distance_to_segment(point, a, b) for a, b in pairwise(path))


def inside(point: Point, corners: Sequence[Point]) -> bool:
    """Whether a point lies in a polygon or on its edge (within half a pixel).

    Args:
        point: The point.
        corners: Of the polygon, in order; the last is joined to the first.

    Returns:
        True inside, by the even-odd rule, or on the edge.
    """
    x, y = point
    within = False
    for (x_0, y_0), (x_1, y_1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y_0 > y) != (y_1 > y) and x < (x_1 - x_0) * (y - y_0) / (y_1 - y_0) + x_0:
            within = not within
    return within or distance_to_path(point, [*corners, corners[0]]) <= _EDGE_PX
