"""What a whole recording came to: its windows added up, and what cannot be added up gathered as it happens."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Final, TypeAlias

from cityedge.classes import CLASSES
from cityedge.messages import CountMessage, Heat, SeeState, ZoneUse
from edge.summarise.seen import Seen
from edge.summarise.spread import dwell_spread, speed_spread
from edge.types import Sight, SpeedReading, ZoneEvent

Figures: TypeAlias = dict[str, float]

_HEAT_DIGITS: Final = 1


@dataclass
class _Use:
    """One class in one zone: :class:`~cityedge.messages.ZoneUse`, over all windows."""

    occupancy_mean: float = 0.0
    occupancy_peak: int = 0
    entries: int = 0
    exits: int = 0
    queue_peak: int = 0
    density_mean_per_m2: float | None = None
    density_peak_per_m2: float | None = None
    dwells_s: list[float] = field(default_factory=list)

    def add(self, use: ZoneUse, *, before_s: float, window_s: float) -> None:
        """Add one window, the means weighted by for how long each was observed."""
        share = window_s / ((before_s + window_s) or 1.0)
        self.occupancy_mean += share * (use.occupancy_mean - self.occupancy_mean)
        self.occupancy_peak = max(self.occupancy_peak, use.occupancy_peak)
        self.entries += use.entries
        self.exits += use.exits
        self.queue_peak = max(self.queue_peak, use.queue_peak)
        if use.density_mean_per_m2 is not None and use.density_peak_per_m2 is not None:
            mean = self.density_mean_per_m2 or 0.0
            self.density_mean_per_m2 = mean + share * (use.density_mean_per_m2 - mean)
            self.density_peak_per_m2 = max(self.density_peak_per_m2 or 0.0, use.density_peak_per_m2)

    def figures(self) -> Figures:
        """Its figures by name; those that nothing is known of are left out."""
        dwell = dwell_spread(self.dwells_s)
        known: dict[str, float | None] = {
            "occupancy_mean": round(self.occupancy_mean, 3),
            "occupancy_peak": self.occupancy_peak,
            "entries": self.entries,
            "exits": self.exits,
            "queue_peak": self.queue_peak,
            "dwell_p50_s": dwell.p50_s,
            "dwell_p90_s": dwell.p90_s,
            "dwell_max_s": dwell.max_s,
            "density_mean_per_m2": _rounded(self.density_mean_per_m2),
            "density_peak_per_m2": _rounded(self.density_peak_per_m2),
        }
        return {name: value for name, value in known.items() if value is not None}


class Totals:
    """Adds up the summaries of one camera.

    Attributes:
        lines: ``lines[line][class]`` has ``in`` and ``out``.
        flows: ``flows[from][to][class]`` is how many went.
        observed_s: For how long the camera was seen.
    """

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, dict[str, int]]] = {}
        self.flows: dict[str, dict[str, dict[str, int]]] = {}
        self.observed_s = 0.0
        self._zones: dict[str, dict[str, _Use]] = {}
        self._speeds: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._heat: Heat | None = None
        self._heat_s: dict[tuple[int, int, str], float] = defaultdict(float)
        self._seen = Seen()
        self._state: SeeState = "ok"

    def add(self, message: CountMessage) -> None:
        """Add one window."""
        for row in message.crossings:
            counts = self.lines.setdefault(row.line, {}).setdefault(row.class_, {"in": 0, "out": 0})
            counts["in"] += row.in_
            counts["out"] += row.out
        for flow in message.flows:
            trips = self.flows.setdefault(flow.from_, {}).setdefault(flow.to, {})
            trips[flow.class_] = trips.get(flow.class_, 0) + flow.count
        window_s = message.observed * (message.end - message.start).total_seconds()
        for use in message.zones:
            self._use(use.zone, use.class_).add(use, before_s=self.observed_s, window_s=window_s)
        self.observed_s += window_s
        self._heat = message.heat or self._heat
        for cell in message.heat.cells if message.heat else ():
            self._heat_s[cell.column, cell.row, cell.class_] += cell.present_s

    def visit(self, zone: str, event: ZoneEvent) -> None:
        """Take in one visit to a zone that ended; entries are passed over."""
        if event.dwell_s is not None:
            self._use(zone, CLASSES[event.label]).dwells_s.append(event.dwell_s)

    def speed(self, reading: SpeedReading) -> None:
        """Take in one speed."""
        self._speeds[reading.line, CLASSES[reading.label]].append(reading.speed_mps)

    def see(self, sight: Sight, *, dt_s: float, time_s: float) -> None:
        """Take in how well the camera saw in one frame.

        Args:
            sight: How well.
            dt_s: For how long, up to it, frames came.
            time_s: When it was seen, in scene time.
        """
        if sight.state != self._state:
            self._seen.relabel(self._state, sight.state, seconds=time_s - dt_s - sight.since_s)
            self._state = sight.state
        self._seen.add(sight.state, dt_s)

    def as_json(self) -> dict[str, object]:
        """The answer as plain data: what was counted, what was measured, how it was seen."""
        zones = {zone: {name: use.figures() for name, use in uses.items()} for zone, uses in self._zones.items()}
        answer: dict[str, object] = {
            "lines": self.lines,
            "zones": zones,
            "flows": self.flows,
            "speeds": self._speed_figures(),
            "see": {state: round(seconds, 2) for state, seconds in self._seen.seconds.items()},
        }
        if self._heat is not None:
            answer["heat"] = self._heat_figures(self._heat)
        return answer

    def _use(self, zone: str, name: str) -> _Use:
        return self._zones.setdefault(zone, {}).setdefault(name, _Use())

    def _speed_figures(self) -> Mapping[str, Mapping[str, Figures]]:
        answer: dict[str, dict[str, Figures]] = {}
        for (line, name), readings in self._speeds.items():
            answer.setdefault(line, {})[name] = asdict(speed_spread(readings))
        return answer

    def _heat_figures(self, heat: Heat) -> Mapping[str, object]:
        cells = [[*key, round(seconds, _HEAT_DIGITS)] for key, seconds in sorted(self._heat_s.items())]
        return {"columns": heat.columns, "rows": heat.rows, "cells": cells}


def _rounded(density: float | None) -> float | None:
    return None if density is None else round(density, 4)
