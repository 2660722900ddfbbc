"""Intrusion: somebody is in a zone at a time when nobody may be."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from cityedge.classes import CLASSES
from edge.count.geometry import Point, inside
from edge.count.latch import Latch
from edge.count.timetable import Timetable
from edge.settings import IntrusionAlarm
from edge.types import AlarmChange, TrackedObject

CLEAR_AFTER_S: Final = 5.0
"""The alarm is over when nobody has been seen in the zone for as long."""
MEMORY_S: Final = 2.0
"""Who is back in the zone within this has not left it."""


@dataclass
class _Stay:
    """One object in the zone: since when, and when it was last there, in scene time."""

    since_s: float
    seen_s: float


class Intrusion:
    """The rule at one zone.

    A rider is there as the vehicle: who comes on a motorcycle is one intruder, not two, and none where
    motorcycles may be there.

    Args:
        settings: Which zone, who, and when.
        corners_px: The zone's corners in pixels of the source frame.
    """

    def __init__(self, settings: IntrusionAlarm, corners_px: Sequence[Point]) -> None:
        self._settings = settings
        self._corners = tuple(corners_px)
        self._timetable = Timetable(settings.hours, settings.time_zone or "UTC")
        self._stays: dict[int, _Stay] = {}
        self._latch = Latch(after_s=0.0, clear_s=CLEAR_AFTER_S)

    def update(self, objects: Iterable[TrackedObject], time_s: float, unix_s: float) -> list[AlarmChange]:
        """Take in one frame.

        Args:
            objects: Everything tracked in it, briefly unobserved objects included.
            time_s: When it was seen, in scene time; carries how long somebody has been there.
            unix_s: When it was seen, Unix time; tells whether anybody may be there.

        Returns:
            ``raised`` when somebody has been there for ``after_s`` of the hours, once however many follow;
            ``cleared`` when nobody is there any more, or the hours are over. The value is how many there are.
        """
        forbidden = self._timetable.open_at(unix_s)
        there = [item for item in objects if self._concerns(item)] if forbidden else []
        for item in there:
            stay = self._stays.setdefault(item.track_id, _Stay(time_s, time_s))
            stay.seen_s = time_s
        self._stays = {key: stay for key, stay in self._stays.items() if time_s - stay.seen_s <= MEMORY_S}
        # Once it is raised, whoever is there keeps it so: a guard need not hear of each of them.
        intruders = [item for item in there if item.settled and (self._latch.on or self._has_stayed(item, time_s))]
        if not self._latch.update(so=bool(intruders), time_s=time_s):
            return []
        if self._latch.on:
            return [self._raised(intruders, time_s)]
        text = f"nobody is in '{self._settings.zone}' at a forbidden time any more"
        return [self._change("cleared", time_s, number=0, text=text)]

    def finish(self, time_s: float) -> list[AlarmChange]:
        """Clear what is raised, because the camera stops or was away.

        Args:
            time_s: When, in scene time.

        Returns:
            ``cleared``, where somebody was there.
        """
        was_raised = self._latch.on
        self._stays.clear()
        self._latch = Latch(after_s=0.0, clear_s=CLEAR_AFTER_S)
        text = f"'{self._settings.zone}' is not watched any more"
        return [self._change("cleared", time_s, number=0, text=text)] if was_raised else []

    def _concerns(self, item: TrackedObject) -> bool:
        return item.name in self._settings.classes and not item.rider and inside(item.foot_px, self._corners)

    def _has_stayed(self, item: TrackedObject, time_s: float) -> bool:
        return time_s - self._stays[item.track_id].since_s >= self._settings.after_s

    def _raised(self, intruders: Sequence[TrackedObject], time_s: float) -> AlarmChange:
        by_class = Counter(item.label for item in intruders)
        who = ", ".join(f"{number} × {CLASSES[label]}" for label, number in sorted(by_class.items()))
        text = f"in '{self._settings.zone}' at a time when nobody may be: {who}"
        return self._change("raised", time_s, number=len(intruders), text=text)

    def _change(
        self, state: Literal["raised", "cleared"], time_s: float, *, number: int, text: str
    ) -> AlarmChange:
        return AlarmChange(
            rule="intrusion",
            place=self._settings.zone,
            severity=self._settings.severity,
            state=state,
            time_s=time_s,
            value=float(number),
            text=text,
        )
