"""How fast somebody was over the ground when crossing a line, where the camera is calibrated.

The speed is the slope of a straight line, fitted by least squares through where the object's observed foot
points were on the ground, from a second before the crossing to a second after. A box that jitters by some
pixels moves single points, and differences between frames wildly; it hardly moves the slope.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np

from edge.count.geometry import Point
from edge.count.ground import Ground
from edge.types import LineCrossing, SpeedReading, TrackedObject

AROUND_S: Final = 1.0
"""Positions from so long before the crossing to so long after it are looked at."""
LEAST_SPAN_S: Final = 0.25
"""Positions that lie closer together in time tell no speed: jitter would be most of it."""
FASTEST_MPS: Final = 60.0
"""Whatever is faster (216 km/h) is a slip of the tracker or of the calibration."""
MEMORY_S: Final = 10.0
"""How long an object that is not seen any more is remembered."""

_KEEP_S: Final = 3.0
_EDGE_PX: Final = 1.0
_EDGE: Final = 0.04  # of the width: detectors end a box that is cut some way before the edge

_Position: TypeAlias = tuple[float, float, float]
"""When, in scene time; where on the ground, in metres."""


@dataclass
class _Path:
    """Where one object was of late.

    Attributes:
        seen_s: When it was last observed.
        positions: In order of time; where its foot was seen on the ground.
    """

    seen_s: float
    positions: list[_Position] = field(default_factory=list)


class SpeedMeter:
    """Measures speeds at the lines of one calibrated camera.

    Args:
        ground: How its picture lies on the ground.
        size_px: Width and height of the picture. Boxes that its edge cuts are left out, since the middle of
            what is left of them moves more slowly than the object; None: none are.
    """

    def __init__(self, ground: Ground, *, size_px: tuple[float, float] | None = None) -> None:
        self._ground = ground
        self._size_px = size_px
        self._paths: dict[int, _Path] = {}

    def update(self, objects: Iterable[TrackedObject], time_s: float) -> None:
        """Take in one frame, before the crossings that were decided at it.

        Args:
            objects: Everything tracked in it; objects that were not observed do not move.
            time_s: When it was seen, in scene time.
        """
        for item in objects:
            if item.observed:
                self._follow(item, time_s)
        gone = [key for key, path in self._paths.items() if time_s - path.seen_s > MEMORY_S]
        for key in gone:
            del self._paths[key]

    def at_crossing(self, crossing: LineCrossing) -> SpeedReading | None:
        """How fast somebody was who has just crossed a line.

        Args:
            crossing: Who, and when.

        Returns:
            The reading; None where it cannot be told: seen too little, hidden, above the horizon, implausible.
        """
        path = self._paths.get(crossing.track_id)
        speed_mps = _speed_mps(_around(path.positions, crossing.time_s)) if path else None
        if speed_mps is None or speed_mps > FASTEST_MPS:
            return None
        return SpeedReading(crossing.line, crossing.label, speed_mps, crossing.time_s)

    def _follow(self, item: TrackedObject, time_s: float) -> None:
        path = self._paths.setdefault(item.track_id, _Path(time_s))
        path.seen_s = time_s
        where = None if self._is_cut(item) else self._ground.at(item.foot_px)
        if where is not None:
            path.positions.append((time_s, *where))
        while path.positions and time_s - path.positions[0][0] > _KEEP_S:
            path.positions.pop(0)

    def _is_cut(self, item: TrackedObject) -> bool:
        if self._size_px is None:
            return False
        left, _, right, bottom = item.box_px
        width, height = self._size_px
        # The upper edge may cut a box: feet are below.
        beside = left < _EDGE * width or right > (1 - _EDGE) * width
        return beside or bottom > height - _EDGE_PX


def _around(positions: Sequence[_Position], time_s: float) -> Sequence[_Position]:
    """Those within a second of a moment; the nearest before and after it always, for few frames a second."""
    before = [position for position in positions if position[0] <= time_s]
    after = [position for position in positions if position[0] > time_s]
    near = [position for position in positions if abs(position[0] - time_s) <= AROUND_S]
    return sorted({*near, *before[-1:], *after[:1]})


def _speed_mps(positions: Sequence[_Position]) -> float | None:
    """The slope of position over time by least squares; None where they span too little time."""
    if not positions or positions[-1][0] - positions[0][0] < LEAST_SPAN_S:
        return None
    table = np.array(positions, np.float64)
    table -= table.mean(axis=0)
    times_s, places_m = table[:, 0], table[:, 1:]
    velocity: Point = tuple((times_s @ places_m / (times_s @ times_s)).tolist())
    return math.hypot(*velocity)
