"""The truth of a street: what a perfect counter would have counted, over any stretch of time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cityedge.classes import CLASSES, ObjectClass
from simulators.street.actors import Actor
from simulators.street.camera import Camera
from simulators.street.crossings import Crossing, Stay, crossings, stays
from simulators.street.places import Line, Zone
from simulators.street.visits import visits

STOP_S: Final = 1.0
"""Who stands still for less has not stopped."""


@dataclass(frozen=True)
class ZoneUse:
    """How one class used one zone over a stretch of time.

    Attributes:
        occupancy_mean: How many were in it, averaged over time.
        occupancy_peak: The most that were in it at one moment.
        entries: How many came in, over its border or the picture's edge.
        exits: How many left it.
    """

    occupancy_mean: float
    occupancy_peak: int
    entries: int
    exits: int


class Truth:
    """Collects what actors do to lines and zones, as soon as their paths are known.

    Args:
        camera: In whose picture lines and zones are drawn.
        lines: Where crossings are counted.
        zones: Where stays are counted.
    """

    def __init__(self, camera: Camera, *, lines: Sequence[Line], zones: Sequence[Zone]) -> None:
        self._camera = camera
        self._lines = tuple(lines)
        self._zones = tuple(zones)
        self._crossings: list[Crossing] = []
        self._stays: list[Stay] = []
        self._actors: list[Actor] = []

    def add(self, actor: Actor) -> None:
        """Take an actor into account, whole path at once.

        Args:
            actor: Who.
        """
        self._actors.append(actor)
        for line in self._lines:
            self._crossings.extend(crossings(actor, line, self._camera))
        for zone in self._zones:
            self._stays.extend(stays(actor, zone, self._camera))

    def crossings(self, start_s: float, end_s: float) -> list[Crossing]:
        """Every crossing of a stretch of time.

        Args:
            start_s: From, scene time, included.
            end_s: To, excluded.

        Returns:
            The crossings, in order of time.
        """
        chosen = [c for c in self._crossings if start_s <= c.time_s < end_s]
        return sorted(chosen, key=lambda c: (c.time_s, c.line, c.number))

    def line_counts(self, start_s: float, end_s: float) -> dict[str, dict[ObjectClass, dict[str, int]]]:
        """How many of each class crossed each line each way; zeros are there too.

        Args:
            start_s: From, scene time, included.
            end_s: To, excluded.

        Returns:
            Line, class, ``in`` or ``out``: how many.
        """
        counts = {line.name: {kind: {"in": 0, "out": 0} for kind in CLASSES} for line in self._lines}
        for crossing in self.crossings(start_s, end_s):
            counts[crossing.line][crossing.kind][crossing.direction] += 1
        return counts

    def zone_use(self, start_s: float, end_s: float) -> dict[str, dict[ObjectClass, ZoneUse]]:
        """How each class used each zone; zeros are there too.

        Args:
            start_s: From, scene time.
            end_s: To; later than ``start_s``.

        Returns:
            Zone, class: its use.
        """
        return {
            zone.name: {
                kind: _use([s for s in self._stays if (s.zone, s.kind) == (zone.name, kind)], start_s, end_s)
                for kind in CLASSES
            }
            for zone in self._zones
        }

    def visits(self, end_s: float) -> list[Stay]:
        """Every visit of a zone that had begun before a time.

        Args:
            end_s: Scene time.

        Returns:
            The visits, in order of time; the last ones may end later.
        """
        return [visit for visit in visits(self._stays) if visit.start_s < end_s]

    def actors(self, end_s: float) -> list[Actor]:
        """Everybody who came before a time.

        Args:
            end_s: Scene time.

        Returns:
            The actors, in the order in which they came.
        """
        return [actor for actor in self._actors if actor.path.start_s < end_s]

    def stops(self, end_s: float) -> list[Mapping[str, Any]]:
        """Whenever somebody stood still before a time, for :data:`STOP_S` or longer.

        Args:
            end_s: Scene time.

        Returns:
            For each the object's number and class, when it stood, and where in the picture.
        """
        stood = [
            (leg.start_s, min(leg.end_s, end_s), self._camera.project(leg.start), actor)
            for actor in self.actors(end_s)
            for leg in actor.path.legs
            if leg.stands and leg.start_s < end_s and min(leg.end_s, end_s) - leg.start_s >= STOP_S
        ]
        return [
            {
                "object": actor.number,
                "class": actor.kind,
                "start_s": round(start_s, 3),
                "end_s": round(stop_s, 3),
                "x": round(at.x, 4),
                "y": round(at.y, 4),
            }
            for start_s, stop_s, at, actor in sorted(stood, key=lambda row: (row[0], row[3].number))
        ]

    def objects(self, end_s: float) -> list[dict[str, Any]]:
        """Everybody who came before a time, as plain data.

        Args:
            end_s: Scene time.

        Returns:
            For each its number, class, speed, and when its path begins and ends.
        """
        return [
            {
                "object": actor.number,
                "class": actor.kind,
                "start_s": round(actor.path.start_s, 3),
                "end_s": round(actor.path.end_s, 3) if actor.passes else None,
                "speed_mps": round(actor.path.speed_mps, 3),
            }
            for actor in self.actors(end_s)
        ]


def _use(chosen: Sequence[Stay], start_s: float, end_s: float) -> ZoneUse:
    spans = [(max(s.start_s, start_s), min(s.end_s, end_s)) for s in chosen]
    spans = [(a, b) for a, b in spans if b > a]
    return ZoneUse(
        occupancy_mean=sum(b - a for a, b in spans) / (end_s - start_s),
        occupancy_peak=_peak(spans),
        entries=sum(start_s <= s.start_s < end_s for s in chosen),
        exits=sum(start_s <= s.end_s < end_s for s in chosen),
    )


def _peak(spans: Sequence[tuple[float, float]]) -> int:
    """The most spans that overlap; one that ends as another begins does not overlap it."""
    steps = sorted([(b, -1) for _, b in spans] + [(a, 1) for a, _ in spans])
    now = peak = 0
    for _, step in steps:
        now += step
        peak = max(peak, now)
    return peak
