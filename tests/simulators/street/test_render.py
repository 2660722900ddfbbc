"""What the street looks like."""

import numpy as np
import pytest

from simulators.street.actors import Actor
from simulators.street.camera import Camera, Share
from simulators.street.conditions import Conditions, Hour
from simulators.street.layout import LANES
from simulators.street.paths import Path
from simulators.street.render import Renderer
from simulators.street.street import Setting, Street
from simulators.street.traffic import Traffic
from simulators.street.ways import lane_way
from tests.simulators.street.streets import CAMERA, straight, walker


def street(seed: int = 1, hour: Hour = "day") -> Street:
    return Street(Setting(seed=seed, conditions=Conditions(light=hour)), Traffic(CAMERA, seed=seed, end_s=60))


def driver(kind: str, lane_name: str) -> Actor:
    lane = next(lane for lane in LANES if lane.name == lane_name)
    known = next(k for k, _ in lane.per_minute if k == kind)
    return Actor(1, known, Path(lane_way(lane, known, 1, CAMERA), 0.0, 6.0), look_seed=1)


def test_one_seed_draws_the_same_frame_again() -> None:
    assert np.array_equal(street().frame(250), street().frame(250))


def test_a_frame_does_not_depend_on_the_frames_that_were_looked_at_before() -> None:
    one, other = street(), street()
    for index in range(0, 250, 10):
        one.frame(index)
    assert np.array_equal(one.frame(250), other.frame(250))


def test_another_seed_draws_another_street() -> None:
    assert not np.array_equal(street(1).frame(0), street(2).frame(0))


def test_a_frame_has_the_size_that_was_asked_for() -> None:
    camera = Camera(640, 360)
    picture = Street(Setting(camera=camera), Traffic(camera, seed=1, end_s=30)).frame(50)
    assert picture.shape == (360, 640, 3)
    assert picture.dtype == np.uint8


def test_night_is_darker_than_dusk_and_dusk_than_day() -> None:
    day, dusk, night = (float(street(hour=hour).frame(0).mean()) for hour in ("day", "dusk", "night"))
    assert night < 0.75 * day
    assert night < dusk < day


def test_headlights_light_the_road_by_night() -> None:
    car = driver("car", "near-road")
    renderer = Renderer(CAMERA, conditions=Conditions(light="night"), seed=1)
    with_car, without = renderer.frame([car], 2.0, index=0), renderer.frame([], 2.0, index=0)
    (seen,) = renderer.appearances([car], 2.0)
    row, ahead = seen.y_px, round(seen.box_px.right) + 20
    patch = (slice(row - 4, row + 4), slice(ahead, ahead + 40))
    assert float(with_car[patch].mean()) > float(without[patch].mean()) + 5


@pytest.mark.parametrize(
    "lane", [pytest.param("far-road", id="to the left"), pytest.param("near-road", id="to the right")]
)
@pytest.mark.parametrize("kind", ["car", "bus", "truck"])
def test_a_vehicles_foot_point_is_below_the_middle_of_its_box(kind: str, lane: str) -> None:
    (seen,) = Renderer(CAMERA, conditions=Conditions(light="day"), seed=1).appearances([driver(kind, lane)], 2.0)
    box = seen.box_px
    assert (box.left + box.right) / 2 == pytest.approx(seen.x_px, abs=1.5)
    assert box.bottom == pytest.approx(seen.y_px, abs=2)


@pytest.mark.parametrize("moment_s", [2.0, 2.1, 2.2, 2.3, 2.4, 2.5])
def test_a_walkers_feet_stay_on_their_foot_point(moment_s: float) -> None:
    actor = walker(straight(Share(0.2, 0.9), Share(0.8, 0.9)))
    (seen,) = Renderer(CAMERA, conditions=Conditions(light="day"), seed=1).appearances([actor], moment_s)
    assert seen.box_px.left < seen.x_px < seen.box_px.right
    assert seen.box_px.bottom == pytest.approx(seen.y_px, abs=4)


def test_who_is_nearer_is_drawn_over_who_is_farther() -> None:
    far = walker(straight(Share(0.2, 0.5), Share(0.8, 0.5)), 1)
    near = walker(straight(Share(0.2, 0.9), Share(0.8, 0.9)), 2)
    renderer = Renderer(CAMERA, conditions=Conditions(light="day"), seed=1)
    assert [seen.actor.number for seen in renderer.appearances([near, far], 5.0)] == [1, 2]


def test_who_is_not_on_their_path_is_not_drawn() -> None:
    renderer = Renderer(CAMERA, conditions=Conditions(light="day"), seed=1)
    early = walker(straight(Share(0.2, 0.9), Share(0.8, 0.9), start_s=50))
    assert np.array_equal(renderer.frame([early], 5.0, index=0), renderer.frame([], 5.0, index=0))


def test_nobody_appears_in_the_middle_of_the_picture() -> None:
    shown = street()
    known: set[int] = set()
    for index in range(600):
        for seen in shown.appearances(index):
            box = seen.box_px
            if seen.actor.number not in known and box.right > 0 and box.left < CAMERA.width_px:
                reach = 1.5 * seen.actor.path.speed_mps / 10 * seen.px_per_m + 10
                assert box.right < reach or box.left > CAMERA.width_px - reach
                known.add(seen.actor.number)
    assert known
