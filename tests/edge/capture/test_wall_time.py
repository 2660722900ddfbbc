import pytest

from edge.capture.wall_time import WallTime
from edge.errors import SourceEndedError


def test_a_moment_before_now_has_the_time_of_day_of_then() -> None:
    wall = WallTime("cam")
    assert wall.unix_s(98.0, now_s=100.0, now_unix_s=1_000_100.0) == 1_000_098.0


def test_jitter_between_the_reading_of_two_clocks_is_not_followed() -> None:
    wall = WallTime("cam")
    wall.unix_s(100.0, now_s=100.0, now_unix_s=1_000_100.0)
    assert wall.unix_s(101.0, now_s=101.0, now_unix_s=1_000_101.3) == 1_000_101.0
    assert wall.unix_s(102.0, now_s=102.0, now_unix_s=1_000_101.7) == 1_000_102.0


def test_a_clock_that_is_set_forward_at_boot_is_followed() -> None:
    wall = WallTime("cam")
    wall.unix_s(10.0, now_s=10.0, now_unix_s=60.0)
    assert wall.unix_s(11.0, now_s=11.0, now_unix_s=1_800_000_000.0) == 1_800_000_000.0


def test_a_clock_that_is_set_back_ends_the_opening() -> None:
    wall = WallTime("cam")
    wall.unix_s(10.0, now_s=10.0, now_unix_s=10_000.0)
    with pytest.raises(SourceEndedError, match=r"source cam: .*set back by 3600\.0 s"):
        wall.unix_s(11.0, now_s=11.0, now_unix_s=6401.0)
