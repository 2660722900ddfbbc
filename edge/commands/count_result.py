"""The answer of ``cityedge edge count``: as plain data for programs, as a table for people."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

from edge.recording import Counted
from edge.types import AlarmChange

Result: TypeAlias = Mapping[str, object]
_ByClass: TypeAlias = Mapping[str, Mapping[str, float]]


def result_of(counted: Counted, wall_s: float, *, stages: bool) -> Result:
    """What was counted, as plain data.

    Args:
        counted: What the recording came to.
        wall_s: How long counting took.
        stages: Whether to say where the time went.

    Returns:
        ``lines``, ``zones``, ``flows``, ``speeds``, ``see``, ``heat`` (where configured), ``alarms``, and how much
        was looked at.
    """
    result: dict[str, object] = {
        **counted.totals.as_json(),
        "alarms": [_alarm_row(change) for change in sorted(counted.alarms, key=lambda change: change.time_s)],
        "frames": counted.frames,
        "scene_s": round(counted.scene_s, 3),
        "wall_s": round(wall_s, 3),
        "inferences": counted.frames,
    }
    if stages:
        per_frame = 1e3 / max(1, counted.frames)
        result["stages_ms"] = {k: round(v * per_frame, 3) for k, v in vars(counted.stages).items()}
    return result


def table_of(result: Result) -> str:
    """The same for people; classes that were not seen are left out."""
    rows = [f"{result['frames']} frames, {result['scene_s']} s of the scene, in {result['wall_s']} s"]
    for title, classes in _sections(result):
        seen = {name: figures for name, figures in classes.items() if any(figures.values())}
        rows += [f"\n{title}", *(f"  {name:<11}{_figures(figures)}" for name, figures in seen.items())]
    alarms = cast("list[Mapping[str, object]]", result["alarms"])
    if alarms:
        rows.append("\nalarms")
        rows += [
            f"  {alarm['time_s']:>8} s  {alarm['state']:<9}{alarm['rule']}: {alarm['text']}" for alarm in alarms
        ]
    rows.append(f"\nseconds by how well the camera saw: {_figures(cast('Mapping[str, float]', result['see']))}")
    if "stages_ms" in result:
        rows.append(f"\nms per frame: {_figures(cast('Mapping[str, float]', result['stages_ms']))}")
    return "\n".join(rows)


def _sections(result: Result) -> Iterator[tuple[str, _ByClass]]:
    for kind in ("lines", "speeds", "zones"):
        for name, classes in cast("Mapping[str, _ByClass]", result[kind]).items():
            yield f"{'speed at' if kind == 'speeds' else kind[:-1]} {name}", classes
    for origin, ends in cast("Mapping[str, Mapping[str, Mapping[str, float]]]", result["flows"]).items():
        for destination, counts in ends.items():
            yield f"from {origin} to {destination}", {name: {"trips": count} for name, count in counts.items()}


def _alarm_row(change: AlarmChange) -> dict[str, object]:
    return {
        "time_s": round(change.time_s, 3),
        "rule": change.rule,
        "place": change.place,
        "severity": change.severity,
        "state": change.state,
        "value": round(change.value, 3),
        "text": change.text,
    }


def _figures(figures: Mapping[str, float]) -> str:
    return "   ".join(f"{name} {value:g}" for name, value in figures.items())
