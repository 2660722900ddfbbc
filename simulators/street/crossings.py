"""When foot points cross lines and stay in zones: formulas, no frames, nothing shared with the gateway's counting.

A leg of a path is a straight line in the picture too, and in homogeneous coordinates a linear function of time, so
that the moment at which it meets another straight line is one division.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from cityedge.classes import ObjectClass
from simulators.street.actors import Actor
from simulators.street.camera import Camera, Share
from simulators.street.paths import Leg
from simulators.street.places import Line, Zone

Direction = Literal["in", "out"]

_FRAME: Final = (Share(0.0, 0.0), Share(1.0, 0.0), Share(1.0, 1.0), Share(0.0, 1.0))


@dataclass(frozen=True)
class Crossing:
    """One object crossed one line.

    Attributes:
        time_s: When, scene time.
        line: The line's name.
        kind: Class of the object.
        direction: ``in`` crosses from the right hand to the left hand of somebody walking along the line.
        number: Of the object.
    """

    time_s: float
    line: str
    kind: ObjectClass
    direction: Direction
    number: int


@dataclass(frozen=True)
class Stay:
    """One object was in one zone, and in the picture.

    Attributes:
        start_s: When its foot point came in, scene time.
        end_s: When it left.
        zone: The zone's name.
        kind: Class of the object.
        number: Of the object.
    """

    start_s: float
    end_s: float
    zone: str
    kind: ObjectClass
    number: int


def crossings(actor: Actor, line: Line, camera: Camera) -> Iterator[Crossing]:
    """Find every moment at which an actor crosses a line.

    Args:
        actor: Who.
        line: The line.
        camera: In whose picture the line is drawn.

    Yields:
        The crossings, in no particular order.
    """
    last = len(line.points) - 2
    for leg in actor.path.legs:
        for index, (start, end) in enumerate(pairwise(line.points)):
            sides = _sides(leg, start, end, camera)
            if (sides[0] > 0) == (sides[1] > 0):
                continue
            time_s = _meeting_s(leg, sides)
            along = _along(camera.project(leg.at(time_s)), start, end)
            if 0 <= along < 1 or (along == 1 and index == last):
                yield Crossing(time_s, line.name, actor.kind, "in" if sides[0] > 0 else "out", actor.number)


def stays(actor: Actor, zone: Zone, camera: Camera) -> list[Stay]:
    """Find all the time that an actor spends in a zone.

    Args:
        actor: Who.
        zone: The zone.
        camera: In whose picture the zone is drawn.

    Returns:
        The stays, in order of time; they neither touch nor overlap.
    """
    spans: list[list[float]] = []
    for leg in actor.path.legs:
        moments = sorted({leg.start_s, leg.end_s, *_border_times(leg, zone, camera)})
        for start_s, end_s in pairwise(moments):
            middle = camera.project(leg.at((start_s + end_s) / 2))
            if not (_inside(middle, zone.points) and _inside(middle, _FRAME)):
                continue
            if spans and spans[-1][1] == start_s:
                spans[-1][1] = end_s
            else:
                spans.append([start_s, end_s])
    return [Stay(start_s, end_s, zone.name, actor.kind, actor.number) for start_s, end_s in spans]


def _border_times(leg: Leg, zone: Zone, camera: Camera) -> Iterator[float]:
    """When a leg meets the straight lines on which the borders of zone and picture lie."""
    for corners in (zone.points, _FRAME):
        for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
            sides = _sides(leg, start, end, camera)
            if (sides[0] > 0) != (sides[1] > 0):
                yield _meeting_s(leg, sides)


def _sides(leg: Leg, start: Share, end: Share, camera: Camera) -> tuple[float, float]:
    """On which side of a straight line a leg begins and ends: positive is to the right of who walks along it."""
    across, down = end.x - start.x, end.y - start.y
    values = []
    for point in (leg.start, leg.end):
        x, y, depth = camera.homogeneous(point)
        values.append(across * (y - start.y * depth) - down * (x - start.x * depth))
    return values[0], values[1]


def _meeting_s(leg: Leg, sides: tuple[float, float]) -> float:
    share = sides[0] / (sides[0] - sides[1])
    return leg.start_s + share * (leg.end_s - leg.start_s)


def _along(point: Share, start: Share, end: Share) -> float:
    """Where on a stretch of a line a point lies: 0 at its start, 1 at its end."""
    across, down = end.x - start.x, end.y - start.y
    return ((point.x - start.x) * across + (point.y - start.y) * down) / (across**2 + down**2)


def _inside(point: Share, corners: Sequence[Share]) -> bool:
    """Whether a point lies in a polygon, by the even-odd rule."""
    inside = False
    for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (start.y > point.y) != (end.y > point.y):
            x = start.x + (point.y - start.y) / (end.y - start.y) * (end.x - start.x)
            inside ^= point.x < x
    return inside
