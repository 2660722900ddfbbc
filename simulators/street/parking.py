"""Puts vehicles at the kerb: those that stand there all the time, that come to park, that leave."""

from typing import Final

from simulators.street.actors import PARKED_S, Actor
from simulators.street.camera import Camera, Ground, Share
from simulators.street.layout import lane_named
from simulators.street.mix import Parked
from simulators.street.paths import Path
from simulators.street.ways import lane_way

_SPEED_MPS: Final = 4.5
_BRAKE_M: Final = 4.0
_SWING_M: Final = 6.5  # over which length a vehicle changes between lane and kerb


def parked(rule: Parked, number: int, camera: Camera) -> Actor:
    """Let a vehicle stand at the kerb.

    Args:
        rule: Which, where and from when to when.
        number: Of the actor, unique within its street.
        camera: In whose picture its place is.

    Returns:
        The actor. One that comes is on its path from outside the picture; one that never goes stands for ever.
    """
    lane = lane_named(rule.lane)
    start, end = lane_way(lane, rule.kind, rule.look, camera)
    if rule.heading != lane.heading:
        start, end = end, start
    ahead = 1 if rule.heading == "right" else -1
    spot = camera.ground(Share(*rule.at))
    before = (start, Ground(spot.x_m - ahead * _SWING_M, start.depth_m)) if rule.comes_s is not None else ()
    after = (Ground(spot.x_m + ahead * _SWING_M, end.depth_m), end)
    points = (*_in_order(before, ahead, until_m=spot.x_m), spot, *_in_order(after, ahead, since_m=spot.x_m))
    comes_s = rule.comes_s or 0.0
    at = points.index(spot)
    arrives_s = (
        Path(points[: at + 1], comes_s, _SPEED_MPS, _stands(at + 1, at, 1.0), _BRAKE_M).end_s - 1.0 if at else 0.0
    )
    stay_s = PARKED_S if rule.goes_s is None else max(1.0, rule.goes_s - arrives_s)
    path = Path(points, comes_s, _SPEED_MPS, _stands(len(points), at, stay_s), _BRAKE_M)
    return Actor(number, rule.kind, path, rule.look)


def _stands(count: int, at: int, stay_s: float) -> tuple[float, ...]:
    return tuple(stay_s if index == at else 0.0 for index in range(count))


def _in_order(
    points: tuple[Ground, ...], ahead: int, *, since_m: float | None = None, until_m: float | None = None
) -> list[Ground]:
    """Without points from which one would have to reverse: who parks near the picture's edge swings outside it."""
    kept: list[Ground] = []
    last_m = since_m
    for point in points:
        behind = last_m is not None and (point.x_m - last_m) * ahead <= 0
        beyond = until_m is not None and (until_m - point.x_m) * ahead <= 0
        if not behind and not beyond:
            kept.append(point)
            last_m = point.x_m
    return kept
