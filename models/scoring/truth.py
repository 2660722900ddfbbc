"""What is known to be true of a recording, whoever says so: drawn boxes, the simulator, or somebody with a tally.

The file's ending says which: ``.json`` is the simulator's, ``.yaml`` a tally, anything else MOTChallenge rows.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from cityedge.classes import CLASSES
from cityedge.errors import UsageError
from models.errors import TruthError
from models.scoring import boxed, tally
from models.scoring.boxes import FloatArray, MotRows
from models.scoring.boxes import read as read_boxes
from models.scoring.counted import crossing_of, zones_of
from models.scoring.occupancy import Zones
from models.scoring.places import Place
from models.scoring.tally import Tally
from models.scoring.types import Crossing

AROUND_S: Final = 1.5
"""How long before and after a crossing somebody may have been hidden."""


@dataclass(frozen=True)
class View:
    """What a truth of boxes does not say itself.

    Attributes:
        lines: The lines; crossings of them are derived from boxes.
        zones: The zones.
        fps: Frames a second; None where nobody said.
        size_px: Width and height of the picture; None where nobody said.
    """

    lines: tuple[Place, ...] = ()
    zones: tuple[Place, ...] = ()
    fps: float | None = None
    size_px: tuple[int, int] | None = None


@dataclass(frozen=True)
class Truth:
    """What is true of a recording.

    Attributes:
        says: Who says so, as a sentence's subject.
        crossings: Every crossing with its moment; None where the truth knows none.
        judged: The lines and classes of which it speaks.
        visible: The smallest share of the object that could be seen near each crossing; empty where not known.
        zones: How zones were used.
        boxes: Who was where; None where it does not know.
        tally: Counts by hand; None for other truths.
        duration_s: Length of the recording, 0 where not known.
    """

    says: str
    crossings: tuple[Crossing, ...] | None = None
    judged: frozenset[tuple[str, str]] = frozenset()
    visible: Mapping[Crossing, float] = field(default_factory=dict)
    zones: Zones = field(default_factory=dict)
    boxes: MotRows | None = None
    tally: Tally | None = None
    duration_s: float = 0.0

    @property
    def lines(self) -> frozenset[str]:
        """The lines of which it speaks."""
        return self.tally.lines if self.tally else frozenset(line for line, _ in self.judged)


def read(path: Path, *, boxes: Path | None = None, view: View | None = None, frames: int = 0) -> Truth:
    """Read a truth.

    Args:
        path: The file.
        boxes: True boxes to go with the simulator's truth.
        view: Lines, zones, frame rate and size, for a truth of boxes.
        frames: How many frames the recording has, for a truth of boxes; the last drawn one where 0.

    Returns:
        The truth.

    Raises:
        TruthError: A file cannot be read as what it seems to be.
        ConfigError: A tally is wrong.
        UsageError: What a truth of boxes needs to know was not said.
    """
    beside = read_boxes(boxes, true=True) if boxes else None
    if path.suffix in {".yaml", ".yml"}:
        return Truth("a tally by hand", tally=tally.read(path), boxes=beside)
    if path.suffix == ".json":
        return _simulated(path, beside)
    if boxes:
        raise UsageError(f"{path}: holds boxes itself", cure="Leave out --boxes.")
    return of_boxes(read_boxes(path, true=True), view or View(), frames=frames)


def of_boxes(boxes: MotRows, view: View, *, frames: int = 0) -> Truth:
    """Derive crossings and occupancy from true boxes.

    Args:
        boxes: The boxes.
        view: Lines, zones, frame rate and size.
        frames: How many frames the recording has; the last drawn one where 0.

    Returns:
        The truth.

    Raises:
        UsageError: There are lines or zones, and the frame rate or the size is not known.
    """
    says, frames = "drawn boxes", frames or int(boxes.frames.max(initial=1))
    if not view.lines and not view.zones:
        return Truth(says, boxes=boxes, duration_s=frames / view.fps if view.fps else 0.0)
    if view.fps is None or view.size_px is None:
        raise UsageError(
            "crossings of drawn boxes need the frame rate and the size of the picture",
            cure="Add --fps F and --size WxH, or --video FILE for the size.",
        )
    crossings = tuple(boxed.crossings(boxes, view.lines, fps=view.fps, size_px=view.size_px))
    names = [CLASSES[label] for label in sorted({int(label) for label in boxes.labels})]
    return Truth(
        says,
        crossings=crossings if view.lines else None,
        judged=frozenset((line.name, name) for line in view.lines for name in names),
        visible=least_visible(crossings, boxes, times_s=(boxes.frames - 1) / view.fps),
        zones=boxed.occupancy(boxes, view.zones, size_px=view.size_px, frames=frames),
        boxes=boxes,
        duration_s=frames / view.fps,
    )


def _simulated(path: Path, boxes: MotRows | None) -> Truth:
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
        return _of_report(tree, boxes)
    except (OSError, ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        raise TruthError(
            f"{path}: cannot be read as the simulator's truth: {error!r}",
            cure="Give what 'cityedge sim street --truth' wrote.",
        ) from error


def _of_report(tree: Mapping[str, Any], boxes: MotRows | None) -> Truth:
    crossings = tuple(sorted(crossing_of(row, who="object") for row in tree["crossings"]))
    return Truth(
        "the simulator",
        crossings=crossings,
        judged=frozenset((line, name) for line in tree["lines"] for name in CLASSES),
        visible=least_visible(crossings, boxes, times_s=_times_s(tree, boxes)) if boxes else {},
        zones=zones_of(tree["zones"]),
        boxes=boxes,
        duration_s=float(tree["duration_s"]),
    )


def _times_s(tree: Mapping[str, Any], boxes: MotRows) -> FloatArray:
    """When each box was: frames that never came have no number."""
    fps = float(tree["fps"])
    lost = {round(float(lost_s) * fps) for lost_s in tree.get("lost_s", ())}
    last = int(boxes.frames.max(initial=0)) + len(lost)
    arrived = np.array([index for index in range(last) if index not in lost], np.float64)
    times_s: FloatArray = arrived[boxes.frames - 1] / fps
    return times_s


def least_visible(crossings: Sequence[Crossing], boxes: MotRows, *, times_s: FloatArray) -> dict[Crossing, float]:
    """How much of each object could be seen while it crossed.

    Args:
        crossings: True crossings.
        boxes: True boxes, with the share that is visible.
        times_s: Shape (N,): when each of them was, scene time.

    Returns:
        The smallest share within ``AROUND_S`` of each crossing; empty where the boxes say nothing about it.
    """
    if (boxes.visible == 1).all():
        return {}
    shares = {}
    for crossing in crossings:
        near = (boxes.ids == crossing.who) & (np.abs(times_s - crossing.time_s) <= AROUND_S)
        if near.any():
            shares[crossing] = float(boxes.visible[near].min())
    return shares
