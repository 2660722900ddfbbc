"""Speeds over the ground at lines of a calibrated camera."""

import random
from collections.abc import Iterable
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.ground import Ground
from edge.count.speeds import SpeedMeter
from edge.types import LineCrossing, SpeedReading
from tests.support.tracked import tracked

PX_PER_M: Final = 20.0
FROM_ABOVE: Final = Ground([(0, 0), (1000, 0), (1000, 1000), (0, 1000)], [(0, 0), (50, 0), (50, 50), (0, 50)])
"""Seen from straight above: 50 m by 50 m in 1000 px by 1000 px."""


def crossing(time_s: float, *, track_id: int = 1) -> LineCrossing:
    return LineCrossing("gate", track_id, 3, "in", time_s)


def drive(
    times_s: Iterable[float], *, speed_mps: float, at_s: float, jitter_px: float = 0.0, seed: int = 1
) -> SpeedReading | None:
    """What is read of a car that crosses at ``at_s``, seen at the given times."""
    meter, noise = SpeedMeter(FROM_ABOVE), random.Random(seed)
    for time_s in times_s:
        x = 500 + speed_mps * (time_s - at_s) * PX_PER_M + noise.gauss(0, jitter_px)
        meter.update([tracked((x, 500 + noise.gauss(0, jitter_px)), "car")], time_s)
    return meter.at_crossing(crossing(at_s))


def frames(fps: float, until_s: float) -> list[float]:
    return [index / fps for index in range(int(until_s * fps) + 1)]


@pytest.mark.parametrize("fps", [0.7, 1.0, 2.0, 7.0, 15.0, 30.0])
@pytest.mark.parametrize("speed_mps", [0.5, 1.4, 8.3, 13.9, 33.0])
def test_a_steady_speed_is_read_at_any_rate_of_frames(fps: float, speed_mps: float) -> None:
    reading = drive(frames(fps, 4.0), speed_mps=speed_mps, at_s=2.1)
    assert reading is not None
    assert reading.speed_mps == pytest.approx(speed_mps)


def test_a_reading_says_where_and_when_and_who() -> None:
    reading = drive(frames(7, 3.0), speed_mps=10.0, at_s=2.0)
    assert reading is not None
    assert (reading.line, reading.label, reading.time_s) == ("gate", 3, 2.0)


@pytest.mark.parametrize(
    "times_s",
    [
        pytest.param([], id="never"),
        pytest.param([2.0], id="once"),
        pytest.param([1.95, 2.0, 2.05, 2.1], id="for a moment"),
    ],
)
def test_who_was_seen_too_little_has_no_speed(times_s: list[float]) -> None:
    assert drive(times_s, speed_mps=10.0, at_s=2.0) is None


@pytest.mark.parametrize("speed_mps", [1.4, 8.3, 13.9])
def test_who_drives_away_becomes_slower_in_the_picture_but_not_on_the_ground(speed_mps: float) -> None:
    road_px = [(300.0, 200.0), (500.0, 200.0), (700.0, 500.0), (100.0, 500.0)]
    road_m = [(0.0, 30.0), (8.0, 30.0), (8.0, 0.0), (0.0, 0.0)]
    meter, into_picture = SpeedMeter(Ground(road_px, road_m)), Ground(road_m, road_px)
    for time_s in frames(7, 3.0):
        where = into_picture.at((4.0, 15.0 + speed_mps * (time_s - 2.0)))
        assert where is not None
        meter.update([tracked((round(where[0]), round(where[1])), "car")], time_s)
    reading = meter.at_crossing(crossing(2.0))
    assert reading is not None
    assert reading.speed_mps == pytest.approx(speed_mps, rel=0.02, abs=0.1)


def test_what_happened_long_before_the_crossing_does_not_count() -> None:
    meter = SpeedMeter(FROM_ABOVE)
    for index in range(40):
        time_s = index * 0.1
        x = 500 if time_s < 2 else 500 + (time_s - 2) * 10 * PX_PER_M
        meter.update([tracked((x, 500), "car")], time_s)
    reading = meter.at_crossing(crossing(3.2))
    assert reading is not None
    assert reading.speed_mps == pytest.approx(10.0)


