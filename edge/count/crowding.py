"""Crowding: too many people in a zone for a while, by number or by square metre of ground."""

from edge.count.latch import Latch
from edge.settings import CrowdingAlarm
from edge.types import AlarmChange


class Crowding:
    """The rule at one zone.

    Args:
        settings: Which zone, and from how many people on it is crowded.
        area_m2: How much ground the zone covers; None where that is not known.

    Raises:
        ValueError: A bound is given per square metre, and the area is not known or nothing.
    """

    def __init__(self, settings: CrowdingAlarm, area_m2: float | None) -> None:
        if settings.per_m2 is not None and not area_m2:
            raise ValueError(
                f"how much ground zone '{settings.zone}' covers is not known: it reaches beyond the horizon "
                "of the camera's calibration"
            )
        self._settings = settings
        self._area_m2 = area_m2
        self._latch = Latch(after_s=settings.hold_s, clear_s=settings.hold_s)

    def update(self, people: int, time_s: float) -> list[AlarmChange]:
        """Take in one frame.

        Args:
            people: How many are in the zone.
            time_s: When that was, in scene time.

        Returns:
            ``raised`` when it has been crowded for ``hold_s``, ``cleared`` when it has not been for as long.
            The value is how many people there are, or how many per square metre where only that is bounded.
        """
        if not self._latch.update(so=self._is_crowded(people), time_s=time_s):
            return []
        density = self._per_m2(people)
        text = f"{people} {'person is' if people == 1 else 'people are'} in '{self._settings.zone}'"
        if density is not None:
            text += f", {density:.2f} per m²"
        if not self._latch.on:
            text += ": it is not crowded any more"
        value = float(people) if density is None or self._settings.people is not None else round(density, 3)
        return [self._change(time_s, value=value, text=text)]

    def finish(self, time_s: float) -> list[AlarmChange]:
        """Clear what is raised, because the camera stops or was away.

        Args:
            time_s: When, in scene time.

        Returns:
            ``cleared``, where it was crowded.
        """
        if not self._latch.on:
            return []
        self._latch = Latch(after_s=self._settings.hold_s, clear_s=self._settings.hold_s)
        return [self._change(time_s, value=0.0, text=f"'{self._settings.zone}' is not watched any more")]

    def _is_crowded(self, people: int) -> bool:
        if self._settings.people is not None and people >= self._settings.people:
            return True
        density = self._per_m2(people)
        return self._settings.per_m2 is not None and density is not None and density >= self._settings.per_m2

    def _per_m2(self, people: int) -> float | None:
        return people / self._area_m2 if self._area_m2 else None

    def _change(self, time_s: float, *, value: float, text: str) -> AlarmChange:
        return AlarmChange(
            rule="crowding",
            place=self._settings.zone,
            severity=self._settings.severity,
            state="raised" if self._latch.on else "cleared",
            time_s=time_s,
            value=value,
            text=text,
        )
