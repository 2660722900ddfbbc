"""How many were in a zone, counted beside true. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cityedge.classes import CLASSES


@dataclass(frozen=True)
class ZoneUse:
    """How one class used one zone.

    Attributes:
        occupancy_mean: How many were in it, averaged over time.
        occupancy_peak: The most that were in it at one moment; None where that is not known.
        entries: How many came in; None where that is not known.
        exits: How many left; None where that is not known.
    """

    occupancy_mean: float
    occupancy_peak: int | None = None
    entries: int | None = None
    exits: int | None = None


Zones: TypeAlias = Mapping[str, Mapping[str, ZoneUse]]


@dataclass(frozen=True)
class ZoneScore:
    """One class in one zone.

    Attributes:
        zone: The zone's name.
        class_: The class's name.
        true: As it was.
        counted: As it was counted.
    """

    zone: str
    class_: str
    true: ZoneUse
    counted: ZoneUse

    @property
    def error(self) -> float:
        """Counted less true, of the mean."""
        return self.counted.occupancy_mean - self.true.occupancy_mean


def compare(true: Zones, counted: Zones) -> tuple[ZoneScore, ...]:
    """Put the zones that both know side by side.

    Args:
        true: By zone and class, as it was.
        counted: Likewise, as it was counted; a class that is not there was not seen.

    Returns:
        One per zone and class of which the truth speaks, in the order of the truth and of the classes; those
        that were neither there nor counted are left out.
    """
    nothing = ZoneUse(0.0, 0, 0, 0)
    scores = [
        ZoneScore(zone, name, uses[name], counted[zone].get(name, nothing))
        for zone, uses in true.items()
        if zone in counted
        for name in CLASSES
        if name in uses
    ]
    return tuple(s for s in scores if s.true.occupancy_mean or s.counted.occupancy_mean)
