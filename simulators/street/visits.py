"""Visits: stays in a zone that a careful observer would note, how long they were, and where they lead.

Somebody has entered once they have been in it for :data:`CONFIRM_S`, and has left once they have been out of it
for longer than :data:`GRACE_S`: the gateway's own defaults.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from cityedge.classes import ObjectClass
from simulators.street.crossings import Stay

CONFIRM_S: Final = 1.0
GRACE_S: Final = 2.0


@dataclass(frozen=True)
class Trip:
    """Somebody went from one zone to another, with none between.

    Attributes:
        left_s: When they left the first, scene time.
        entered_s: When they entered the second.
        start: Name of the first.
        end: Name of the second.
        kind: Class of the object.
        number: Of the object.
    """

    left_s: float
    entered_s: float
    start: str
    end: str
    kind: ObjectClass
    number: int


def visits(stays: Iterable[Stay]) -> list[Stay]:
    """Make visits of stays.

    Args:
        stays: Of any objects in any zones.

    Returns:
        The visits, in order of time; stays with a short absence between them are one, short stays none.
    """
    joined: list[Stay] = []
    last: dict[tuple[str, int], int] = {}
    for stay in sorted(stays, key=lambda one: (one.start_s, one.zone, one.number)):
        key = (stay.zone, stay.number)
        before = joined[last[key]] if key in last else None
        if before and stay.start_s - before.end_s <= GRACE_S:
            joined[last[key]] = Stay(before.start_s, stay.end_s, stay.zone, stay.kind, stay.number)
        else:
            last[key] = len(joined)
            joined.append(stay)
    return [one for one in joined if one.end_s - one.start_s >= CONFIRM_S]


def trips(visited: Sequence[Stay]) -> list[Trip]:
    """Find who went from zone to zone.

    Args:
        visited: Everybody's visits.

    Returns:
        The trips, in order of the time at which they ended.
    """
    by_number: dict[int, list[Stay]] = {}
    for visit in sorted(visited, key=lambda one: one.start_s):
        by_number.setdefault(visit.number, []).append(visit)
    found = [
        Trip(one.end_s, other.start_s, one.zone, other.zone, one.kind, one.number)
        for together in by_number.values()
        for one, other in pairwise(together)
        if one.zone != other.zone
    ]
    return sorted(found, key=lambda trip: (trip.entered_s, trip.number))


def dwell(visited: Sequence[Stay]) -> dict[str, float]:
    """How long visits were.

    Args:
        visited: Some visits.

    Returns:
        ``dwell_p50_s``, ``dwell_p90_s`` and ``dwell_max_s``; nothing where there were no visits.
    """
    if not visited:
        return {}
    lengths_s = np.array([visit.end_s - visit.start_s for visit in visited])
    p50_s, p90_s = np.quantile(lengths_s, [0.5, 0.9])
    return {
        "dwell_p50_s": round(float(p50_s), 3),
        "dwell_p90_s": round(float(p90_s), 3),
        "dwell_max_s": round(float(lengths_s.max()), 3),
    }
