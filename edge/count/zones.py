"""Who is in a zone, who came and went, and how long they stayed.

An entry is confirmed after a while inside, and an exit after a while outside, so that somebody who walks along
the edge is not counted again and again. Occupancy is what is seen at the moment, unconfirmed: an average over
a window is not helped by late news.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from edge.count.anchor import Anchor
from edge.count.geometry import Point, inside
from edge.types import TrackedObject, ZoneEvent, ZoneSample

QUEUE_AFTER_S: Final = 3.0
"""Who has stood for as long is in the queue."""


@dataclass
class _Visit:
    """One object at the zone.

    Attributes:
        label: Its class by vote.
        since_s: Since when it is inside.
        seen_s: When it was last inside.
        anchor: Where it stands in the zone.
        inside_s: For how long it was inside, from frame to frame; what it spent outside between is left out.
        stood_s: For how long it has stood.
        entered: The entry is confirmed.
    """

    label: int
    since_s: float
    seen_s: float
    anchor: Anchor
    inside_s: float = 0.0
    stood_s: float = 0.0
    entered: bool = False


class ZoneCounter:
    """One zone of one camera.

    Args:
        name: The zone's name.
        corners_px: Three or more corners in pixels of the source frame.
        entry_confirm_s: How long somebody must be inside to have entered.
        exit_grace_s: How long somebody may be outside, or unseen, without having left.
    """

    def __init__(
        self, name: str, corners_px: Sequence[Point], *, entry_confirm_s: float, exit_grace_s: float
    ) -> None:
        self.name = name
        self._corners = tuple(corners_px)
        self._entry_confirm_s = entry_confirm_s
        self._exit_grace_s = exit_grace_s
        self._visits: dict[int, _Visit] = {}
        self._before_s = -math.inf

    def update(self, objects: Iterable[TrackedObject], time_s: float) -> tuple[ZoneSample, list[ZoneEvent]]:
        """Take in one frame.

        Args:
            objects: Everything tracked in it, briefly unobserved objects included; riders do not count.
            time_s: When it was seen, in scene time.

        Returns:
            What is in the zone, and who came and went.
        """
        present: dict[int, int] = {}
        queued: dict[int, int] = {}
        events: list[ZoneEvent] = []
        for item in objects:
            if item.rider or not inside(item.foot_px, self._corners):
                continue
            visit = self._visit(item, time_s)
            if not item.settled:
                continue  # it may be a post: its visit begins now, if it turns out to be none
            present[item.label] = present.get(item.label, 0) + 1
            events += self._confirm(item.track_id, visit)
            if visit.stood_s >= QUEUE_AFTER_S:
                queued[item.label] = queued.get(item.label, 0) + 1
        self._before_s = time_s
        events += self._leave(time_s)
        return ZoneSample(present, queued), events

    def finish(self) -> list[ZoneEvent]:
        """End all visits, because the camera stops or was away.

        Returns:
            The exits, each at the last moment that was seen of it.
        """
        return self._leave(math.inf)

    def _visit(self, item: TrackedObject, time_s: float) -> _Visit:
        visit = self._visits.get(item.track_id)
        if visit is None:
            visit = self._visits[item.track_id] = _Visit(item.label, time_s, time_s, Anchor(item, time_s))
        if visit.seen_s == self._before_s:
            visit.inside_s += time_s - visit.seen_s
        visit.label, visit.seen_s = item.label, time_s
        visit.stood_s = visit.anchor.stood_s(item, time_s)
        return visit

    def _confirm(self, track_id: int, visit: _Visit) -> list[ZoneEvent]:
        if visit.entered or visit.inside_s < self._entry_confirm_s:
            return []
        visit.entered = True
        return [ZoneEvent(track_id, visit.label, visit.since_s)]

    def _leave(self, time_s: float) -> list[ZoneEvent]:
        gone = [key for key, visit in self._visits.items() if time_s - visit.seen_s > self._exit_grace_s]
        visits = [(key, self._visits.pop(key)) for key in gone]
        return [ZoneEvent(key, v.label, v.seen_s, v.seen_s - v.since_s) for key, v in visits if v.entered]
