"""One window of one camera that is still open: what is added up in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cityedge.messages import SeeState
from edge.summarise.seen import BLIND, Seen
from edge.types import HeatCell, LineCrossing, SpeedReading, Trip, ZoneEvent, ZoneSample

_LEAST_OBSERVED_S: Final = 0.001


@dataclass
class Glance:
    """One frame as windows see it; kept for a while, as how well it was seen may turn out later.

    Attributes:
        at_s: When it was captured, Unix time.
        dt_s: For how long, up to it, frames came.
        see: How well the camera saw.
        zones: What was in each zone.
        heat: Where feet stood in that time.
    """

    at_s: float
    dt_s: float
    see: SeeState
    zones: Mapping[str, ZoneSample]
    heat: Sequence[HeatCell]


@dataclass
class Visits:
    """One class in one zone, over a window.

    Attributes:
        occupancy_s: Sum of how many were present times for how long.
        peak: The most that were present in one frame.
        queue_peak: The most that stood in one frame.
        entries: Confirmed entries.
        dwells_s: Length of every visit that ended.
    """

    occupancy_s: float = 0.0
    peak: int = 0
    queue_peak: int = 0
    entries: int = 0
    dwells_s: list[float] = field(default_factory=list)


@dataclass
class Window:
    """A window that is still open.

    Attributes:
        start_s: Its start, Unix time.
        end_s: Its end, not included.
        seen: For how long of it the camera saw how well.
        frames: How many frames came.
        crossings: ``[in, out]`` by line and label.
        visits: By zone and label.
        trips: How many by origin, destination and label.
        speeds_mps: Every reading, by line and label.
        heat_s: For how long feet stood, by column, row and label.
    """

    start_s: float
    end_s: float
    seen: Seen = field(default_factory=Seen)
    frames: int = 0
    crossings: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    visits: dict[tuple[str, int], Visits] = field(default_factory=dict)
    trips: dict[tuple[str, str, int], int] = field(default_factory=dict)
    speeds_mps: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    heat_s: dict[tuple[int, int, int], float] = field(default_factory=dict)

    @property
    def watched(self) -> bool:
        """Whether anybody looked at the street in it."""
        return self.seen.observed_s > 0

    def take(self, glance: Glance) -> None:
        """Take in the part of a frame's time that lies in the window."""
        self._add(glance, 1)

    def retake(self, glance: Glance, *, see: SeeState) -> None:
        """A frame that was taken in turns out to have been seen otherwise.

        A window to which a visit belongs stays a watched one, or the visit would have no row.

        Args:
            glance: The frame, as it was taken in.
            see: How well it was really seen.
        """
        before = glance.see
        self._add(glance, -1)
        self._add(replace(glance, see=see), 1)
        if not self.watched and any(v.entries or v.dwells_s for v in self.visits.values()):
            self.seen.add(before, _LEAST_OBSERVED_S)

    def _add(self, glance: Glance, sign: int) -> None:
        share_s = min(glance.at_s, self.end_s) - max(glance.at_s - glance.dt_s, self.start_s)
        if share_s <= 0:
            return
        self.seen.add(glance.see, sign * share_s)
        if glance.see not in BLIND:
            self._sample(glance.zones, sign * share_s)
            self._warm(glance.heat, sign * share_s / glance.dt_s)

    def _sample(self, zones: Mapping[str, ZoneSample], seconds: float) -> None:
        for zone, sample in zones.items():
            for label, present in sample.present.items():
                visits = self._visits_of(zone, label)
                visits.occupancy_s += present * seconds
                visits.peak = max(visits.peak, present)
                visits.queue_peak = max(visits.queue_peak, sample.queued.get(label, 0))

    def _warm(self, cells: Sequence[HeatCell], share: float) -> None:
        for cell in cells:
            key = (cell.column, cell.row, cell.label)
            self.heat_s[key] = self.heat_s.get(key, 0.0) + share * cell.present_s

    def cross(self, crossing: LineCrossing) -> None:
        """Add one crossing."""
        counts = self.crossings.setdefault((crossing.line, crossing.label), [0, 0])
        counts[crossing.direction != "in"] += 1

    def visit(self, zone: str, event: ZoneEvent) -> None:
        """Add one entry or exit."""
        visits = self._visits_of(zone, event.label)
        if event.dwell_s is None:
            visits.entries += 1
        else:
            visits.dwells_s.append(event.dwell_s)

    def travel(self, trip: Trip) -> None:
        """Add one trip between zones."""
        key = (trip.origin, trip.destination, trip.label)
        self.trips[key] = self.trips.get(key, 0) + 1

    def clock(self, reading: SpeedReading) -> None:
        """Add one speed."""
        self.speeds_mps.setdefault((reading.line, reading.label), []).append(reading.speed_mps)

    def _visits_of(self, zone: str, label: int) -> Visits:
        return self.visits.setdefault((zone, label), Visits())
