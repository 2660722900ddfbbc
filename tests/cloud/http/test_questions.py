from datetime import UTC, datetime, timedelta

import pytest

from cloud.errors import QueryError
from cloud.http.answers import plain, rfc3339
from cloud.http.parameters import words
from cloud.http.questions import MOST_BUCKETS, Span, check_buckets, span_of, where_of

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        pytest.param(None, None, Span(NOON - timedelta(hours=1), NOON), id="the last hour"),
        pytest.param(NOON - timedelta(days=1), None, Span(NOON - timedelta(days=1), NOON), id="up to now"),
        pytest.param(
            None,
            NOON - timedelta(days=1),
            Span(NOON - timedelta(days=1, hours=1), NOON - timedelta(days=1)),
            id="the hour before the end",
        ),
    ],
)
def test_an_absent_end_of_a_range_has_its_default(
    start: datetime | None, end: datetime | None, span: Span
) -> None:
    assert span_of(start, end, now=NOON) == span


def test_a_range_that_begins_in_the_future_is_refused() -> None:
    with pytest.raises(QueryError, match="not after start"):
        span_of(NOON + timedelta(seconds=1), None, now=NOON)


def test_the_most_buckets_pass_and_one_more_does_not() -> None:
    check_buckets(Span(NOON, NOON + timedelta(seconds=MOST_BUCKETS)), 1)

    with pytest.raises(QueryError) as caught:
        check_buckets(Span(NOON, NOON + timedelta(seconds=MOST_BUCKETS + 1)), 1)

    assert "buckets of 2 s or more" in caught.value.cure


def test_filters_on_one_tag_are_alternatives() -> None:
    assert where_of(["class:car", "camera:a:b", "class:bus"]) == {"class": ("car", "bus"), "camera": ("a:b",)}


def test_names_may_be_repeated_or_stand_with_commas_between() -> None:
    assert words(["in, out", "frames", ","]) == ["in", "out", "frames"]


def test_moments_are_written_in_utc() -> None:
    assert rfc3339(datetime.fromisoformat("2026-03-01T19:00:00.250000+07:00")) == "2026-03-01T12:00:00.250000Z"


def test_counts_are_written_without_a_decimal_point() -> None:
    assert repr(plain(3.0)) == "3"
    assert repr(plain(0.25)) == "0.25"
