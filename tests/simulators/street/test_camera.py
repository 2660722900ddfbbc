"""The camera's geometry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.street.camera import Camera, Ground, Share
from tests.simulators.street.streets import CAMERA, points, spots


@given(point=points)
def test_a_point_of_the_picture_is_found_again_from_the_ground(point: Share) -> None:
    assert CAMERA.project(CAMERA.ground(point)) == pytest.approx(point, abs=1e-9)


@given(spot=spots, share=st.floats(0, 1))
def test_straight_ways_on_the_ground_are_straight_in_the_picture(spot: Ground, share: float) -> None:
    start, end = Ground(-3.0, 35.0), spot
    between = Ground(
        start.x_m + share * (end.x_m - start.x_m), start.depth_m + share * (end.depth_m - start.depth_m)
    )
    a, b, c = (CAMERA.project(at) for at in (start, between, end))
    assert (c.x - a.x) * (b.y - a.y) == pytest.approx((c.y - a.y) * (b.x - a.x), abs=1e-9)


def test_what_is_nearer_appears_larger_and_lower() -> None:
    assert CAMERA.px_per_m(30) > CAMERA.px_per_m(45)
    assert CAMERA.project(Ground(0, 30)).y > CAMERA.project(Ground(0, 45)).y


def test_a_person_is_at_least_an_eighth_of_the_pictures_height_on_the_farthest_pavement() -> None:
    assert 1.7 * CAMERA.px_per_m(CAMERA.depth_at(222 / 576)) / CAMERA.height_px > 0.125


def test_a_larger_picture_shows_the_same_rows_at_a_larger_scale() -> None:
    large = Camera(1280, 960)
    assert large.project(Ground(0, 40)).y == pytest.approx(CAMERA.project(Ground(0, 40)).y)
    assert large.px_per_m(40) == pytest.approx(CAMERA.px_per_m(40) * 960 / 576)


@pytest.mark.parametrize(
    ("width_px", "height_px"),
    [
        pytest.param(767, 576, id="odd width"),
        pytest.param(768, 575, id="odd height"),
        pytest.param(32, 64, id="tiny"),
    ],
)
def test_a_size_that_no_video_can_have_is_refused(width_px: int, height_px: int) -> None:
    with pytest.raises(ValueError, match=str(height_px)):
        Camera(width_px, height_px)
