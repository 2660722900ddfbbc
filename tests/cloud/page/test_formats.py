from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cloud.page.formats import (
    Language,
    clock,
    day,
    duration,
    number,
    per,
    share,
    span,
    zone_label,
    zone_of,
)

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MOMENT = datetime(2026, 11, 22, 7, 3, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "digits", "english", "vietnamese"),
    [
        pytest.param(0, 0, "0", "0", id="zero"),
        pytest.param(1234567, 0, "1,234,567", "1.234.567", id="millions"),
        pytest.param(1234.56, 1, "1,234.6", "1.234,6", id="with a decimal"),
        pytest.param(None, 1, "–", "–", id="nobody looked"),
    ],
)
def test_numbers_have_the_separators_of_the_language(
    value: float | None, digits: int, english: str, vietnamese: str
) -> None:
    assert number(value, "en", digits=digits) == english
    assert number(value, "vi", digits=digits) == vietnamese


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(1.0, "100%", id="all"),
        pytest.param(0.9999, "99.9%", id="nearly all is not all"),
        pytest.param(0.987, "99%", id="most"),
        pytest.param(0.0, "0%", id="none"),
        pytest.param(None, "–", id="nobody knows"),
    ],
)
def test_a_share_is_never_rounded_up_to_a_whole_that_it_is_not(value: float | None, text: str) -> None:
    assert share(value, "en") == text


@pytest.mark.parametrize(
    ("seconds", "english", "vietnamese"),
    [
        pytest.param(-3, "0 s", "0 giây", id="a clock that is a little ahead"),
        pytest.param(59.9, "59 s", "59 giây", id="seconds"),
        pytest.param(60, "1 min", "1 phút", id="a minute"),
        pytest.param(7_199, "1 h", "1 giờ", id="an hour and more"),
        pytest.param(200_000, "2 d", "2 ngày", id="days"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_unit(seconds: float, english: str, vietnamese: str) -> None:
    assert duration(seconds, "en").replace("\xa0", " ") == english
    assert duration(seconds, "vi").replace("\xa0", " ") == vietnamese


def test_a_single_unit_goes_without_its_one() -> None:
    assert [per(seconds, "en").replace("\xa0", " ") for seconds in (60, 900, 20)] == ["min", "15 min", "20 s"]


@pytest.mark.parametrize(
    ("language", "text"), [pytest.param("en", "Sun 22 Nov", id="en"), pytest.param("vi", "CN 22/11", id="vi")]
)
def test_a_day_is_written_as_people_of_the_language_do(language: Language, text: str) -> None:
    assert day(MOMENT, HANOI, language).replace("\xa0", " ") == text


def test_times_are_those_of_the_zone() -> None:
    assert clock(MOMENT, HANOI) == "14:03"
    assert clock(MOMENT, UTC, seconds=True) == "07:03:25"


def test_a_window_is_told_in_seconds_only_where_minutes_would_not_tell_it() -> None:
    minute = MOMENT.replace(second=0)

    assert span(minute, minute + timedelta(minutes=1), HANOI) == "14:03–14:04"
    assert span(minute, minute + timedelta(seconds=10), HANOI) == "14:03:00–14:03:10"


@pytest.mark.parametrize(
    ("name", "label"),
    [
        pytest.param("Asia/Ho_Chi_Minh", "Ho Chi Minh (UTC+7)", id="whole hours"),
        pytest.param("Asia/Saigon", "Ho Chi Minh (UTC+7)", id="an old name"),
        pytest.param("Asia/Kathmandu", "Kathmandu (UTC+5:45)", id="and minutes"),
        pytest.param("America/New_York", "New York (UTC-5)", id="west"),
        pytest.param("UTC", "UTC", id="UTC"),
        pytest.param("", "UTC", id="not said"),
        pytest.param("Mars/Olympus", "UTC", id="unknown"),
        pytest.param("../../etc/passwd", "UTC", id="a path"),
    ],
)
def test_a_zone_is_told_by_its_place_and_its_distance(name: str, label: str) -> None:
    assert zone_label(MOMENT, zone_of(name)) == label
