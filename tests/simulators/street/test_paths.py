"""Paths at an even speed."""

import math

import pytest
from hypothesis import given

from simulators.street.camera import Ground
from simulators.street.paths import Path
from tests.simulators.street.streets import paths


def test_somebody_is_where_their_speed_has_brought_them() -> None:
    path = Path((Ground(0, 30), Ground(4, 30), Ground(4, 33)), start_s=10, speed_mps=2)
    assert path.at(11) == Ground(2, 30)
    assert path.at(12.5) == Ground(4, 31)
    assert path.end_s == pytest.approx(13.5)


def test_nobody_is_on_a_path_before_it_begins_or_after_it_ends() -> None:
    path = Path((Ground(0, 30), Ground(4, 30)), start_s=10, speed_mps=2)
    assert path.at(9.99) is None
    assert path.at(12.01) is None


def test_who_stands_stays_where_they_are_and_goes_on_where_they_were_going() -> None:
    path = Path((Ground(0, 30), Ground(4, 30), Ground(8, 30)), 10, 2, stands_s=(0, 5, 0))
    assert [path.at(at_s) for at_s in (12, 14.5, 17, 18)] == [
        Ground(4, 30),
        Ground(4, 30),
        Ground(4, 30),
        Ground(6, 30),
    ]
    standing = path.leg_at(14.5)
    assert standing is not None
    assert standing.stands
    assert (standing.facing, standing.walked_m(14.5)) == ((4, 0), 4)
    assert path.end_s == pytest.approx(19)


def test_who_brakes_takes_longer_and_is_slowest_where_they_stand() -> None:
    path = Path((Ground(0, 30), Ground(10, 30), Ground(20, 30)), 0, 5, stands_s=(0, 1, 0), brake_m=4)
    speeds = [leg.speed_mps for leg in path.legs]
    stop = speeds.index(0)
    assert path.end_s > 5
    assert (speeds[0], speeds[-1]) == pytest.approx((5, 5))
    assert speeds[: stop + 1] == sorted(speeds[: stop + 1], reverse=True)
    assert speeds[stop:] == sorted(speeds[stop:])
    assert [leg.end for leg in path.legs if leg.stands] == [Ground(10, 30)]


def test_who_turns_round_looks_the_other_way() -> None:
    path = Path((Ground(0, 30), Ground(2, 30), Ground(0, 30)), 0, 1)
    assert [leg.facing for leg in path.legs] == [(2, 0), (-2, 0)]


@given(path=paths())
def test_the_speed_is_the_same_all_the_way(path: Path) -> None:
    for leg in path.legs:
        assert math.dist(leg.start, leg.end) / (leg.end_s - leg.start_s) == pytest.approx(path.speed_mps)


def test_a_path_with_a_wrong_number_of_stops_is_refused() -> None:
    with pytest.raises(ValueError, match="2 points"):
        Path((Ground(0, 30), Ground(1, 30)), 0, 1, stands_s=(0, 1, 0))


@pytest.mark.parametrize(
    ("points", "speed_mps", "what"),
    [
        pytest.param((Ground(0, 30),), 1.0, "two points", id="one point"),
        pytest.param((Ground(0, 30), Ground(1, 30)), 0.0, "speed", id="no speed"),
        pytest.param((Ground(0, 30), Ground(0, 30)), 1.0, "stand still", id="standing"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(points: tuple[Ground, ...], speed_mps: float, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        Path(points, 0, speed_mps)
