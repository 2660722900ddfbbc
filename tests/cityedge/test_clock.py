from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cityedge.clock import Clock, ManualClock, SystemClock, from_unix_s


def test_the_system_clock_says_utc() -> None:
    clock: Clock = SystemClock()

    assert clock.now().utcoffset() == timedelta(0)
    assert abs((clock.now() - datetime.now(UTC)).total_seconds()) < 5


def test_monotonic_time_does_not_go_back() -> None:
    clock = SystemClock()
    times = [clock.monotonic_s() for _ in range(100)]

    assert times == sorted(times)


@given(st.floats(0, 1e6))
def test_a_manual_clock_moves_both_its_times_alike(seconds: float) -> None:
    start = datetime(2026, 11, 22, tzinfo=UTC)
    clock = ManualClock(start)

    clock.advance(seconds)

    assert clock.now() == start + timedelta(seconds=seconds)
    assert clock.monotonic_s() == seconds


def test_a_manual_clock_can_be_set_back_while_monotonic_time_goes_on() -> None:
    clock = ManualClock(datetime(2026, 11, 22, 12, tzinfo=UTC), monotonic=100.0)

    clock.advance(5)
    clock.time -= timedelta(hours=1)

    assert clock.now() == datetime(2026, 11, 22, 11, 0, 5, tzinfo=UTC)
    assert clock.monotonic_s() == 105.0


@given(st.floats(0, 4e9))
def test_unix_time_becomes_a_moment_in_utc_to_the_microsecond(seconds: float) -> None:
    moment = from_unix_s(seconds)

    assert moment.utcoffset() == timedelta(0)
    assert abs(moment.timestamp() - seconds) < 2e-6
