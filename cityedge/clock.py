"""Time as a value: the rim asks a clock, pure code is handed what it said."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The time of day, UTC, timezone-aware. May step when the clock is set."""
        ...

    def monotonic_s(self) -> float:
        """Seconds since some fixed moment; never goes back and never steps."""
        ...


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """The time of day, UTC."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()


@dataclass
class ManualClock:
    """A clock that moves when it is told to; for tests and for replaying recorded time.

    Attributes:
        time: What :meth:`now` answers.
        monotonic: What :meth:`monotonic_s` answers, in seconds.
    """

    time: datetime
    monotonic: float = 0.0

    def now(self) -> datetime:
        """The time that was set."""
        return self.time

    def monotonic_s(self) -> float:
        """The monotonic time that was set."""
        return self.monotonic

    def advance(self, seconds: float) -> None:
        """Move both times forward.

        Args:
            seconds: By how much; the time of day and the monotonic time move alike.
        """
        self.time += timedelta(seconds=seconds)
        self.monotonic += seconds


def from_unix_s(seconds: float) -> datetime:
    """The moment that lies ``seconds`` after 1970-01-01T00:00:00Z.

    Args:
        seconds: Unix time; fractions are kept to the microsecond.

    Returns:
        The moment, UTC, timezone-aware.
    """
    return datetime.fromtimestamp(seconds, UTC)
