"""When foot points cross lines and stay in zones: formulas, no frames, nothing shared with the gateway's counting.

A leg of a path is a straight line in the picture too, and in homogeneous coordinates a linear function of time, so
that the moment at which it meets another straight line is one division.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from cityedge.classes import ObjectClass
from simulators.street.actors import Actor
from simulators.street.camera import Camera, Ground, Share
from simulators.street.paths import Leg
from simulators.street.places import Line, Zone

Direction = Literal["in", "out"]

CLEAR_M: Final = 0.45
"""How far beyond a line, in metres as they appear where it stands, a foot point is clear of it: a body's width."""
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
        speed_mps: How fast it truly moved.
    """

    time_s: float
    line: str
    kind: ObjectClass
    direction: Direction
    number: int
    speed_mps: float


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


def crossings(actor: Actor, line: Line, camera: Camera) -> list[Crossing]:
    """Find every moment at which an actor crosses a line.

    Stepping over it is not enough: they must come clear of it on the other side, by :data:`CLEAR_M` as it appears
    where they stand. Who turns round on the line, however often, has crossed nothing. Who steps to and fro and is
    then clear of it on the other side has crossed once, when they stepped over it last.

    Args:
        actor: Who.
        line: The line.
        camera: In whose picture the line is drawn.

    Returns:
        The crossings, in order of time.
    """
    found: list[Crossing] = []
    net, last_s, speed_mps = 0, 0.0, 0.0
    for leg in actor.path.legs:
        for time_s, way in _moments(leg, line, camera):
            if way:
                net, last_s, speed_mps = net + way, time_s, leg.speed_mps
            elif net and _clear(leg.at(time_s), line, camera):
                direction: Direction = "in" if net > 0 else "out"
                found.append(Crossing(last_s, line.name, actor.kind, direction, actor.number, speed_mps))
                net = 0
    return found


def _moments(leg: Leg, line: Line, camera: Camera) -> Iterator[tuple[float, int]]:
    """When a leg leads over a line and, marked 0, when it is farthest from it: half way to the next, or last."""
    passages = sorted(_passages(leg, line, camera))
    for index, (time_s, way) in enumerate(passages):
        yield time_s, way
        if index + 1 < len(passages):
            yield (time_s + passages[index + 1][0]) / 2, 0
    yield leg.end_s, 0


def _passages(leg: Leg, line: Line, camera: Camera) -> Iterator[tuple[float, int]]:
    """When a leg leads over a line, and which way: 1 is ``in``, -1 is ``out``."""
    last = len(line.points) - 2
    for index, (start, end) in enumerate(pairwise(line.points)):
        sides = _sides(leg, start, end, camera)
        if (sides[0] > 0) == (sides[1] > 0):
            continue
        time_s = _meeting_s(leg, sides)
        along = _along(camera.project(leg.at(time_s)), start, end)
        if 0 <= along < 1 or (along == 1 and index == last):
            yield time_s, 1 if sides[0] > 0 else -1


def _clear(spot: Ground, line: Line, camera: Camera) -> bool:
    """Whether a foot point is clear of a line. On a leg, clearance is greatest at one of its ends."""
    foot = camera.project(spot)
    size = (camera.width_px, camera.height_px)
    x_px, y_px = foot.x * size[0], foot.y * size[1]
    corners = [(point.x * size[0], point.y * size[1]) for point in line.points]
    nearest_px = min(_distance((x_px, y_px), start, end) for start, end in pairwise(corners))
    return nearest_px > CLEAR_M * camera.px_per_m(spot.depth_m)


def _distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    across, down = end[0] - start[0], end[1] - start[1]
    share = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / ((across**2 + down**2) or 1.0)
    share = min(1.0, max(0.0, share))
    return math.hypot(point[0] - start[0] - share * across, point[1] - start[1] - share * down)


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
