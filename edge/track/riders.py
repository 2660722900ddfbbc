"""Who travels in or on a vehicle is counted with the vehicle, not as a pedestrian.

Two cases: a rider on a bicycle or motorcycle, whose box overlaps the vehicle's from above; and somebody seen
through the window of a car or bus, whose box lies within the vehicle's, well above its wheels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import FOUR_WHEELERS, PERSON, TWO_WHEELERS
from edge.track.association import Array, covered_shares
from edge.types import TrackedObject

_LEAST_SHARED: Final = 0.15  # of a rider's box that lies within the vehicle's box
_FOOT_ABOVE: Final = 0.75  # how high above the wheels a rider's foot may be, of the vehicle's height
_FOOT_BELOW: Final = 0.15  # how far below
_LEAST_WITHIN: Final = 0.8  # of a passenger's box that lies within the vehicle's box
_SEAT_ABOVE: Final = 0.2  # how high above the wheels a passenger's box ends at least, of the vehicle's height
_FORGET_PER_FRAME: Final = 0.9


@dataclass
class _Record:
    aboard: float = 0.0
    seen: float = 0.0


class Riders:
    """Remembers, person by person, in which share of the latest frames they were in or on a vehicle."""

    def __init__(self) -> None:
        self._records: dict[int, _Record] = {}

    def mark(self, objects: Sequence[TrackedObject]) -> list[TrackedObject]:
        """Mark those who travel in or on a vehicle among the objects of one frame.

        Args:
            objects: All objects of the frame.

        Returns:
            The same, in the same order, ``rider`` set on persons who mostly were aboard of late.
        """
        persons = [item for item in objects if item.label == PERSON and item.observed]
        aboard = _aboard(persons, objects)
        for person in persons:
            record = self._records.setdefault(person.track_id, _Record())
            record.aboard = record.aboard * _FORGET_PER_FRAME + (person.track_id in aboard)
            record.seen = record.seen * _FORGET_PER_FRAME + 1.0
        present = {item.track_id for item in objects}
        self._records = {key: record for key, record in self._records.items() if key in present}
        return [replace(item, rider=True) if self._is_aboard(item) else item for item in objects]

    def _is_aboard(self, person: TrackedObject) -> bool:
        record = self._records.get(person.track_id)
        return record is not None and person.label == PERSON and record.aboard > 0.5 * record.seen


def _aboard(persons: Sequence[TrackedObject], objects: Sequence[TrackedObject]) -> set[int]:
    if not persons:
        return set()
    boxes = _boxes(persons)
    ride = _ride(boxes, _boxes([item for item in objects if item.label in TWO_WHEELERS]))
    sit = _sit(boxes, _boxes([item for item in objects if item.label in FOUR_WHEELERS]))
    return {persons[index].track_id for index in np.flatnonzero(ride | sit).tolist()}


def _ride(persons: Array, vehicles: Array) -> NDArray[np.bool_]:
    """Which persons are on one of the two-wheelers."""
    foot_x = (persons[:, 0] + persons[:, 2])[:, None] / 2
    foot_y = persons[:, 3][:, None]
    left, top, right, bottom = vehicles.T
    height = bottom - top
    above = (foot_x >= left) & (foot_x <= right)
    level = (foot_y >= bottom - _FOOT_ABOVE * height) & (foot_y <= bottom + _FOOT_BELOW * height)
    on = (covered_shares(persons, vehicles) >= _LEAST_SHARED) & above & level
    return np.asarray(on.any(axis=1))


def _sit(persons: Array, vehicles: Array) -> NDArray[np.bool_]:
    """Which persons are in one of the four-wheelers."""
    seat = persons[:, 3][:, None] <= (vehicles[:, 3] - _SEAT_ABOVE * (vehicles[:, 3] - vehicles[:, 1]))[None, :]
    within = covered_shares(persons, vehicles) >= _LEAST_WITHIN
    return np.asarray((within & seat).any(axis=1))


def _boxes(objects: Sequence[TrackedObject]) -> Array:
    return np.array([item.box_px for item in objects], np.float64).reshape(-1, 4)
