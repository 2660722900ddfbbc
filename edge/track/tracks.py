"""What a tracker remembers of one object, and one frame's detections made ready to be paired."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import CLASSES, FOUR_WHEELERS, PERSON
from edge.track.association import Array, Sight, covered_shares
from edge.track.motion import to_state
from edge.track.settings import TrackerSettings
from edge.types import EarlierSight, TrackedObject
from models.types import Detections

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]

# Classes that a detector confuses with one another share a group; a track never leaves its group.
GROUPS: Final = np.array(
    [0 if label == PERSON else 2 if label in FOUR_WHEELERS else 1 for label in range(len(CLASSES))]
)

PEOPLE: Final = int(GROUPS[PERSON])
"""The group of people."""

AGILITY: Final = (1.0, 2.0, 2.0)
"""How fast the objects of a group change their speed, for their size, beside people."""
HASTE: Final = (1.0, 3.0, 3.0)
"""How fast they are when they come into the picture, for their size, beside people."""
DOUBT: Final = np.array([1.0, 0.0, 0.0])
"""How much of the doubt in a box counts, by group: people turn and stop while they are badly seen, vehicles go on,
and cross the picture in a second or two: what little is seen of them must count."""

_PART_COVER: Final = 0.7  # of a part's box that lies within the whole's
_PART_LEVEL: Final = 0.15  # how far apart their lower edges may be, of the whole's height
_UNSURE_NEIGHBOUR: Final = 0.3  # boxes below this score do not spoil what a neighbour looks like


@dataclass(frozen=True)
class FrameSight:
    """One frame's detections.

    Attributes:
        sight: Their boxes and looks.
        scores: Shape (N,), 0 to 1.
        shares_of_sure: The scores, divided by their classes' sure scores, shape (N,).
        labels: Shape (N,).
        groups: Shape (N,), see ``GROUPS``.
        sure: Which may begin a track.
        unsure: Which may only carry one.
        alone: Which are not covered by another, so that their looks are their own.
        free: Which are not paired yet; the tracker clears it as it pairs.
    """

    sight: Sight
    scores: NDArray[np.float32]
    shares_of_sure: Array
    labels: NDArray[np.int32]
    groups: NDArray[np.int64]
    sure: Mask
    unsure: Mask
    alone: Mask
    free: Mask

    @classmethod
    def of(cls, detections: Detections, looks: Array, settings: TrackerSettings) -> "FrameSight":
        """Make detections ready; ``looks`` has a row for each."""
        boxes = detections.boxes_px.astype(np.float64)
        groups = GROUPS[detections.labels]
        covers = covered_shares(boxes, boxes)
        np.fill_diagonal(covers, 0.0)
        whole = ~_is_part(boxes, covers, detections.scores, groups)
        shares_of_sure = detections.scores / np.array(settings.sure_scores)[detections.labels]
        sure = shares_of_sure >= 1.0
        covers *= (detections.scores >= _UNSURE_NEIGHBOUR)[None, :]
        return cls(
            Sight(to_state(detections.boxes_px), boxes, looks),
            detections.scores,
            shares_of_sure,
            detections.labels,
            groups,
            sure & whole,
            ~sure & whole & (detections.scores >= settings.unsure_score),
            covers.max(axis=1, initial=0.0) < settings.looks_alone,
            np.ones(len(detections), np.bool_),
        )


def _is_part(boxes: Array, covers: Array, scores: NDArray[np.float32], groups: NDArray[np.int64]) -> Mask:
    """Which boxes are a part of a vehicle whose whole was seen with a higher score.

    A cab is no second truck and a wheel no second motorcycle: detectors see both, and their boxes overlap too
    little to be suppressed. People are left alone, who do walk side by side.
    """
    bottom, height = boxes[:, 3], boxes[:, 3] - boxes[:, 1]
    vehicles = groups != PEOPLE
    if not vehicles.any():
        return np.zeros(len(boxes), np.bool_)
    level = np.abs(bottom[:, None] - bottom[None, :]) <= _PART_LEVEL * height[None, :]
    same = (groups[:, None] == groups[None, :]) & vehicles[:, None]
    better = scores[None, :] > scores[:, None]
    return np.asarray((level & same & better & (covers >= _PART_COVER)).any(axis=1))


@dataclass
class Track:
    """One object. Its box is kept by the tracker's ``Motion``, row by row.

    Attributes:
        track_id: From 1, never used again.
        group: Its classes' group.
        born_s: When it was first seen, scene time.
        first_px: Its first foot point.
        seen_s: When it was last seen.
        sure_s: When it was last seen by a sure detection.
        score: Of its last detection.
        mean_score: Averaged over time; not being seen counts as 0.
        lost_s: How long it has been out of sight with nothing to hide it.
        hits: How often it was seen.
        sure_hits: How often by a sure detection.
        moved: It has left the place where it began.
        confirmed: It was seen often enough.
        earlier: Where it was seen until it was told of as an object.
        reported: It has been told of as one.
        votes: Summed scores by label.
    """

    track_id: int
    group: int
    born_s: float
    first_px: tuple[float, float]
    seen_s: float = 0.0
    sure_s: float = 0.0
    score: float = 0.0
    mean_score: float = 0.0
    lost_s: float = 0.0
    hits: int = 0
    sure_hits: int = 0
    moved: bool = False
    confirmed: bool = False
    earlier: list[EarlierSight] = field(default_factory=list)
    reported: bool = False
    votes: Array = field(default_factory=lambda: np.zeros(len(CLASSES)))

    @property
    def label(self) -> int:
        """The class with the highest summed score so far."""
        return int(self.votes.argmax())

    def see(self, frame: FrameSight, index: int, *, time_s: float) -> None:
        """It is seen, as detection ``index`` of the frame at ``time_s``."""
        self.seen_s, self.lost_s = time_s, 0.0
        self.hits += 1
        self.score = float(frame.scores[index])
        self.votes[frame.labels[index]] += self.score
        if not self.reported:
            left, top, right, bottom = frame.sight.boxes[index].tolist()
            self.earlier.append(EarlierSight(time_s, (left, top, right, bottom), self.score))
        if frame.sure[index]:
            self.sure_s = time_s
            self.sure_hits += 1

    def judge(self, state: Array, *, time_s: float, dt_s: float, settings: TrackerSettings) -> None:
        """Keep the mean score and whether it moved; once a frame, seen or not."""
        score = self.score if self.seen_s == time_s else 0.0
        weight = 1.0 - math.exp(-dt_s / settings.mean_s)
        self.mean_score += weight * (score - self.mean_score)
        if not self.moved:
            foot_x, foot_y, width, height = state.tolist()
            way = math.hypot(foot_x - self.first_px[0], foot_y - self.first_px[1])
            self.moved = way > settings.moved_sides * max(width, height)
        if not self.confirmed:
            lasted = self.hits > 1 and self.seen_s - self.born_s >= settings.confirm_s
            passed = self.moved and self.sure_hits > 1
            self.confirmed = lasted or passed or self.hits >= settings.confirm_hits

    def is_settled(self, settings: TrackerSettings) -> bool:
        """Whether it has moved, or looked like an object for a while, so that it is none of the furniture."""
        return self.moved or self.mean_score >= settings.still_share * settings.sure_scores[self.label]

    def report(
        self, box_px: tuple[float, float, float, float], *, time_s: float, settings: TrackerSettings
    ) -> TrackedObject:
        """What the stages after tracking are told of it, in the frame at ``time_s``."""
        earlier = tuple(sight for sight in self.earlier if sight.time_s < time_s)
        self.earlier.clear()
        self.reported = True
        return TrackedObject(
            self.track_id,
            self.label,
            box_px,
            self.score,
            observed=self.seen_s == time_s,
            settled=self.is_settled(settings),
            moved=self.moved,
            earlier=earlier,
        )
