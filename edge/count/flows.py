"""Trips between zones: where somebody came from and where they went to, each counted once.

A trip leads from the first zone that somebody has entered to the last one, whatever lies between, and is told
when they have been gone for a while: whoever is found again behind a bus has made one trip, not two. Who has
visited one zone alone, or came back in the end to the zone that they began in, has made none.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from edge.types import Trip, ZoneEvent

GONE_AFTER_S: Final = 10.0
"""Who has not been tracked for longer is gone."""


@dataclass
class _Journey:
    """One object on its way.

    Attributes:
        origin: The first zone that it entered.
        began_s: When it did.
        destination: The last one so far.
        label: Its class by vote when it entered that.
        time_s: When it did.
        seen_s: When it was last tracked.
    """

    origin: str
    began_s: float
    destination: str
    label: int
    time_s: float
    seen_s: float

    def trip(self) -> list[Trip]:
        """What it has come to; none where it ended where it began."""
        if self.origin == self.destination:
            return []
        return [Trip(self.origin, self.destination, self.label, self.time_s)]


class FlowCounter:
    """The trips within one camera's picture.

    Args:
        zones: The zones between which trips are counted; entries of others are passed over.
    """

    def __init__(self, zones: Sequence[str]) -> None:
        self._zones = frozenset(zones)
        self._journeys: dict[int, _Journey] = {}

    def update(
        self, entries: Sequence[tuple[str, ZoneEvent]], present_ids: Collection[int], time_s: float
    ) -> list[Trip]:
        """Take in one frame.

        Args:
            entries: Confirmed entries, each with the zone's name; exits among them are passed over.
            present_ids: Everybody who is tracked in the frame, in a zone or not, observed or not.
            time_s: When it was seen, in scene time.

        Returns:
            The trips of those who are gone for good.
        """
        for zone, event in entries:
            if zone in self._zones and event.dwell_s is None:
                self._enter(zone, event, time_s)
        for track_id in self._journeys.keys() & set(present_ids):
            self._journeys[track_id].seen_s = time_s
        gone = [key for key, journey in self._journeys.items() if time_s - journey.seen_s > GONE_AFTER_S]
        return [trip for key in gone for trip in self._journeys.pop(key).trip()]

    def finish(self) -> list[Trip]:
        """End all journeys, because the camera stops or was away.

        Returns:
            Their trips.
        """
        trips = [trip for journey in self._journeys.values() for trip in journey.trip()]
        self._journeys.clear()
        return trips

    def _enter(self, zone: str, event: ZoneEvent, time_s: float) -> None:
        journey = self._journeys.get(event.track_id)
        if journey is None:
            journey = _Journey(zone, event.time_s, zone, event.label, event.time_s, time_s)
            self._journeys[event.track_id] = journey
        # Zones that confirm more slowly tell of an earlier entry later.
        if event.time_s < journey.began_s:
            journey.origin, journey.began_s = zone, event.time_s
        if event.time_s >= journey.time_s:
            journey.destination, journey.label, journey.time_s = zone, event.label, event.time_s
        journey.seen_s = time_s