def test_who_is_hidden_at_the_line_has_the_mean_speed_between_both_sightings() -> None:
    reading = drive([0.0, 0.1, 0.2, 2.6], speed_mps=10.0, at_s=1.4)
    assert reading is not None
    assert reading.speed_mps == pytest.approx(10.0)


def test_a_guessed_position_is_not_a_position() -> None:
    meter = SpeedMeter(FROM_ABOVE)
    for index in range(20):
        where = (500 + index * PX_PER_M, 500.0) if index < 10 else (500 + 9 * PX_PER_M, 500.0)
        meter.update([tracked(where, "car", observed=index < 10)], index * 0.1)
    reading = meter.at_crossing(crossing(0.9))
    assert reading is not None
    assert reading.speed_mps == pytest.approx(10.0)


def test_a_leap_of_the_tracker_is_no_speed() -> None:
    assert drive(frames(7, 3.0), speed_mps=90.0, at_s=2.0) is None


def test_what_stands_above_the_horizon_is_not_on_the_ground() -> None:
    road = Ground([(300, 200), (500, 200), (700, 500), (100, 500)], [(0, 30), (8, 30), (8, 0), (0, 0)])
    meter = SpeedMeter(road)
    for index in range(20):
        meter.update([tracked((300 + 10 * index, 40), "car")], index * 0.1)
    assert meter.at_crossing(crossing(1.0)) is None


@pytest.mark.parametrize(
    ("where", "read"),
    [
        pytest.param((500.0, 500.0), True, id="whole"),
        pytest.param((500.0, 90.0), True, id="cut above, where no feet are"),
        pytest.param((500.0, 1000.0), False, id="cut below"),
        pytest.param((10.0, 500.0), False, id="cut on the left"),
        pytest.param((990.0, 500.0), False, id="cut on the right"),
    ],
)
def test_boxes_that_the_picture_cuts_tell_no_speed(where: tuple[float, float], read: bool) -> None:  # noqa: FBT001
    meter = SpeedMeter(FROM_ABOVE, size_px=(1000, 1000))
    for index in range(11):
        meter.update([tracked(where, "car")], index * 0.1)
    assert (meter.at_crossing(crossing(0.5)) is not None) == read


def test_two_cars_are_not_mixed_up() -> None:
    meter = SpeedMeter(FROM_ABOVE)
    for index in range(20):
        slow = tracked((500 + index * 5, 300), "car", track_id=1)
        fast = tracked((500 + index * 20, 600), "car", track_id=2)
        meter.update([slow, fast], index * 0.1)
    readings = [meter.at_crossing(crossing(1.0, track_id=track_id)) for track_id in (1, 2)]
    assert [reading.speed_mps for reading in readings if reading] == [pytest.approx(2.5), pytest.approx(10.0)]


def test_who_is_gone_for_long_is_forgotten() -> None:
    meter = SpeedMeter(FROM_ABOVE)
    for time_s in (0.0, 0.5, 1.0):
        meter.update([tracked((500 + 100 * time_s, 500), "car")], time_s)
    meter.update([], 11.5)
    assert meter.at_crossing(crossing(0.5)) is None


@given(st.floats(1.0, 30.0), st.sampled_from([3.0, 7.0, 15.0]), st.integers(0, 1000))
def test_a_box_that_jitters_by_three_pixels_moves_the_speed_by_little(speed: float, fps: float, seed: int) -> None:
    reading = drive(frames(fps, 4.0), speed_mps=speed, at_s=2.0, jitter_px=3.0, seed=seed)
    assert reading is not None
    # 3 px are 0.15 m; of 7 positions or more within two seconds the slope errs by 0.15 / sqrt(sum of t²).
    assert reading.speed_mps == pytest.approx(speed, abs=0.5)
