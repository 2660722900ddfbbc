"""Stopped vehicle: one stands in a zone for too long, be it parked there since before the camera began to look.

A vehicle that is hidden for a moment still stands there, and so does one that the tracker finds again under
another id at the same place. The alarm is over when none has stood there for too long for some seconds.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from edge.count.anchor import Anchor
from edge.count.geometry import Point, inside
from edge.count.latch import Latch
from edge.settings import StoppedVehicleAlarm
from edge.types import AlarmChange, TrackedObject

MEMORY_S: Final = 3.0
"""How long a vehicle that is not seen in the zone any more is taken to stand there, or to be found again."""


@dataclass
class _Vehicle:
    """One vehicle in the zone.

    Attributes:
        item: As it was last seen there.
        seen_s: When that was.
        anchor: Where it stands.
        stood_s: For how long it had stood then.
    """

    item: TrackedObject
    seen_s: float
    anchor: Anchor
    stood_s: float = 0.0


class Stopped:
    """The rule at one zone.

    Args:
        settings: Which zone, which vehicles, and for how long they may stand.
        corners_px: The zone's corners in pixels of the source frame.
    """

    def __init__(self, settings: StoppedVehicleAlarm, corners_px: Sequence[Point]) -> None:
        self._settings = settings
        self._corners = tuple(corners_px)
        self._vehicles: dict[int, _Vehicle] = {}
        self._latch = Latch(after_s=0.0, clear_s=MEMORY_S)
        self._longest_s = 0.0

    def update(self, objects: Iterable[TrackedObject], time_s: float) -> list[AlarmChange]:
        """Take in one frame.

        Args:
            objects: Everything tracked in it, briefly unobserved objects included.
            time_s: When it was seen, in scene time.

        Returns:
            ``raised`` when one vehicle has stood for longer than ``after_s``, once however many there are;
            ``cleared`` when none does any more. The value is for how long the longest has stood, in seconds.
        """
        tracked = list(objects)
        here = [item for item in tracked if self._concerns(item)]
        self._find_again(here, {item.track_id for item in tracked})
        for item in here:
            self._follow(item, time_s)
        self._vehicles = {key: v for key, v in self._vehicles.items() if time_s - v.seen_s <= MEMORY_S}
        standing = [v for v in self._vehicles.values() if v.item.settled and v.seen_s == time_s]
        longest = max(standing, key=lambda vehicle: vehicle.stood_s, default=None)
        too_long = longest is not None and longest.stood_s > self._settings.after_s
        changed = self._latch.update(so=too_long, time_s=time_s)
        if longest is not None and too_long:
            self._longest_s = max(self._longest_s, longest.stood_s)
            return [self._raised(longest, time_s)] if changed else []
        return [self._cleared("no vehicle stands in '{}' too long any more", time_s)] if changed else []

    def finish(self, time_s: float) -> list[AlarmChange]:
        """Clear what is raised, because the camera stops or was away.

        Args:
            time_s: When, in scene time.

        Returns:
            ``cleared``, where a vehicle stood for too long.
        """
        was_raised = self._latch.on
        self._vehicles.clear()
        self._latch = Latch(after_s=0.0, clear_s=MEMORY_S)
        return [self._cleared("'{}' is not watched any more", time_s)] if was_raised else []

    def _concerns(self, item: TrackedObject) -> bool:
        return item.name in self._settings.classes and not item.rider and inside(item.foot_px, self._corners)

    def _find_again(self, here: Iterable[TrackedObject], tracked: Collection[int]) -> None:
        """Let vehicles with new ids take over from those that are not tracked any more where they stood."""
        for item in here:
            if item.track_id in self._vehicles:
                continue
            lost = [key for key, v in self._vehicles.items() if key not in tracked and v.anchor.holds(item)]
            if lost:
                longest = max(lost, key=lambda key: self._vehicles[key].stood_s)
                self._vehicles[item.track_id] = self._vehicles.pop(longest)

    def _follow(self, item: TrackedObject, time_s: float) -> None:
        vehicle = self._vehicles.get(item.track_id)
        if vehicle is None:
            vehicle = self._vehicles[item.track_id] = _Vehicle(item, time_s, Anchor(item, time_s))
        vehicle.item, vehicle.seen_s = item, time_s
        vehicle.stood_s = vehicle.anchor.stood_s(item, time_s)

    def _raised(self, vehicle: _Vehicle, time_s: float) -> AlarmChange:
        text = f"a {vehicle.item.name} has stood in '{self._settings.zone}' for {vehicle.stood_s:.0f} s"
        return self._change("raised", time_s, stood_s=vehicle.stood_s, text=text)

    def _cleared(self, reason: str, time_s: float) -> AlarmChange:
        stood_s, self._longest_s = self._longest_s, 0.0
        text = f"{reason.format(self._settings.zone)}; one stood for {stood_s:.0f} s"
        return self._change("cleared", time_s, stood_s=stood_s, text=text)

    def _change(
        self, state: Literal["raised", "cleared"], time_s: float, *, stood_s: float, text: str
    ) -> AlarmChange:
        return AlarmChange(
            rule="stopped_vehicle",
            place=self._settings.zone,
            severity=self._settings.severity,
            state=state,
            time_s=time_s,
            value=round(stood_s, 1),
            text=text,
        )
