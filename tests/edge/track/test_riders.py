"""The rider rule: who travels in or on a vehicle is counted with it."""

import pytest

from cityedge.classes import CLASSES, ObjectClass
from edge.track.riders import Riders
from edge.types import TrackedObject

Box = tuple[float, float, float, float]


def thing(track_id: int, name: ObjectClass, box: Box, *, observed: bool = True) -> TrackedObject:
    return TrackedObject(track_id, CLASSES.index(name), box, 0.8, observed=observed)


BIKE: Box = (100, 140, 220, 220)


@pytest.mark.parametrize(
    ("person", "rides"),
    [
        pytest.param((130, 90, 180, 190), True, id="sits on it"),
        pytest.param((150, 95, 200, 200), True, id="pillion"),
        pytest.param((230, 110, 270, 220), False, id="stands beside it"),
        pytest.param((140, 160, 190, 300), False, id="walks in front of it, nearer to the camera"),
        pytest.param((140, 40, 180, 150), False, id="walks behind it, further away"),
        pytest.param((400, 90, 440, 200), False, id="is elsewhere"),
    ],
)
def test_who_rides(person: Box, rides: bool) -> None:  # noqa: FBT001
    marked = Riders().mark([thing(1, "person", person), thing(2, "motorcycle", BIKE)])
    assert [item.rider for item in marked] == [rides, False]


def test_two_on_one_motorcycle_are_both_riders() -> None:
    people = [thing(1, "person", (115, 90, 160, 190)), thing(2, "person", (150, 85, 195, 190))]
    marked = Riders().mark([*people, thing(3, "motorcycle", BIKE)])
    assert [item.rider for item in marked] == [True, True, False]


BUS: Box = (100, 100, 500, 300)


@pytest.mark.parametrize(
    ("person", "travels"),
    [
        pytest.param((150, 150, 190, 210), True, id="sits at a window"),
        pytest.param((90, 150, 130, 210), False, id="half in front of it: somebody behind its nose"),
        pytest.param((150, 200, 190, 305), False, id="walks by in front of it"),
        pytest.param((150, 180, 190, 280), False, id="walks close in front of it"),
        pytest.param((150, 20, 190, 120), False, id="walks behind it, head and shoulders above it"),
    ],
)
def test_who_travels_in_a_bus(person: Box, travels: bool) -> None:  # noqa: FBT001
    marked = Riders().mark([thing(1, "person", person), thing(2, "bus", BUS)])
    assert [item.rider for item in marked] == [travels, False]


def test_passing_a_parked_bicycle_makes_no_rider() -> None:
    riders = Riders()
    for step in range(30):
        x = 40.0 + 10 * step
        objects = [thing(1, "person", (x, 90, x + 40, 200)), thing(2, "bicycle", BIKE)]
        marked = riders.mark(objects)
    assert not marked[0].rider


def test_a_frame_in_which_the_vehicle_is_missed_does_not_unseat_the_rider() -> None:
    riders = Riders()
    rider = thing(1, "person", (130, 90, 180, 190))
    for _ in range(6):
        riders.mark([rider, thing(2, "motorcycle", BIKE)])
    assert riders.mark([rider])[0].rider
