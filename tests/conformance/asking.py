"""Questions to a store, for short."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from cloud.types import Series, SeriesQuestion
from tests.support.entries import NOON

HOUR = timedelta(hours=1)


def question(**changes: Any) -> SeriesQuestion:
    """People over all lines, minute by minute of the hour from noon on, but for what is changed."""
    asked = SeriesQuestion(
        measurement="crossing",
        fields=("in", "out"),
        start=NOON,
        end=NOON + HOUR,
        bucket_s=60,
        where={},
        group_by=(),
    )
    return replace(asked, **changes)


def only(found: Any) -> Series:
    """The one series that there is."""
    (series,) = found
    assert isinstance(series, Series)
    return series
