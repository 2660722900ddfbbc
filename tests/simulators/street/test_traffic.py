"""Seeded traffic, and what makes it fair."""

from collections import Counter
from itertools import combinations

import pytest

from cityedge.classes import CLASSES
from simulators.street.actors import Actor
from simulators.street.camera import Ground
from simulators.street.fairness import fair_together, trace
from simulators.street.layout import LANES, LINES
from simulators.street.paths import Path
from simulators.street.traffic import Traffic
from simulators.street.truth import Truth
from tests.simulators.street.streets import CAMERA

MINUTES = 10


def everybody(seed: int = 1, density: float = 1.0) -> list[Actor]:
    end_s = 60.0 * MINUTES
    return list(Traffic(CAMERA, seed=seed, density=density, end_s=end_s).arrivals(end_s))


@pytest.fixture(scope="module")
def actors() -> list[Actor]:
    return everybody()


def test_one_seed_is_one_street_however_often_it_is_asked(actors: list[Actor]) -> None:
    traffic = Traffic(CAMERA, seed=1, end_s=60.0 * MINUTES)
    in_steps = [actor for step in range(1, 6001) for actor in traffic.arrivals(step / 10)]
    assert in_steps == actors


def test_another_seed_is_another_street(actors: list[Actor]) -> None:
    assert everybody(seed=2) != actors


def test_every_class_comes_and_motorcycles_most_of_all_vehicles(actors: list[Actor]) -> None:
    seen = Counter(actor.kind for actor in actors)
    assert set(seen) == set(CLASSES)
    assert max(set(CLASSES) - {"person"}, key=lambda kind: seen[kind]) == "motorcycle"


@pytest.mark.parametrize("seed", range(1, 6))
def test_twenty_to_forty_cross_the_middle_in_a_minute_at_the_usual_density(seed: int) -> None:
    truth = Truth(CAMERA, lines=LINES, zones=[])
    for actor in everybody(seed):
        truth.add(actor)
    crossed = sum(c.line == "mid" for c in truth.crossings(0, 60.0 * MINUTES))
    assert 20 * MINUTES <= crossed <= 40 * MINUTES


def test_a_denser_street_has_more_traffic_and_none_at_density_zero(actors: list[Actor]) -> None:
    assert len(everybody(density=2.0)) > 1.3 * len(actors)
    assert not everybody(density=0)


def test_everybody_comes_from_outside_the_picture_and_leaves_it(actors: list[Actor]) -> None:
    for actor in actors:
        for moment_s in (actor.path.start_s, actor.path.end_s):
            box = actor.extent(moment_s, CAMERA)
            assert box is not None
            assert box.right < 0 or box.left > CAMERA.width_px


def test_everybody_has_left_when_the_street_ends(actors: list[Actor]) -> None:
    assert all(actor.path.end_s <= 60 * MINUTES for actor in actors)


def test_speeds_are_those_of_a_city(actors: list[Actor]) -> None:
    for kind, low, high in (("person", 1, 2), ("bicycle", 3, 5), ("motorcycle", 5, 8), ("car", 5, 9)):
        assert all(low <= a.path.speed_mps <= high for a in actors if a.kind == kind)


def test_somebody_crosses_the_road_each_way(actors: list[Actor]) -> None:
    across = [a.path.points[-1].depth_m - a.path.points[0].depth_m for a in actors if len(a.path.points) == 4]
    assert any(depth > 0 for depth in across)
    assert any(depth < 0 for depth in across)


def test_no_two_of_one_street_run_into_each_other_or_hide_each_other_for_long(actors: list[Actor]) -> None:
    traces = [trace(actor, CAMERA) for actor in actors[:120]]
    assert all(fair_together(one, other) for one, other in combinations(traces, 2))


def on_lane(name: str, *, start_s: float, speed_mps: float, kind: str = "car", number: int = 1) -> Actor:
    lane = next(lane for lane in LANES if lane.name == name)
    ends = [Ground(-11.0, lane.depth_m(CAMERA)), Ground(11.0, lane.depth_m(CAMERA))]
    path = Path(tuple(ends if lane.heading == "right" else ends[::-1]), start_s, speed_mps)
    return Actor(number, next(k for k in CLASSES if k == kind), path, look_seed=1)


@pytest.mark.parametrize(
    ("one", "other", "fair"),
    [
        pytest.param(
            on_lane("far-road", start_s=0, speed_mps=5),
            on_lane("far-road", start_s=1.5, speed_mps=9),
            False,
            id="the faster one behind runs into the slower",
        ),
        pytest.param(
            on_lane("far-road", start_s=0, speed_mps=5),
            on_lane("far-road", start_s=5, speed_mps=5),
            True,
            id="two keep their distance",
        ),
        pytest.param(
            on_lane("far-road", start_s=0, speed_mps=6),
            on_lane("near-road", start_s=0, speed_mps=6),
            True,
            id="two meet",
        ),
        pytest.param(
            on_lane("near-road", start_s=0, speed_mps=6, kind="bus"),
            on_lane("near-two-wheelers", start_s=0, speed_mps=6, kind="motorcycle"),
            False,
            id="a motorcycle keeps beside a bus all the way",
        ),
        pytest.param(
            on_lane("near-road", start_s=0, speed_mps=6),
            on_lane("near-road", start_s=60, speed_mps=6),
            True,
            id="two are never there together",
        ),
    ],
)
def test_who_may_share_the_street(one: Actor, other: Actor, *, fair: bool) -> None:
    assert fair_together(trace(one, CAMERA), trace(other, CAMERA)) is fair


def test_a_density_that_no_street_has_room_for_is_refused() -> None:
    with pytest.raises(ValueError, match="density"):
        Traffic(CAMERA, seed=1, density=21)
