"""Moments as whole numbers: microseconds in the embedded store and the books, nanoseconds in InfluxDB."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


def to_us(moment: datetime) -> int:
    """Microseconds from 1970-01-01T00:00:00Z to a moment with a time zone; exact."""
    return (moment - _EPOCH) // _TICK


def from_us(microseconds: int) -> datetime:
    """The moment so many microseconds after 1970-01-01T00:00:00Z, UTC; exact."""
    return _EPOCH + timedelta(microseconds=microseconds)
