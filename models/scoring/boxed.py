"""What true boxes say about lines and zones: who crossed, when, and how many were there. Pure.

An object stands where the middle of its box's lower edge is. Boxes are drawn by people (or drawn at some frames
and interpolated), so that a foot point trembles: a crossing is believed once the foot point has come clear of the
line by ``CLEAR`` of the box's height on the other side, or was last seen there; its moment is when it last passed
the line itself. Somebody who turns round on the line has not crossed it. An object that nobody drew for longer
than ``GONE_S`` is not joined over that time: where it went in between is not known. Rows that do not count for
tracking (half hidden, say) cross lines all the same: somebody was there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from cityedge.classes import CLASSES
from models.scoring.boxes import MotRows
from models.scoring.occupancy import ZoneUse
from models.scoring.places import Place, Point, distance_px, passed, stands_in
from models.scoring.types import Crossing

GONE_S: Final = 5.0
CLEAR: Final = 0.05
"""Far less than the gateway's own band: that is for detections, this for what people drew."""
_EDGE_PX: Final = 0.5


def crossings(boxes: MotRows, lines: Sequence[Place], *, fps: float, size_px: tuple[int, int]) -> list[Crossing]:
    """Who crossed which line.

    Args:
        boxes: True boxes.
        lines: The lines.
        fps: Frames a second: frame 1 is at time 0.
        size_px: Width and height of the picture.

    Returns:
        The crossings, in order of time.
    """
    boxes = _clipped(boxes, size_px)
    found: list[Crossing] = []
    for who in np.unique(boxes.ids):
        mine = boxes.where(boxes.ids == who)
        name = CLASSES[int(mine.labels[0])]
        for line in lines:
            points = line.in_pixels(size_px)
            for way, time_s in _passages(mine, points, fps=fps):
                found.append(Crossing(time_s, line.name, name, "in" if way > 0 else "out", int(who)))
    return sorted(found)


def _clipped(boxes: MotRows, size_px: tuple[int, int]) -> MotRows:
    """What of the boxes is in the picture: who is cut off by its edge stands just within it."""
    most = np.array([*size_px, *size_px]) - _EDGE_PX
    return replace(boxes, boxes_px=np.clip(boxes.boxes_px, _EDGE_PX, most))


def _passages(mine: MotRows, line: Sequence[Point], *, fps: float) -> Iterator[tuple[int, float]]:
    """One object's crossings: which way (+1 is in), and when in scene time."""
    feet = [(float(x), float(y)) for x, y in mine.feet_px]
    times_s = ((mine.frames - 1) / fps).tolist()
    clear_px = (CLEAR * (mine.boxes_px[:, 3] - mine.boxes_px[:, 1])).tolist()
    pending, passed_s = 0, 0.0
    for (before_s, before), (now_s, now, clear) in zip(
        zip(times_s, feet, strict=True), zip(times_s[1:], feet[1:], clear_px[1:], strict=True), strict=False
    ):
        step = passed(before, now, line) if now_s - before_s <= GONE_S else None
        if step:
            pending += step[0]
            passed_s = before_s + step[1] * (now_s - before_s)
        if pending and (distance_px(now, line) > clear or now_s - before_s > GONE_S):
            yield pending, passed_s
            pending = 0
    if pending:
        yield pending, passed_s


def occupancy(
    boxes: MotRows, zones: Sequence[Place], *, size_px: tuple[int, int], frames: int
) -> dict[str, dict[str, ZoneUse]]:
    """How many were in each zone.

    Args:
        boxes: True boxes; those that do not count are in no zone.
        zones: The zones.
        size_px: Width and height of the picture.
        frames: How many frames there are.

    Returns:
        By zone and class, for the classes that were drawn.
    """
    boxes = _clipped(boxes.where(boxes.counts), size_px)
    names = [CLASSES[label] for label in sorted({int(label) for label in boxes.labels})]
    uses: dict[str, dict[str, ZoneUse]] = {}
    for zone in zones:
        corners = zone.in_pixels(size_px)
        within = np.array([stands_in((float(x), float(y)), corners) for x, y in boxes.feet_px], np.bool_)
        inside = boxes.where(within)
        uses[zone.name] = {}
        for name in names:
            chosen = inside.frames[inside.labels == CLASSES.index(name)]
            peak = int(np.unique(chosen, return_counts=True)[1].max(initial=0))
            uses[zone.name][name] = ZoneUse(len(chosen) / max(1, frames), peak)
    return uses
