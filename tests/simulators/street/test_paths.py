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


@given(path=paths())
def test_the_speed_is_the_same_all_the_way(path: Path) -> None:
    for leg in path.legs:
        assert math.dist(leg.start, leg.end) / (leg.end_s - leg.start_s) == pytest.approx(path.speed_mps)


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
