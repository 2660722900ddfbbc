"""The rider rule: a person on a bicycle or motorcycle is counted with the vehicle, not as a pedestrian."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from cityedge.classes import PERSON, TWO_WHEELERS
from edge.track.association import Array, covered_shares
from edge.types import TrackedObject

_LEAST_SHARED: Final = 0.15  # of the person's box that lies within the vehicle's box
_FOOT_ABOVE: Final = 0.75  # how high above the wheels a rider's foot may be, of the vehicle's height
_FOOT_BELOW: Final = 0.15  # how far below
_FORGET_PER_FRAME: Final = 0.9


@dataclass
class _Record:
    on: float = 0.0
    seen: float = 0.0


class Riders:
    """Remembers, person by person, in which share of the latest frames they were on a two-wheeler."""

    def __init__(self) -> None:
        self._records: dict[int, _Record] = {}

    def mark(self, objects: Sequence[TrackedObject]) -> list[TrackedObject]:
        """Mark the riders among the objects of one frame.

        Args:
            objects: All objects of the frame.

        Returns:
            The same, in the same order, ``rider`` set on persons who mostly were on a two-wheeler of late.
        """
        persons = [o for o in objects if o.label == PERSON and o.observed]
        vehicles = [o for o in objects if o.label in TWO_WHEELERS]
        riding = _on_vehicles(persons, vehicles)
        for person in persons:
            record = self._records.setdefault(person.track_id, _Record())
            record.on = record.on * _FORGET_PER_FRAME + (person.track_id in riding)
            record.seen = record.seen * _FORGET_PER_FRAME + 1.0
        present = {o.track_id for o in objects}
        self._records = {key: record for key, record in self._records.items() if key in present}
        return [replace(o, rider=True) if self._is_rider(o) else o for o in objects]

    def _is_rider(self, person: TrackedObject) -> bool:
        record = self._records.get(person.track_id)
        return record is not None and person.label == PERSON and record.on > 0.5 * record.seen


def _on_vehicles(persons: Sequence[TrackedObject], vehicles: Sequence[TrackedObject]) -> set[int]:
    if not persons or not vehicles:
        return set()
    person_boxes, vehicle_boxes = _boxes(persons), _boxes(vehicles)
    shared = covered_shares(person_boxes, vehicle_boxes)
    foot_x = (person_boxes[:, 0] + person_boxes[:, 2])[:, None] / 2
    foot_y = person_boxes[:, 3][:, None]
    left, top, right, bottom = vehicle_boxes.T
    height = bottom - top
    above = (foot_x >= left) & (foot_x <= right)
    level = (foot_y >= bottom - _FOOT_ABOVE * height) & (foot_y <= bottom + _FOOT_BELOW * height)
    on = (shared >= _LEAST_SHARED) & above & level
    return {persons[index].track_id for index in np.flatnonzero(on.any(axis=1)).tolist()}


def _boxes(objects: Sequence[TrackedObject]) -> Array:
    return np.array([o.box_px for o in objects], np.float64)
