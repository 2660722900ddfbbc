"""One window of one camera: what is added up in it, and the message that it becomes."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cityedge.classes import CLASSES, ObjectClass
from cityedge.clock import from_unix_s
from cityedge.messages import UNNUMBERED_EPOCH, CountMessage, Crossing, ZoneUse

_LEAST_OBSERVED: Final = 0.0001  # a moment is little, but not nothing: it must not be rounded away


@dataclass(frozen=True)
class CameraFacts:
    """What every summary of a camera says about where it comes from.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
        camera: The camera's name.
        classes: What is counted, in the order of the rows.
        lines: Names of the lines.
        zones: Names of the zones.
        model: Model id and version.
        config_rev: Revision of the configuration.
    """

    site: str
    gateway: str
    camera: str
    classes: Sequence[ObjectClass]
    lines: Sequence[str]
    zones: Sequence[str]
    model: str
    config_rev: str


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
        observed_s: For how long of it the camera was seen.
        frames: How many frames were looked at.
        crossings: ``[in, out]`` by line and label.
        visits: By zone and label.
    """

    start_s: float
    end_s: float
    observed_s: float = 0.0
    frames: int = 0
    crossings: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    visits: dict[tuple[str, int], Visits] = field(default_factory=dict)

    def cross(self, line: str, label: int, *, direction: str) -> None:
        """Add one crossing."""
        self.crossings.setdefault((line, label), [0, 0])[direction != "in"] += 1

    def visits_of(self, zone: str, label: int) -> Visits:
        """The sums of one class in one zone."""
        return self.visits.setdefault((zone, label), Visits())

    def message(self, facts: CameraFacts, *, late: bool) -> CountMessage:
        """What the window has come to.

        Args:
            facts: Where it comes from.
            late: It was closed long after its end.

        Returns:
            The summary, not yet numbered; without crossings and zones where nothing was watched.
        """
        watched = self.observed_s > 0
        span_s = self.end_s - self.start_s
        return CountMessage(
            site=facts.site,
            gateway=facts.gateway,
            epoch=UNNUMBERED_EPOCH,
            seq=1,
            camera=facts.camera,
            start=from_unix_s(self.start_s),
            end=from_unix_s(self.end_s),
            observed=max(round(min(1.0, self.observed_s / span_s), 4), _LEAST_OBSERVED) if watched else 0.0,
            frames=self.frames,
            rate_fps=round(self.frames / self.observed_s, 3) if watched else 0.0,
            see="ok" if watched else "offline",
            model=facts.model,
            config_rev=facts.config_rev,
            late=late,
            crossings=self._crossings(facts) if watched else (),
            zones=self._zones(facts) if watched else (),
        )

    def _crossings(self, facts: CameraFacts) -> tuple[Crossing, ...]:
        rows = []
        for line in facts.lines:
            for name in facts.classes:
                inward, outward = self.crossings.get((line, CLASSES.index(name)), (0, 0))
                rows.append(Crossing(line=line, class_=name, in_=inward, out=outward))
        return tuple(rows)

    def _zones(self, facts: CameraFacts) -> tuple[ZoneUse, ...]:
        nobody = Visits()
        return tuple(
            self._zone_use(zone, name, self.visits.get((zone, CLASSES.index(name)), nobody))
            for zone in facts.zones
            for name in facts.classes
        )

    def _zone_use(self, zone: str, name: ObjectClass, visits: Visits) -> ZoneUse:
        dwells = sorted(visits.dwells_s)
        return ZoneUse(
            zone=zone,
            class_=name,
            occupancy_mean=round(visits.occupancy_s / self.observed_s, 4),
            occupancy_peak=visits.peak,
            entries=visits.entries,
            exits=len(dwells),
            dwell_p50_s=_rounded(statistics.median(dwells)) if dwells else None,
            dwell_p90_s=_rounded(_percentile(dwells, 0.9)) if dwells else None,
            dwell_max_s=_rounded(dwells[-1]) if dwells else None,
            queue_peak=visits.queue_peak,
        )


def _percentile(ordered: Sequence[float], share: float) -> float:
    """By linear interpolation between the two nearest ranks."""
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def _rounded(seconds: float) -> float:
    return round(seconds, 2)
