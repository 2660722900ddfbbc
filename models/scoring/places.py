"""Lines and zones of a picture as somebody draws them, and who stands on which side of them. Pure.

Written apart from the gateway's own geometry, on purpose: what judges shares nothing with what is judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from cityedge.errors import UsageError

Point: TypeAlias = tuple[float, float]

_FEWEST_OF_LINE, _FEWEST_OF_ZONE = 2, 3


@dataclass(frozen=True)
class Place:
    """A line or a zone.

    Attributes:
        name: Its name.
        points: Shares of the picture, 0 to 1 from the top left; a zone's last point is joined to its first.
    """

    name: str
    points: tuple[Point, ...]

    def in_pixels(self, size_px: tuple[int, int]) -> tuple[Point, ...]:
        """Its points in pixels.

        Args:
            size_px: Width and height of the picture.

        Returns:
            The points, in order.
        """
        width, height = size_px
        return tuple((x * width, y * height) for x, y in self.points)


def line_of(text: str) -> Place:
    """A line as it is written on the command line.

    Args:
        text: ``NAME=x1,y1,x2,y2``, with more pairs for more points.

    Returns:
        The line.

    Raises:
        UsageError: It is not written so.
    """
    numbers = text.partition("=")[2].split(",")
    pairs = [",".join(pair) for pair in zip(numbers[::2], numbers[1::2], strict=False)]
    form = "--line NAME=x1,y1,x2,y2"
    return _place(text, [*pairs, *numbers[len(pairs) * 2 :]], form=form, fewest=_FEWEST_OF_LINE)


def zone_of(text: str) -> Place:
    """A zone as it is written on the command line.

    Args:
        text: ``NAME=x,y;x,y;x,y``.

    Returns:
        The zone.

    Raises:
        UsageError: It is not written so.
    """
    corners = text.partition("=")[2].strip(";").split(";")
    return _place(text, corners, form="--zone NAME=x,y;x,y;x,y", fewest=_FEWEST_OF_ZONE)


def _place(text: str, pairs: Sequence[str], *, form: str, fewest: int) -> Place:
    name = text.partition("=")[0]
    try:
        points = tuple((float(x), float(y)) for x, y in (pair.split(",") for pair in pairs))
    except ValueError:
        points = ()
    if not name or len(points) < fewest or any(not 0 <= value <= 1 for point in points for value in point):
        raise UsageError(f"'{text}' is not of the form {form}", cure="Points are shares of the picture, 0 to 1.")
    return Place(name, points)


def side(point: Point, start: Point, end: Point) -> float:
    """On which hand of somebody walking from ``start`` to ``end`` a point lies.

    Args:
        point: The point.
        start: Where the walk begins.
        end: Where it ends.

    Returns:
        Above 0 on the right hand, below 0 on the left; twice the area of the triangle (y points down).
    """
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def passed(before: Point, after: Point, line: Sequence[Point]) -> tuple[int, float] | None:
    """Whether a step passes a line, and which way.

    Args:
        before: Where the step begins.
        after: Where it ends.
        line: Two or more points.

    Returns:
        How often it passes from the right hand to the left (``in``) less how often the other way, and the share
        of the step at which it last passes, 0 to 1; None where it comes out where it was.
    """
    net, last = 0, 0.0
    for start, end in pairwise(line):
        was, now = side(before, start, end) > 0, side(after, start, end) > 0
        # The same step there and back passes the same end, also where it touches it: so it is looked at one way.
        right, left = (before, after) if was else (after, before)
        if was != now and (side(start, right, left) > 0) != (side(end, right, left) > 0):
            here, there = abs(side(before, start, end)), abs(side(after, start, end))
            net += 1 if was else -1
            last = max(last, here / (here + there))
    return (net, last) if net else None


def distance_px(point: Point, line: Sequence[Point]) -> float:
    """How far a point is from the nearest point of a line.

    Args:
        point: In pixels.
        line: Two or more points in pixels.

    Returns:
        Pixels.
    """
    return min(_distance_px(point, start, end) for start, end in pairwise(line))


def _distance_px(point: Point, start: Point, end: Point) -> float:
    along = complex(*end) - complex(*start)
    there = complex(*point) - complex(*start)
    length_2 = abs(along) ** 2
    share = min(1.0, max(0.0, (there * along.conjugate()).real / length_2)) if length_2 else 0.0
    return abs(there - share * along)


def stands_in(point: Point, corners: Sequence[Point]) -> bool:
    """Whether a point lies in a polygon.

    Args:
        point: The point.
        corners: Of the polygon, in order; the last is joined to the first.

    Returns:
        True inside or on an edge, by the even-odd rule.
    """
    x, y = point
    odd = False
    for (x_0, y_0), (x_1, y_1) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (y_0 > y) != (y_1 > y) and x < x_0 + (x_1 - x_0) * (y - y_0) / (y_1 - y_0):
            odd = not odd
    return odd or distance_px(point, [*corners, corners[0]]) == 0
