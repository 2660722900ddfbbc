"""Where every object was, told in hindsight: from the first time that it was seen, once it is known for an object.

A tracker believes in an object after some frames, and in something that stands still after some seconds. Counting
copes with that; a file of tracks that began only then would miss the beginning of every way.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from cityedge.classes import PERSON
from edge.types import TrackedObject

Box = tuple[float, float, float, float]

_FRAMES_BACK: Final = 512
"""How many frames back an object may have been seen first: more than any tracker hesitates."""


@dataclass(frozen=True)
class TrailRow:
    """One object in one frame.

    Attributes:
        frame: Index of the frame, from 0.
        track_id: Who.
        label: Class by vote over the whole track, index into ``cityedge.classes.CLASSES``.
        box_px: Left, top, right, bottom in pixels of the source frame.
        score: Of the detection, 0 to 1.
    """

    frame: int
    track_id: int
    label: int
    box_px: Box
    score: float


@dataclass
class _Trail:
    label: int = PERSON
    settled: bool = False
    moved: bool = False
    aboard: int = 0
    sights: list[tuple[int, Box, float, bool]] = field(default_factory=list)

    @property
    def is_object(self) -> bool:
        """It is no furniture, and mostly nobody's rider: a vehicle has moved, a person was believed in."""
        return self.settled and (self.moved or self.label == PERSON) and 2 * self.aboard <= len(self.sights)


class Trails:
    """Gathers what a tracker tells, frame by frame."""

    def __init__(self) -> None:
        self._moments: deque[tuple[float, int]] = deque(maxlen=_FRAMES_BACK)
        self._trails: dict[int, _Trail] = {}

    def add(self, frame: int, time_s: float, objects: Iterable[TrackedObject]) -> None:
        """Take in one frame.

        Args:
            frame: Its index.
            time_s: When it was seen, in scene time.
            objects: Everything tracked in it.
        """
        self._moments.append((time_s, frame))
        for item in objects:
            if item.observed:
                self._follow(item, frame)

    def rows(self) -> list[TrailRow]:
        """Everybody who turned out to be an object, in order of frames; riders belong to their vehicle."""
        found = [
            TrailRow(frame, track_id, trail.label, box_px, score)
            for track_id, trail in self._trails.items()
            if trail.is_object
            for frame, box_px, score, aboard in trail.sights
            if not aboard
        ]
        return sorted(found, key=lambda row: (row.frame, row.track_id))

    def _follow(self, item: TrackedObject, frame: int) -> None:
        trail = self._trails.setdefault(item.track_id, _Trail())
        frames = dict(self._moments) if item.earlier else {}
        for sight in item.earlier:
            if sight.time_s in frames:
                trail.sights.append((frames[sight.time_s], sight.box_px, sight.score, False))
        trail.sights.append((frame, item.box_px, item.score, item.rider))
        trail.label = item.label
        trail.settled = trail.settled or item.settled
        trail.moved = trail.moved or item.moved
        trail.aboard += item.rider
