"""What a caller's words ask for: parameters in, a checked question out. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

from cloud import schema
from cloud.errors import QueryError
from cloud.types import Measurement, SeriesQuestion

MOST_BUCKETS: Final = 20_000
"""Buckets per series in one answer over HTTP: two weeks of minutes."""
DEFAULT_SPAN: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Span:
    """A checked range of time.

    Attributes:
        start: From, inclusive.
        end: To, exclusive; after ``start``.
    """

    start: datetime
    end: datetime

    @property
    def length_s(self) -> float:
        """Its length in seconds."""
        return (self.end - self.start).total_seconds()


def measurement_of(name: str) -> Measurement:
    """The measurement of a name.

    Args:
        name: What the caller wrote.

    Returns:
        The same, known to be one.

    Raises:
        QueryError: There is no such measurement.
    """
    schema.table(name)
    return cast("Measurement", name)


def span_of(start: datetime | None, end: datetime | None, *, now: datetime) -> Span:
    """The range that a caller means.

    Args:
        start: From, timezone-aware; an hour before ``end`` where None.
        end: To, timezone-aware; now where None.
        now: The time, UTC.

    Returns:
        The range.

    Raises:
        QueryError: The end is not after the start.
    """
    until = end or now
    begin = start or until - DEFAULT_SPAN
    if until <= begin:
        raise QueryError(
            f"end: {until.isoformat()} is not after start, {begin.isoformat()}",
            cure="Ask for a range that begins before it ends.",
        )
    return Span(begin, until)


def check_buckets(span: Span, bucket_s: int) -> None:
    """Refuse a question whose answer would be endless.

    Args:
        span: The range.
        bucket_s: Length of a bucket in seconds.

    Raises:
        QueryError: More than ``MOST_BUCKETS`` buckets.
    """
    if span.length_s / bucket_s > MOST_BUCKETS:
        least = math.ceil(span.length_s / MOST_BUCKETS)
        raise QueryError(
            f"bucket_s: {span.length_s:.0f} s in buckets of {bucket_s} s are more than {MOST_BUCKETS}",
            cure=f"Ask for a shorter range, or for buckets of {least} s or more.",
        )


def where_of(words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The filter that ``tag:value`` words mean; words with the same tag are alternatives.

    Args:
        words: For example ``["camera:plaza", "class:car", "class:bus"]``.

    Returns:
        Values to keep, by tag.

    Raises:
        QueryError: A word that is not ``tag:value``.
    """
    kept: dict[str, tuple[str, ...]] = {}
    for word in words:
        tag, _, value = word.partition(":")
        if not tag or not value:
            raise QueryError(f"where: '{word}' is not tag:value", cure="Write it like where=camera:plaza.")
        kept[tag] = (*kept.get(tag, ()), value)
    return kept


def series_question(
    name: str,
    *,
    fields: Sequence[str],
    span: Span,
    bucket_s: int,
    where: Sequence[str],
    group_by: Sequence[str],
) -> SeriesQuestion:
    """The question for ``/series``.

    Args:
        name: The measurement's name.
        fields: Names of its fields.
        span: The range.
        bucket_s: Length of a bucket in seconds.
        where: ``tag:value`` words.
        group_by: Tags to keep apart.

    Returns:
        A question that a store can answer.

    Raises:
        QueryError: Something in it is unknown, or the answer would be endless.
    """
    check_buckets(span, bucket_s)
    question = SeriesQuestion(
        measurement=measurement_of(name),
        fields=tuple(dict.fromkeys(fields)),
        start=span.start,
        end=span.end,
        bucket_s=bucket_s,
        where=where_of(where),
        group_by=tuple(dict.fromkeys(group_by)),
    )
    schema.check(question)
    return question
