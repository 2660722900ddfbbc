"""Writes the truth down: as JSON, as a table for people, and as MOTChallenge rows for tracking scores.

The JSON::

    {"version": 2, "scenario": "plain", "seed": 1, "fps": 10.0, "duration_s": 600.0, "width_px": 768,
     "height_px": 576, "hour": "day",
     "conditions": {"light": "day", …, "faults": [{"kind": "dark", "from_s": 60, "to_s": 90, …}]},
     "lost_s": [12.3, …],
     "calibration": {"picture": [[0.2, 0.5], …], "ground_m": [[-4.1, 42.4], …]},
     "lines": {"mid": {"car": {"in": 12, "out": 9}, …}, …},
     "windows": [{"start_s": 0, "end_s": 60, "lines": {"mid": {"car": {"in": 2, "out": 1}, …}, …}}, …],
     "zones": {"pavement": {"person": {"occupancy_mean": 0.7, "occupancy_peak": 3, "entries": 9, "exits": 9,
                                       "dwell_p50_s": 9.1, "dwell_p90_s": 10.2, "dwell_max_s": 10.4}, …}},
     "crossings": [{"time_s": 7.31, "line": "mid", "class": "car", "direction": "in", "object": 4,
                    "speed_mps": 7.4}, …],
     "visits": [{"zone": "pavement", "class": "person", "object": 5, "start_s": 3.0, "end_s": 12.1}, …],
     "trips": [{"from": "gate", "to": "far side", "class": "person", "object": 5, "left_s": 12.1,
                "entered_s": 20.4}, …],
     "stops": [{"object": 4, "class": "car", "start_s": 7.0, "end_s": 12.0, "x": 0.5, "y": 0.52}, …],
     "wrong_way": [{"object": 9, "class": "motorcycle", "lane": "far-road", "start_s": 5.2, "end_s": 9.9}, …],
     "objects": [{"object": 4, "class": "car", "start_s": 5.2, "end_s": 9.9, "speed_mps": 7.4,
                  "visible": 0.97}, …]}

Every configured line and zone has all classes, zeros included; dwell times are left out where nobody visited.
Times are scene time. ``lost_s`` has the frames that never arrived. ``windows`` are minutes, the last as long as is
left. ``occupancy``, ``entries`` and ``exits`` are of foot points over the border; ``visits`` are those stays that
an observer would note (:mod:`simulators.street.visits`). ``speed_mps`` of an object is its speed where it neither
stands nor brakes; ``end_s`` is null for what is parked for ever.

A street that is served live also says ``started_utc`` and gives each crossing its ``time_utc``; its ``duration_s``
is how long it has run so far, and ``visible`` and ``lost_s`` are left out. Readers ignore what they do not know.
"""

import math
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from cityedge.classes import CLASSES, ObjectClass
from simulators.street.actors import Extent
from simulators.street.appearance import Appearance
from simulators.street.crossings import Crossing
from simulators.street.street import Setting, Street
from simulators.street.visibility import visible_shares
from simulators.street.visits import dwell, trips

VERSION: Final = 2
"""Of the JSON. Fields are added without a new version."""
WINDOW_S: Final = 60
"""Length of the windows."""


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
    crossed = truth.crossings(0.0, end_s)
    report: dict[str, Any] = {
        "version": VERSION,
        "scenario": setting.scenario,
        "seed": setting.seed,
        "fps": setting.fps,
        "duration_s": round(end_s, 3),
        "width_px": setting.camera.width_px,
        "height_px": setting.camera.height_px,
        "hour": setting.conditions.light,
        "conditions": msgspec.to_builtins(setting.conditions),
        "calibration": _calibration(setting),
        "lines": truth.line_counts(0.0, end_s),
        "windows": _windows(street, end_s),
        "zones": _zones(street, end_s),
        "crossings": [_crossing(crossing, started) for crossing in crossed],
        **_events(street, end_s),
        "objects": truth.objects(end_s),
    }
    if started:
        report["started_utc"] = started.isoformat()
    else:
        _add_looks(report, street, end_s)
    return report


def _calibration(setting: Setting) -> dict[str, Any]:
    """The points as the gateway's settings want them; the camera is known, so they are exact."""
    on_ground = [setting.camera.ground(point) for point in setting.calibration]
    return {
        "picture": [[point.x, point.y] for point in setting.calibration],
        "ground_m": [[round(spot.x_m, 4), round(spot.depth_m, 4)] for spot in on_ground],
    }


def _windows(street: Street, end_s: float) -> list[dict[str, Any]]:
    count = math.ceil(end_s / WINDOW_S)
    spans = [(index * WINDOW_S, min((index + 1) * WINDOW_S, end_s)) for index in range(count)]
    return [
        {"start_s": round(a, 3), "end_s": round(b, 3), "lines": street.truth.line_counts(a, b)} for a, b in spans
    ]


def _zones(street: Street, end_s: float) -> dict[str, Any]:
    visited = [visit for visit in street.truth.visits(end_s) if visit.end_s < end_s]
    return {
        zone: {
            kind: {**asdict(use), **dwell([v for v in visited if (v.zone, v.kind) == (zone, kind)])}
            for kind, use in uses.items()
        }
        for zone, uses in street.truth.zone_use(0.0, end_s).items()
    }


def _events(street: Street, end_s: float) -> dict[str, Any]:
    """What happened beside crossings: visits, trips, stops, wrong ways."""
    visited = street.truth.visits(end_s)
    return {
        "visits": [
            {"zone": v.zone, **_who(v.number, v.kind), "start_s": round(v.start_s, 3), "end_s": round(v.end_s, 3)}
            for v in visited
        ],
        "trips": [
            {
                "from": t.start,
                "to": t.end,
                **_who(t.number, t.kind),
                "left_s": round(t.left_s, 3),
                "entered_s": round(t.entered_s, 3),
            }
            for t in trips(visited)
            if t.entered_s < end_s
        ],
        "stops": street.truth.stops(end_s),
        "wrong_way": [
            {
                **_who(actor.number, actor.kind),
                "lane": actor.against,
                "start_s": round(actor.path.start_s, 3),
                "end_s": round(actor.path.end_s, 3),
            }
            for actor in street.truth.actors(end_s)
            if actor.against
        ],
    }


def _who(number: int, kind: ObjectClass) -> dict[str, Any]:
    return {"class": kind, "object": number}


def _add_looks(report: dict[str, Any], street: Street, end_s: float) -> None:
    """How much of everybody was to be seen, and which frames never came: too much to ask of a street that runs."""
    frames = int(end_s * street.setting.fps)
    report["lost_s"] = [round(street.time_s(index), 4) for index in range(frames) if not street.arrives(index)]
    shares = visible_shares(street.truth.actors(end_s), street.setting.camera, end_s)
    for one in report["objects"]:
        one["visible"] = round(shares.get(one["object"], 0.0), 3)


def _crossing(crossing: Crossing, started: datetime | None) -> dict[str, Any]:
    row = {
        "time_s": round(crossing.time_s, 4),
        "line": crossing.line,
        "class": crossing.kind,
        "direction": crossing.direction,
        "object": crossing.number,
        "speed_mps": round(crossing.speed_mps, 3),
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
