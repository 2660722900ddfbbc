"""What crosses the stages of the gateway, in the order of the flow: frame, tracks, crossings, rows."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import CLASSES, ObjectClass
from cityedge.messages import SeeState, Severity

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Frame:
    """One picture from a source, not yet converted: pixels are made at the sizes that are asked for.

    Attributes:
        index: Counts from 0 within one opening of the source; frames that were skipped count too.
        time_s: Scene time since the source was opened, from presentation timestamps; carries all durations.
        captured_unix_s: When it was captured, Unix time (UTC); for recorded sources played as live, when it
            was played; for those played as fast as possible, the start plus ``time_s``.
        width_px: Width of the source picture.
        height_px: Height of the source picture.
        bgr: Makes the picture at a width and height: uint8, shape (height, width, 3), BGR. Scaling happens in
            the same step, so that no full-size copy is made unless it is asked for.
    """

    index: int
    time_s: float
    captured_unix_s: float
    width_px: int
    height_px: int
    bgr: Callable[[int, int], Picture]


@dataclass(frozen=True)
class EarlierSight:
    """Where something was seen that was not yet known for an object.

    Attributes:
        time_s: When, in scene time.
        box_px: Left, top, right, bottom in pixels of the source frame.
        score: Of the detection, 0 to 1.
    """

    time_s: float
    box_px: tuple[float, float, float, float]
    score: float


def foot_of(box_px: tuple[float, float, float, float]) -> tuple[float, float]:
    """Where something stands: the middle of its box's lower edge, in the box's units."""
    left, _, right, bottom = box_px
    return (left + right) / 2.0, bottom


@dataclass(frozen=True)
class TrackedObject:
    """One object in one frame, as the tracker sees it.

    Attributes:
        track_id: From 1, unique within one tracker, never used again.
        label: Class by vote over the track so far, index into ``cityedge.classes.CLASSES``.
        box_px: Left, top, right, bottom in pixels of the source frame.
        score: Of the detection in this frame, 0 to 1.
        observed: Seen in this very frame, rather than carried over a gap.
        settled: It has moved, or looked like an object for a while: it is not a post that resembles a person.
            Only settled objects are present in zones; lines watch the others too, since a post crosses none.
        moved: It has left the place where it was first seen: a parked car has not.
        rider: By vote, a person on a bicycle or motorcycle; counted with the vehicle, not as a pedestrian.
        earlier: Where it was seen before it was known for an object, oldest first. Told once, in the frame in
            which it is first reported: what is fast may have crossed a line by then.
    """

    track_id: int
    label: int
    box_px: tuple[float, float, float, float]
    score: float
    observed: bool
    rider: bool = False
    settled: bool = True
    moved: bool = True
    earlier: tuple["EarlierSight", ...] = ()

    @property
    def foot_px(self) -> tuple[float, float]:
        """Where it stands: the middle of the box's lower edge, in pixels of the source frame."""
        return foot_of(self.box_px)

    @property
    def name(self) -> ObjectClass:
        """The class's name."""
        return CLASSES[self.label]

    def at(self, box_px: tuple[float, float, float, float]) -> "TrackedObject":
        """The same object with another box."""
        return replace(self, box_px=box_px)


@dataclass(frozen=True)
class LineCrossing:
    """One object crossed one line.

    Attributes:
        line: The line's name.
        track_id: Who.
        label: Class by vote when it was decided.
        direction: ``in`` crosses from the right hand to the left hand of somebody walking along the line.
        time_s: When, in scene time, interpolated between the observed foot points on either side.
    """

    line: str
    track_id: int
    label: int
    direction: str
    time_s: float


@dataclass(frozen=True)
class ZoneSample:
    """One zone in one frame, by label.

    Attributes:
        present: How many are inside.
        queued: How many of them stand.
    """

    present: dict[int, int]
    queued: dict[int, int]


@dataclass(frozen=True)
class ZoneEvent:
    """Somebody came or went.

    Attributes:
        track_id: Who.
        label: Class by vote.
        time_s: When, in scene time: of an entry the first moment inside, of an exit the last.
        dwell_s: How long the visit was; None for an entry.
    """

    track_id: int
    label: int
    time_s: float
    dwell_s: float | None = None


@dataclass(frozen=True)
class Trip:
    """One object came from one zone and went to another; counted once, when it is gone.

    Attributes:
        origin: The first zone that it had entered.
        destination: The last one; another than the first.
        label: Class by vote.
        time_s: When it entered the last one, in scene time.
    """

    origin: str
    destination: str
    label: int
    time_s: float


@dataclass(frozen=True)
class SpeedReading:
    """How fast one object was when it crossed a line of a calibrated camera.

    Attributes:
        line: The line's name.
        label: Class by vote.
        speed_mps: Over the ground.
        time_s: When it crossed, in scene time.
    """

    line: str
    label: int
    speed_mps: float
    time_s: float


@dataclass(frozen=True)
class HeatCell:
    """For how long feet of one class stood in one cell of the heat grid.

    Attributes:
        column: From 0 at the left.
        row: From 0 at the top.
        label: Class by vote.
        present_s: Summed over objects.
    """

    column: int
    row: int
    label: int
    present_s: float


@dataclass(frozen=True)
class AlarmChange:
    """A rule of a camera began or ceased to apply.

    Attributes:
        rule: ``wrong_way``, ``stopped_vehicle``, ``crowding`` or ``intrusion``.
        place: The line or zone that it is about.
        severity: How much it matters.
        state: ``raised`` and ``cleared``; ``happened`` for what has no end.
        time_s: When, in scene time.
        value: A figure that belongs to it: how many, for how long.
        text: In words, for an operator.
    """

    rule: str
    place: str
    severity: Severity
    state: Literal["raised", "cleared", "happened"]
    time_s: float
    value: float
    text: str


@dataclass(frozen=True)
class Sight:
    """How well a camera can see, after hysteresis.

    Attributes:
        state: What it is.
        since_s: Since when, in scene time: when it began to look so, not when that was believed.
        text: Why, in words and figures, for an operator; empty where it is ``ok``.
    """

    state: SeeState
    since_s: float
    text: str = ""


@dataclass(frozen=True)
class OutboxRow:
    """A numbered message on its way from the outbox to the broker.

    Attributes:
        seq: Its number within the outbox's epoch.
        kind: Last but one level of its topic.
        source: Last level of its topic.
        payload: The encoded message, identity included.
    """

    seq: int
    kind: str
    source: str
    payload: bytes
