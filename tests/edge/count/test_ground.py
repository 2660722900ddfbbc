"""From the picture to the ground, with four points that somebody has measured."""

import math
from dataclasses import dataclass
from typing import Final, TypeAlias

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from edge.count.geometry import Point
from edge.count.ground import Ground
from edge.settings import CalibrationSettings
from edge.settings.points import area

ROAD_PX: Final = [(300.0, 200.0), (500.0, 200.0), (700.0, 500.0), (100.0, 500.0)]
"""A road that runs away from the camera: its sides meet at (400, 50), the horizon."""
ROAD_M: Final = [(0.0, 30.0), (8.0, 30.0), (8.0, 0.0), (0.0, 0.0)]


def road() -> Ground:
    return Ground(ROAD_PX, ROAD_M)


def test_the_four_points_lie_where_they_were_measured() -> None:
    for picture, ground in zip(ROAD_PX, ROAD_M, strict=True):
        assert road().at(picture) == pytest.approx(ground, abs=1e-9)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        # Of a road with parallel sides, a row's scale is 8 m by its width; depth goes with 1 / (y - 50).
        pytest.param((400, 500), (4.0, 0.0), id="the middle of the near edge"),
        pytest.param((400, 275), (4.0, 15.0), id="where the diagonals cross is the middle"),
        pytest.param((0, 500), (-4 / 3, 0.0), id="beside the road"),
        pytest.param((400, 1000), (4.0, -15 * 10 / 19), id="nearer than measured"),
    ],
)
def test_where_things_are_on_a_road(where: Point, expected: Point) -> None:
    assert road().at(where) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    "where", [pytest.param((400, 50), id="on the horizon"), pytest.param((400, 20), id="in the sky")]
)
def test_the_sky_is_not_on_the_ground(where: Point) -> None:
    assert road().at(where) is None


def test_the_area_of_the_four_points_is_that_which_was_measured() -> None:
    assert road().area_m2(ROAD_PX) == pytest.approx(240)
    assert road().area_m2(ROAD_PX[::-1]) == pytest.approx(240)


def test_a_polygon_that_reaches_beyond_the_horizon_has_no_area() -> None:
    assert road().area_m2([(300, 200), (400, 40), (500, 200)]) is None


@pytest.mark.parametrize(
    ("picture", "ground", "said"),
    [
        pytest.param(ROAD_PX[:3], ROAD_M[:3], "four points", id="three points"),
        pytest.param([(0, 0), (1, 1), (2, 2), (0, 2)], ROAD_M, "in a line", id="in a line in the picture"),
        pytest.param(ROAD_PX, [(0, 0), (1, 0), (2, 0), (0, 2)], "in a line", id="in a line on the ground"),
        pytest.param([(3, 3)] * 4, ROAD_M, "in a line", id="one and the same point"),
        pytest.param(
            ROAD_PX, [ROAD_M[0], ROAD_M[2], ROAD_M[1], ROAD_M[3]], "another order", id="two of them mixed up"
        ),
        pytest.param(
            [(0, 0), (10, 0), (3, 3), (0, 10)], ROAD_M, "another order", id="an arrow here, a road there"
        ),
    ],
)
def test_points_that_fix_no_ground_are_refused(picture: list[Point], ground: list[Point], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Ground(picture, ground)


@dataclass(frozen=True)
class Mast:
    """A camera of 1000 px focal length that looks forward and down."""

    height_m: float
    tilt: float

    def sees(self, right_m: float, ahead_m: float) -> Point:
        """Where in its picture of 1280 by 720 a point of the ground lies."""
        depth = ahead_m * math.cos(self.tilt) + self.height_m * math.sin(self.tilt)
        down = self.height_m * math.cos(self.tilt) - ahead_m * math.sin(self.tilt)
        return 640 + 1000 * right_m / depth, 360 + 1000 * down / depth


masts = st.builds(Mast, st.floats(3, 15), st.floats(0.3, 1.4))
metre = st.floats(-20, 20)
CORNERS: Final = ((-8.0, 40.0), (8.0, 40.0), (8.0, 10.0), (-8.0, 10.0))


def calibrated(mast: Mast, *, scale: float = 1.0, mirrored: bool = False) -> Ground:
    picture = [mast.sees(*corner) for corner in CORNERS]
    ground = [(-x, y) if mirrored else (x, y) for x, y in CORNERS]
    return Ground([(x * scale, y * scale) for x, y in picture], ground)


@given(masts, metre, st.floats(5, 60))
def test_what_a_camera_sees_is_found_where_it_is(mast: Mast, right_m: float, ahead_m: float) -> None:
    where = mast.sees(right_m, ahead_m)
    assert calibrated(mast).at(where) == pytest.approx((right_m, ahead_m), abs=1e-6)
    assert calibrated(mast, mirrored=True).at(where) == pytest.approx((-right_m, ahead_m), abs=1e-6)


@given(masts, st.lists(st.tuples(metre, st.floats(5, 60)), min_size=3, max_size=6))
def test_areas_are_those_on_the_ground_at_any_scale(mast: Mast, corners_m: list[Point]) -> None:
    corners_px = [mast.sees(*corner) for corner in corners_m]
    small = [(x / 1280, y / 1280) for x, y in corners_px]
    assert calibrated(mast).area_m2(corners_px) == pytest.approx(abs(area(corners_m)), abs=1e-5)
    assert calibrated(mast, scale=1 / 1280).area_m2(small) == pytest.approx(abs(area(corners_m)), abs=1e-5)


Four: TypeAlias = tuple[Point, Point, Point, Point]
share = st.tuples(st.floats(0, 1), st.floats(0, 1))


four = st.tuples(share, share, share, share)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(four, four)
def test_four_points_that_the_settings_accept_fix_a_ground(picture: Four, ground_m: Four) -> None:
    try:
        calibration = CalibrationSettings(picture=picture, ground_m=ground_m)
    except ValueError:
        assume(False)  # noqa: FBT003 - the way to say that an example does not count
    ground = Ground(calibration.picture, calibration.ground_m)
    for where, there in zip(picture, ground_m, strict=True):
        assert ground.at(where) == pytest.approx(there, abs=1e-6)
