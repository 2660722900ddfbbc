"""Vehicles at the kerb."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.street.camera import Share
from simulators.street.layout import LANES, Heading, Lane
from simulators.street.mix import Parked
from simulators.street.parking import parked
from tests.simulators.street.streets import CAMERA

AT = (0.6, 0.472)


def test_what_was_always_there_and_never_goes_stands_for_ever() -> None:
    actor = parked(Parked("car", AT, "left", "far-road"), 7, CAMERA)
    assert actor.number == 7
    assert not actor.passes
    assert actor.moves_until_s == 0
    spot = actor.path.at(5000)
    assert spot is not None
    assert CAMERA.project(spot) == pytest.approx(AT)


def test_what_comes_and_goes_drives_in_stands_until_it_sets_off_and_leaves() -> None:
    actor = parked(Parked("car", AT, "left", "far-road", comes_s=10, goes_s=40), 1, CAMERA)
    (stand,) = [leg for leg in actor.path.legs if leg.stands]
    assert stand.end_s == pytest.approx(40)
    assert 12 < stand.start_s < 20
    for moment_s in (actor.path.start_s, actor.path.end_s):
        box = actor.extent(moment_s, CAMERA)
        assert box is not None
        assert box.right < 0 or box.left > CAMERA.width_px


@given(
    at=st.tuples(st.floats(0, 1), st.floats(0.3, 1)),
    heading=st.sampled_from(get_args(Heading)),
    lane=st.sampled_from(LANES),
    comes_s=st.none() | st.floats(0, 100),
    stays_s=st.none() | st.floats(0, 100),
)
def test_no_vehicle_reverses_wherever_it_parks(
    at: tuple[float, float], heading: Heading, lane: Lane, comes_s: float | None, stays_s: float | None
) -> None:
    goes_s = None if stays_s is None else (comes_s or 0.0) + stays_s
    actor = parked(Parked("truck", at, heading, lane.name, comes_s=comes_s, goes_s=goes_s), 1, CAMERA)
    ahead = 1 if heading == "right" else -1
    assert all((b.x_m - a.x_m) * ahead > 0 for a, b in pairwise(actor.path.points))
    (stand,) = [leg for leg in actor.path.legs if leg.stands]
    assert CAMERA.project(stand.start) == pytest.approx(Share(*at))
