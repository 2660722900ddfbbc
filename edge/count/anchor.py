"""Whether an object stands: for how long it has not left the place where it came to rest."""

import math
from typing import Final

from edge.count.geometry import Point
from edge.types import TrackedObject

REACH: Final = 0.5
"""Who moves less than this stands: share of the object's height in the picture."""
LEFT_AFTER_S: Final = 1.0
"""Who is back within this has not left: a box that is cut by a passing bus jumps, the car does not."""


class Anchor:
    """Where one object stands, and since when.

    Args:
        item: The object when it was first seen.
        time_s: When that was, in scene time.

    Attributes:
        point_px: Where it came to rest, in pixels of the source frame.
        since_s: When it came to rest there.
    """

    def __init__(self, item: TrackedObject, time_s: float) -> None:
        self.point_px: Point = item.foot_px
        self.since_s = time_s
        self._away_since_s: float | None = None

    def holds(self, item: TrackedObject) -> bool:
        """Whether an object is where the anchor is, its foot within :data:`REACH` of it."""
        height_px = item.box_px[3] - item.box_px[1]
        return math.dist(item.foot_px, self.point_px) <= REACH * height_px

    def stood_s(self, item: TrackedObject, time_s: float) -> float:
        """Follow the object for one frame.

        Args:
            item: The object now.
            time_s: When it was seen, in scene time.

        Returns:
            For how long it has stood, in seconds; 0 while it is away from where it stood.
        """
        if self.holds(item):
            self._away_since_s = None
            return time_s - self.since_s
        if self._away_since_s is None:
            self._away_since_s = time_s
        if time_s - self._away_since_s >= LEFT_AFTER_S:
            self.point_px, self.since_s, self._away_since_s = item.foot_px, time_s, None
        return 0.0
