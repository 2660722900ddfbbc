"""Window summaries of a whole recording, added up into one answer."""

from collections.abc import Mapping
from typing import TypeAlias

from cityedge.messages import CountMessage

ClassCounts: TypeAlias = dict[str, dict[str, float]]


class Totals:
    """Adds up the summaries of one camera.

    Attributes:
        lines: ``lines[line][class]`` has ``in`` and ``out``.
        zones: ``zones[zone][class]`` has ``occupancy_mean`` (over what was observed), ``occupancy_peak``,
            ``entries`` and ``exits``.
        observed_s: For how long the camera was seen.
    """

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, dict[str, int]]] = {}
        self.zones: dict[str, ClassCounts] = {}
        self.observed_s = 0.0

    def add(self, message: CountMessage) -> None:
        """Add one window."""
        for row in message.crossings:
            counts = self.lines.setdefault(row.line, {}).setdefault(row.class_, {"in": 0, "out": 0})
            counts["in"] += row.in_
            counts["out"] += row.out
        window_s = message.observed * (message.end - message.start).total_seconds()
        for use in message.zones:
            figures = self.zones.setdefault(use.zone, {}).setdefault(use.class_, _nothing())
            mean = figures["occupancy_mean"] * self.observed_s + use.occupancy_mean * window_s
            figures["occupancy_mean"] = mean / ((self.observed_s + window_s) or 1.0)
            figures["occupancy_peak"] = max(figures["occupancy_peak"], use.occupancy_peak)
            figures["entries"] += use.entries
            figures["exits"] += use.exits
        self.observed_s += window_s

    def as_json(self) -> Mapping[str, object]:
        """The answer as plain data, means rounded to a thousandth."""
        zones = {
            zone: {
                name: {**figures, "occupancy_mean": round(figures["occupancy_mean"], 3)}
                for name, figures in classes.items()
            }
            for zone, classes in self.zones.items()
        }
        return {"lines": self.lines, "zones": zones}


def _nothing() -> dict[str, float]:
    return {"occupancy_mean": 0.0, "occupancy_peak": 0, "entries": 0, "exits": 0}
