"""What a perfect counter would have counted."""

import pytest

from cityedge.classes import CLASSES
from simulators.street.actors import Actor
from simulators.street.camera import Share
from simulators.street.layout import LINES, ZONES
from simulators.street.places import Line, Zone
from simulators.street.traffic import Traffic
from simulators.street.truth import Truth
from tests.simulators.street.streets import CAMERA, straight, walker

MID = Line("mid", (Share(0.5, 0), Share(0.5, 1)))
HALF = Zone("half", (Share(0, 0.5), Share(0.5, 0.5), Share(0.5, 1), Share(0, 1)))


def truth_of(*actors: Actor) -> Truth:
    truth = Truth(CAMERA, lines=[MID], zones=[HALF])
    for actor in actors:
        truth.add(actor)
    return truth


def test_classes_that_never_came_are_there_as_zeros() -> None:
    counts = truth_of().line_counts(0, 60)
    assert counts == {"mid": {kind: {"in": 0, "out": 0} for kind in CLASSES}}
    assert set(truth_of().zone_use(0, 60)["half"]) == set(CLASSES)


def test_a_window_counts_its_own_crossings_and_windows_add_up() -> None:
    across = [walker(straight(Share(0, 0.7), Share(1, 0.7), start_s=10 * n), n) for n in range(1, 5)]
    truth = truth_of(*across)
    assert [truth.line_counts(s, s + 10)["mid"]["person"]["in"] for s in (10, 20, 30, 40)] == [1, 1, 1, 1]
    assert truth.line_counts(0, 60)["mid"]["person"] == {"in": 4, "out": 0}


def test_a_crossing_at_a_windows_border_belongs_to_the_later_window() -> None:
    truth = truth_of(walker(straight(Share(0, 0.7), Share(1, 0.7), seconds=10)))
    (crossing,) = truth.crossings(0, 60)
    assert not truth.crossings(0, crossing.time_s)
    assert truth.crossings(crossing.time_s, 60) == [crossing]


def test_occupancy_is_averaged_over_time() -> None:
    use = truth_of(walker(straight(Share(0, 0.7), Share(1, 0.7), seconds=10))).zone_use(0, 20)["half"]["person"]
    assert use.occupancy_mean == pytest.approx(0.25)
    assert (use.occupancy_peak, use.entries, use.exits) == (1, 1, 1)


def test_the_peak_counts_those_who_are_there_together() -> None:
    one = walker(straight(Share(0, 0.7), Share(1, 0.7), seconds=10), 1)
    during = walker(straight(Share(0, 0.8), Share(1, 0.8), seconds=10, start_s=3), 2)
    after = walker(straight(Share(0, 0.9), Share(1, 0.9), seconds=10, start_s=30), 3)
    assert truth_of(one, during, after).zone_use(0, 60)["half"]["person"].occupancy_peak == 2


def test_objects_are_listed_once_they_have_come() -> None:
    truth = truth_of(walker(straight(Share(0, 0.7), Share(1, 0.7), start_s=5), 9))
    assert truth.objects(5) == []
    assert [(o["object"], o["class"]) for o in truth.objects(6)] == [(9, "person")]


def test_every_vehicle_of_a_street_crosses_the_middle_exactly_once() -> None:
    truth = Truth(CAMERA, lines=LINES, zones=ZONES)
    actors = list(Traffic(CAMERA, seed=5, end_s=300).arrivals(300))
    for actor in actors:
        truth.add(actor)
    counts = truth.line_counts(0, 300)["mid"]
    for kind in ("bicycle", "motorcycle", "car", "bus", "truck"):
        assert sum(counts[kind].values()) == sum(actor.kind == kind for actor in actors)
