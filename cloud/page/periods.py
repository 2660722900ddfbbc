"""The ranges of time that the page offers, as start, end and bucket. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, Literal, TypeAlias, get_args

Period: TypeAlias = Literal["15min", "1h", "24h", "today"]
PERIODS: Final[tuple[Period, ...]] = get_args(Period)
DEFAULT_PERIOD: Final[Period] = "1h"

_LENGTH: Final = {"15min": timedelta(minutes=15), "1h": timedelta(hours=1), "24h": timedelta(hours=24)}
_BUCKET_S: Final = {"15min": 20, "1h": 60, "24h": 900, "today": 900}
"""Wanted length of a bucket: some fifty to a hundred bars, which a screen shows apart."""


@dataclass(frozen=True)
class Frame:
    """What a chart covers.

    Attributes:
        start: The beginning of its first bucket, UTC.
        end: This moment, UTC.
        bucket_s: Length of a bucket in seconds; a multiple of the window, so that no bucket is without one.
    """

    start: datetime
    end: datetime
    bucket_s: int


def period_of(name: str | None) -> Period:
    """The period of a name; the default where there is none of that name."""
    return name if name in PERIODS else DEFAULT_PERIOD


def frame(period: Period, *, now: datetime, zone: tzinfo, window_s: int) -> Frame:
    """What a period means at this moment.

    Args:
        period: Which.
        now: This moment.
        zone: Whose midnight ``today`` begins at.
        window_s: The longest window that cameras count in, whole seconds, 1 or more.

    Returns:
        The frame; it begins on a bucket's edge, so that it may be a little longer than its name says.
    """
    wanted = _BUCKET_S[period]
    bucket_s = -(-wanted // window_s) * window_s
    if period == "today":
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        begin = midnight.astimezone(UTC)
    else:
        begin = now - _LENGTH[period]
    start_s = int(begin.timestamp()) // bucket_s * bucket_s
    return Frame(datetime.fromtimestamp(start_s, UTC), now.astimezone(UTC), bucket_s)
