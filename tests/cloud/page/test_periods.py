from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloud.page.periods import PERIODS, Period, frame, period_of

NOW = datetime(2026, 11, 22, 7, 3, 25, tzinfo=UTC)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("period", "start", "bucket_s"),
    [
        pytest.param("15min", datetime(2026, 11, 22, 6, 48, tzinfo=UTC), 60, id="a quarter"),
        pytest.param("1h", datetime(2026, 11, 22, 6, 3, tzinfo=UTC), 60, id="an hour"),
        pytest.param("24h", datetime(2026, 11, 21, 7, 0, tzinfo=UTC), 900, id="a day"),
        pytest.param("today", datetime(2026, 11, 21, 17, 0, tzinfo=UTC), 900, id="since midnight in Hanoi"),
    ],
)
def test_a_period_begins_on_a_buckets_edge(period: Period, start: datetime, bucket_s: int) -> None:
    shown = frame(period, now=NOW, zone=HANOI, window_s=60)

    assert (shown.start, shown.end, shown.bucket_s) == (start, NOW, bucket_s)


def test_short_windows_give_a_quarter_of_an_hour_finer_bars() -> None:
    assert frame("15min", now=NOW, zone=UTC, window_s=10).bucket_s == 20


@given(
    st.sampled_from(PERIODS),
    st.integers(1, 3600),
    st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds are naive
)
def test_every_bucket_holds_whole_windows_and_the_frame_the_whole_period(
    period: Period, window_s: int, now: datetime
) -> None:
    shown = frame(period, now=now, zone=HANOI, window_s=window_s)

    assert shown.bucket_s % window_s == 0
    assert shown.start.timestamp() % shown.bucket_s == 0
    assert shown.start <= now == shown.end
    if period == "1h":
        assert timedelta(hours=1) <= shown.end - shown.start < timedelta(hours=1, seconds=shown.bucket_s + 1)


def test_an_unknown_period_is_the_usual_one() -> None:
    assert [period_of(name) for name in ("24h", "century", None)] == ["24h", "1h", "1h"]
