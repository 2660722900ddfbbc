"""Points of lines, zones, masks and calibrations, and what no set of them may be."""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final, TypeAlias

Point: TypeAlias = tuple[float, float]
"""Shares of the picture, from its top left corner: (0, 0) to (1, 1)."""

_LEAST_AREA: Final = 1e-4
"""Of the picture: a polygon of less than a hundredth of its width by a hundredth of its height is a slip."""
LONGEST_M: Final = 1000.0
"""From one calibration point to another: a camera sees nobody that far away, so it is no length in metres."""
_LEAST_TRIANGLE: Final = 1e-3
"""Of the larger extent squared: three calibration points that enclose less lie in a line."""


def check_points(points: Sequence[Point], *, least: int) -> None:
    """Whether points can make a line or the corners of a polygon.

    Args:
        points: Shares of the picture.
        least: How many there must be: 2, 3 or 4.

    Raises:
        ValueError: Too few, one outside the picture, or the same one twice in a row.
    """
    word = {2: "two", 3: "three", 4: "four"}[least]
    if len(points) < least:
        raise ValueError(f"points: needs {word} points, got {len(points)}")
    for index, (x, y) in enumerate(points):
        if not (0.0 <= x <= 1.0 and 0.0 <= y <= 1.0):
            raise ValueError(
                f"points[{index}]: ({x:g}, {y:g}) lies outside the picture; points are shares from 0 to 1"
            )
        if index and points[index - 1] == (x, y):
            raise ValueError(f"points[{index}]: is the same point as the one before")


def check_line(points: Sequence[Point]) -> None:
    """Whether points are those of a line that has two sides.

    Args:
        points: Shares of the picture.

    Raises:
        ValueError: As for :func:`check_points`; pieces that cross each other, or run back over one another.
    """
    check_points(points, least=2)
    pieces = list(pairwise(points))
    for (i, one), (j, other) in combinations(enumerate(pieces), 2):
        if _folds(*one, other[1]) if j == i + 1 else _meet(*one, *other):
            raise ValueError(
                f"points: the piece from point {j} meets the piece from point {i}, so nobody can say which side is"
                " 'in'; list the points from one end to the other"
            )


def check_polygon(points: Sequence[Point]) -> None:
    """Whether points are the corners of a polygon, in order.

    Args:
        points: Shares of the picture.

    Raises:
        ValueError: As for :func:`check_points`; edges that cross each other; no area to speak of.
    """
    check_points(points, least=3)
    if points[0] == points[-1]:
        raise ValueError("points: the last is the same as the first; the polygon closes by itself, leave it out")
    crossed = crossing_edges(points)
    if crossed:
        one, other = crossed
        raise ValueError(
            f"points: the edge from point {one} crosses the edge from point {other}; "
            "list the corners in order round the polygon"
        )
    if abs(area(points)) < _LEAST_AREA:
        raise ValueError("points: the polygon has no area to speak of; its corners lie in a line")


def check_calibration(name: str, points: Sequence[Point]) -> None:
    """Whether four points can tie the picture to the ground.

    Args:
        name: The setting's key, for the error.
        points: Shares of the picture, or metres on the ground.

    Raises:
        ValueError: Not four, three of them in a line, listed across instead of round, or one among the others.
    """
    if len(points) != 4:  # noqa: PLR2004 - a plane has eight degrees of freedom, a point fixes two
        raise ValueError(f"{name}: needs four points, got {len(points)}")
    extent = max(max(abs(a - b) for a, b in zip(p, q, strict=True)) for p, q in combinations(points, 2))
    for three in combinations(range(4), 3):
        if abs(area([points[index] for index in three])) <= _LEAST_TRIANGLE * extent**2:
            a, b, c = three
            raise ValueError(f"{name}: points {a}, {b} and {c} lie in a line, so they do not fix the ground")
    if crossing_edges(points):
        raise ValueError(f"{name}: the edges cross; list the four points in order round the area")
    turns = [_hand(points[index - 2], points[index - 1], points[index]) for index in range(4)]
    if len(set(turns)) > 1:
        within = (turns.index(min(set(turns), key=turns.count)) - 1) % 4
        raise ValueError(f"{name}: point {within} lies among the others; take the four corners of an area")


def crossing_edges(corners: Sequence[Point]) -> tuple[int, int] | None:
    """The first two edges of a polygon that meet elsewhere than in a shared corner.

    Args:
        corners: In order; the last is joined to the first.

    Returns:
        The edges' first corners, counted from 0; None where no edges cross.
    """
    edges = list(pairwise([*corners, corners[0]]))
    for (i, one), (j, other) in combinations(enumerate(edges), 2):
        if j - i not in (1, len(edges) - 1) and _meet(*one, *other):
            return i, j
    return None


def area(corners: Sequence[Point]) -> float:
    """The area of a polygon, positive where its corners run clockwise in a picture (y down)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*corners, corners[0]])) / 2


def _meet(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether the segments ab and cd share a point."""
    hands = (_hand(a, b, c), _hand(a, b, d), _hand(c, d, a), _hand(c, d, b))
    if hands[0] != hands[1] and hands[2] != hands[3]:
        return True
    touching = ((a, b, c), (a, b, d), (c, d, a), (c, d, b))
    return any(hand == 0 and _spans(*three) for hand, three in zip(hands, touching, strict=True))


def _folds(a: Point, b: Point, c: Point) -> bool:
    """Whether the way from a over b to c runs back over itself."""
    return _hand(a, b, c) == 0 and (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0


def _hand(a: Point, b: Point, p: Point) -> int:
    twice = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
    return (twice > 0) - (twice < 0)


def _spans(a: Point, b: Point, p: Point) -> bool:
    """Whether p, which lies on the line through a and b, lies between them."""
    return min(a[0], b[0]) <= p[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= p[1] <= max(a[1], b[1])
