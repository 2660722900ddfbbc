"""Writes the truth down: as JSON, as a table for people, and as MOTChallenge rows for tracking scores.

The JSON::

    {"seed": 1, "fps": 10.0, "duration_s": 600.0, "width_px": 768, "height_px": 576, "hour": "day",
     "lines": {"mid": {"car": {"in": 12, "out": 9}, …}, …},
     "zones": {"pavement": {"person": {"occupancy_mean": 0.7, "occupancy_peak": 3, "entries": 9, "exits": 9}, …}},
     "crossings": [{"time_s": 7.31, "line": "mid", "class": "car", "direction": "in", "object": 4}, …],
     "objects": [{"object": 4, "class": "car", "start_s": 5.2, "end_s": 9.9, "speed_mps": 7.4}, …]}

Every configured line and zone has all classes, zeros included. A street that is served live also says
``started_utc`` and gives each crossing its ``time_utc``; its ``duration_s`` is how long it has run so far.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from cityedge.classes import CLASSES
from simulators.street.actors import Extent
from simulators.street.crossings import Crossing
from simulators.street.render import Appearance
from simulators.street.street import Street


def truth_report(street: Street, end_s: float, *, started: datetime | None = None) -> dict[str, Any]:
    """The truth of a street so far.

    Args:
        street: Whose truth; it must have come as far as ``end_s``.
        end_s: How far, scene time; above 0.
        started: When scene time was 0, UTC, where it runs with the clock.

    Returns:
        What the module's docstring shows, ready for JSON.
    """
    setting, truth = street.setting, street.truth
    report: dict[str, Any] = {
        "seed": setting.seed,
        "fps": setting.fps,
        "duration_s": round(end_s, 3),
        "width_px": setting.camera.width_px,
        "height_px": setting.camera.height_px,
        "hour": setting.hour,
        "lines": truth.line_counts(0.0, end_s),
        "zones": {
            zone: {kind: asdict(use) for kind, use in uses.items()}
            for zone, uses in truth.zone_use(0.0, end_s).items()
        },
        "crossings": [_crossing(c, started) for c in truth.crossings(0.0, end_s)],
        "objects": truth.objects(end_s),
    }
    if started:
        report["started_utc"] = started.isoformat()
    return report


def _crossing(crossing: Crossing, started: datetime | None) -> dict[str, Any]:
    row = {
        "time_s": round(crossing.time_s, 4),
        "line": crossing.line,
        "class": crossing.kind,
        "direction": crossing.direction,
        "object": crossing.number,
    }
    if started:
        row["time_utc"] = (started + timedelta(seconds=crossing.time_s)).isoformat()
    return row


def truth_table(report: dict[str, Any]) -> str:
    """The truth for people to read.

    Args:
        report: From :func:`truth_report`.

    Returns:
        Lines of text: who crossed each line, who used each zone. Classes that did neither are left out.
    """
    rows = [f"{report['duration_s']:g} s of street, seed {report['seed']}, {len(report['objects'])} objects"]
    for name, counts in report["lines"].items():
        seen = [f"{kind} {c['in']} in {c['out']} out" for kind, c in counts.items() if c["in"] or c["out"]]
        rows.append(f"line {name}: {', '.join(seen) or 'nobody'}")
    for name, uses in report["zones"].items():
        seen = [
            f"{kind} {u['occupancy_mean']:.2f} on average, {u['entries']} came"
            for kind, u in uses.items()
            if u["entries"]
        ]
        rows.append(f"zone {name}: {', '.join(seen) or 'nobody'}")
    return "\n".join(rows)


def mot_rows(seen: Sequence[Appearance], frame: int, size_px: tuple[int, int]) -> list[str]:
    """One frame's boxes as MOTChallenge ground truth.

    Args:
        seen: Who is there, far to near.
        frame: Number of the frame, from 1.
        size_px: Width and height of the picture.

    Returns:
        Rows ``frame,id,left,top,width,height,1,class,visibility``; boxes clipped to the picture, the class counted
        from 1 in the order of ``cityedge.classes.CLASSES``.
    """
    rows = []
    for index, one in enumerate(seen):
        whole, box = one.box_px, _clip(one.box_px, size_px)
        if box.right - box.left < 1 or box.bottom - box.top < 1:
            continue
        hidden = max((_shared(box, nearer.box_px) for nearer in seen[index + 1 :]), default=0.0)
        visible = (_area(box) - hidden) / _area(whole)
        edges = f"{box.left:g},{box.top:g},{box.right - box.left:g},{box.bottom - box.top:g}"
        rows.append(f"{frame},{one.actor.number},{edges},1,{CLASSES.index(one.actor.kind) + 1},{visible:.3f}")
    return rows


def _clip(box: Extent, size_px: tuple[int, int]) -> Extent:
    width, height = size_px
    return Extent(max(0, box.left), max(0, box.top), min(width, box.right), min(height, box.bottom))


def _shared(one: Extent, other: Extent) -> float:
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    return max(0.0, width) * max(0.0, height)


def _area(box: Extent) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
