"""Hours of the week, on the clocks of a given place."""

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.count.timetable import Timetable
from edge.settings.alarms import DAYS, Day, Hours

SAIGON = "Asia/Ho_Chi_Minh"
BERLIN = "Europe/Berlin"
WEEKDAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri")
DAY = Hours(days=WEEKDAYS, from_="08:30", to="17:00")
NIGHT = Hours(days=("fri",), from_="22:00", to="05:00")


def unix_s(local: str, time_zone: str = SAIGON, *, fold: int = 0) -> float:
    return dt.datetime.fromisoformat(local).replace(tzinfo=zoneinfo.ZoneInfo(time_zone), fold=fold).timestamp()


# The 20th of November 2026 is a Friday.
@pytest.mark.parametrize(
    ("hours", "local", "expected"),
    [
        pytest.param(DAY, "2026-11-20T08:29:59", False, id="a second before it begins"),
        pytest.param(DAY, "2026-11-20T08:30:00", True, id="when it begins"),
        pytest.param(DAY, "2026-11-20T16:59:59", True, id="a second before it ends"),
        pytest.param(DAY, "2026-11-20T17:00:00", False, id="when it ends"),
        pytest.param(DAY, "2026-11-21T12:00:00", False, id="on another day"),
        pytest.param(NIGHT, "2026-11-20T21:59:59", False, id="before the night"),
        pytest.param(NIGHT, "2026-11-20T23:00:00", True, id="before midnight"),
        pytest.param(NIGHT, "2026-11-21T00:00:00", True, id="at midnight, of the day before"),
        pytest.param(NIGHT, "2026-11-21T04:59:59", True, id="after midnight, of the day before"),
        pytest.param(NIGHT, "2026-11-21T05:00:00", False, id="when the night ends"),
        pytest.param(NIGHT, "2026-11-20T04:00:00", False, id="after the midnight before"),
        pytest.param(NIGHT, "2026-11-21T23:00:00", False, id="in the night of the day after"),
        pytest.param(Hours(days=("sun",)), "2026-11-22T00:00:00", True, id="a whole day, its beginning"),
        pytest.param(Hours(days=("sun",)), "2026-11-22T23:59:59", True, id="a whole day, its end"),
        pytest.param(Hours(days=("sun",)), "2026-11-23T00:00:00", False, id="the day after a whole day"),
        pytest.param(
            Hours(days=("fri",), from_="18:00", to="18:00"), "2026-11-21T17:59:00", True, id="24 hours from six on"
        ),
        pytest.param(
            Hours(days=("sun",), from_="22:00", to="05:00"),
            "2026-11-23T03:00:00",
            True,
            id="from Sunday to Monday",
        ),
        pytest.param(Hours(from_="22:00", to="00:00"), "2026-11-20T23:30:00", True, id="until midnight"),
        pytest.param(Hours(from_="22:00", to="00:00"), "2026-11-21T00:00:00", False, id="no longer than midnight"),
    ],
)
def test_hours(hours: Hours, local: str, expected: bool) -> None:  # noqa: FBT001
    assert Timetable([hours], SAIGON).open_at(unix_s(local)) is expected


def test_without_hours_it_is_always() -> None:
    assert Timetable([], "UTC").open_at(0.0)


def test_several_hours_add_up() -> None:
    timetable = Timetable([DAY, NIGHT], SAIGON)
    assert timetable.open_at(unix_s("2026-11-20T09:00"))
    assert timetable.open_at(unix_s("2026-11-20T23:00"))
    assert not timetable.open_at(unix_s("2026-11-20T19:00"))


def test_the_clocks_are_those_of_the_place_not_of_greenwich() -> None:
    # 23:00 in Vietnam on Friday is 16:00 in Greenwich.
    at_s = dt.datetime(2026, 11, 20, 16, 0, tzinfo=dt.UTC).timestamp()
    assert Timetable([NIGHT], SAIGON).open_at(at_s)
    assert not Timetable([NIGHT], "UTC").open_at(at_s)


EARLY = Hours(days=("sun",), from_="02:30", to="03:30")


# In Berlin clocks are set forward on 29 March 2026 at 02:00 to 03:00, back on 25 October 2026 at 03:00 to 02:00.
@pytest.mark.parametrize(
    ("at_s", "expected"),
    [
        pytest.param(unix_s("2026-03-29T01:59:59", BERLIN), False, id="before clocks are set forward"),
        pytest.param(unix_s("2026-03-29T03:00:00", BERLIN), True, id="half past two is skipped"),
        pytest.param(unix_s("2026-03-29T03:30:00", BERLIN), False, id="it ends by the new time"),
        pytest.param(unix_s("2026-10-25T02:45:00", BERLIN, fold=0), True, id="a quarter to three"),
        pytest.param(unix_s("2026-10-25T02:15:00", BERLIN, fold=1), False, id="a quarter past two once more"),
        pytest.param(unix_s("2026-10-25T02:45:00", BERLIN, fold=1), True, id="a quarter to three once more"),
    ],
)
def test_when_clocks_are_set_the_clock_on_the_wall_counts(at_s: float, expected: bool) -> None:  # noqa: FBT001
    assert Timetable([EARLY], BERLIN).open_at(at_s) is expected


def test_a_night_in_which_clocks_are_set_forward_is_an_hour_shorter() -> None:
    night = Timetable([Hours(days=("sat",), from_="22:00", to="05:00")], BERLIN)
    start_s = unix_s("2026-03-28T20:00", BERLIN)
    assert sum(night.open_at(start_s + minute * 60) for minute in range(24 * 60)) == 6 * 60


minutes = st.integers(0, 24 * 60 - 1)


@settings(deadline=None)  # a week is walked through; on a busy machine that takes its time
@given(st.sets(st.sampled_from(DAYS), min_size=1), minutes, minutes)
def test_hours_last_as_long_as_they_say_on_as_many_days_as_they_say(days: set[Day], begin: int, end: int) -> None:
    hours = Hours(days=tuple(days), from_=clock(begin), to=clock(end))
    timetable = Timetable([hours], "UTC")
    step = 20
    hits = sum(timetable.open_at(minute * 60.0) for minute in range(0, 7 * 24 * 60, step))
    length = (end - begin) % (24 * 60) or 24 * 60
    assert abs(hits * step - length * len(days)) <= step * len(days)


@given(minutes, minutes, st.integers(0, 7 * 24 * 60 - 1))
def test_swapping_begin_and_end_gives_the_other_part_of_every_day(a: int, b: int, at: int) -> None:
    one = Timetable([Hours(from_=clock(a), to=clock(b))], SAIGON)
    other = Timetable([Hours(from_=clock(b), to=clock(a))], SAIGON)
    assert a == b or one.open_at(at * 60.0) != other.open_at(at * 60.0)


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
