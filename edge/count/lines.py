"""Who crossed a line, and which way: in and out apart, each crossing once.

A crossing is proven by the path between *observed* foot points, so that one made behind a bus is found when
the object comes out again, and one made before a fast object was known for one when it is first reported. It is
believed when the foot point is as far from the line as jitter of a box does not take it. A foot point jitters up
and down more (feet that are not made out) than from side to side: a line along the picture has the wider band.
What happens within the band is added up, and somebody who turns round on the line has crossed nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from edge.count.geometry import Point, crossed_at, distance_to_path
from edge.types import LineCrossing, TrackedObject, foot_of

BAND_UPRIGHT: Final = 0.2
BAND_ACROSS: Final = 0.12
"""Half width of the band along the picture's height and along its width, as shares of the object's height."""
DEBOUNCE_S: Final = 1.0
"""After a crossing, the same object crosses the same line again no sooner than this."""
MEMORY_S: Final = 10.0
"""How long an object that is not seen any more is remembered."""


@dataclass
class _Passage:
    """What one object has done at the line so far.

    Attributes:
        foot: Its last observed foot point, in pixels.
        time_s: When that was.
        pending: Crossings since it last was clear of the band, ``in`` positive.
        crossed_s: When the last of them was.
        counted_s: When it last was counted.
    """

    foot: Point
    time_s: float
    pending: int = 0
    crossed_s: float = 0.0
    counted_s: float = field(default=float("-inf"))


class LineCounter:
    """One line of one camera.

    Args:
        name: The line's name.
        points_px: Two or more points in pixels of the source frame.
    """

    def __init__(self, name: str, points_px: Sequence[Point]) -> None:
        self.name = name
        self._points = tuple(points_px)
        self._passages: dict[int, _Passage] = {}

    def update(self, objects: Iterable[TrackedObject], time_s: float) -> list[LineCrossing]:
        """Take in one frame.

        Args:
            objects: Everything tracked in it; objects that were not observed do not move.
            time_s: When it was seen, in scene time.

        Returns:
            The crossings that are believed now. Riders are not among them: their vehicle is.
        """
        crossings = []
        for item in objects:
            if item.observed:
                crossings += self._follow(item, time_s)
        self._forget(time_s)
        return crossings

    def _follow(self, item: TrackedObject, time_s: float) -> list[LineCrossing]:
        foot = item.foot_px
        passage = self._passages.get(item.track_id)
        if passage is None:
            passage = self._passages[item.track_id] = _Passage(foot, time_s)
            if item.earlier:
                first = item.earlier[0]
                passage.foot, passage.time_s = foot_of(first.box_px), first.time_s
        self._step(passage, foot, time_s)
        passage.foot, passage.time_s = foot, time_s
        return self._believe(passage, item, time_s) if passage.pending else []

    def _step(self, passage: _Passage, foot: Point, time_s: float) -> None:
        for start, end in zip(self._points, self._points[1:], strict=False):
            crossed = crossed_at(passage.foot, foot, start=start, end=end)
            if crossed:
                way, share = crossed
                passage.pending += way
                passage.crossed_s = passage.time_s + share * (time_s - passage.time_s)

    def _believe(self, passage: _Passage, item: TrackedObject, time_s: float) -> list[LineCrossing]:
        if self._within_band(passage.foot, item.box_px) or time_s - passage.counted_s < DEBOUNCE_S:
            return []
        direction = "in" if passage.pending > 0 else "out"
        passage.pending, passage.counted_s = 0, time_s
        if item.rider:
            return []
        return [LineCrossing(self.name, item.track_id, item.label, direction, passage.crossed_s)]

    def _within_band(self, foot: Point, box_px: tuple[float, float, float, float]) -> bool:
        height_px = max(box_px[3] - box_px[1], 1e-9)
        upright_px, across_px = BAND_UPRIGHT * height_px, BAND_ACROSS * height_px
        # In a plane that is scaled by the jitter either way, the band is 1 wide.
        scaled, *points = ((x / across_px, y / upright_px) for x, y in (foot, *self._points))
        return distance_to_path(scaled, points) <= 1.0

    def _forget(self, time_s: float) -> None:
        gone = [key for key, passage in self._passages.items() if time_s - passage.time_s > MEMORY_S]
        for key in gone:
            del self._passages[key]
