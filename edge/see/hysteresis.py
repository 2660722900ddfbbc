"""Hysteresis: two thresholds and two times, so that a state does not flap."""

from dataclasses import dataclass
from typing import Final

_LEAST_LOOKS: Final = 3
"""However slow the camera: one odd picture proves nothing."""


@dataclass(frozen=True)
class Bounds:
    """Where a figure turns bad, and where it is good again.

    Attributes:
        enter: From here on it is bad.
        leave: From here on it is good again; below ``enter`` where large is bad, above it where small is.
    """

    enter: float
    leave: float

    def judge(self, value: float, *, bad: bool) -> bool:
        """Whether a figure is bad.

        Args:
            value: The figure.
            bad: Whether it was bad before: between the bounds nothing changes.
        """
        large_is_bad = self.enter > self.leave
        if value >= self.enter if large_is_bad else value <= self.enter:
            return True
        if value <= self.leave if large_is_bad else value >= self.leave:
            return False
        return bad


class Watch:
    """Believes a change once it has lasted.

    Args:
        confirm_s: How long it must look bad.
        clear_s: How long it must look well again.
    """

    def __init__(self, *, confirm_s: float, clear_s: float) -> None:
        self._wait_s = {True: confirm_s, False: clear_s}
        self._pending_since_s: float | None = None
        self._looks = 0
        self.bad = False
        """What is believed."""
        self.since_s = 0.0
        """Since when it is so: when it began to look so."""

    def update(self, bad: bool, time_s: float, *, began_s: float | None = None) -> bool:  # noqa: FBT001 - a datum
        """Take in how it looks.

        Args:
            bad: Whether it looks bad.
            time_s: Scene time.
            began_s: When it began to look so, where that is known to be earlier.

        Returns:
            What is believed now.
        """
        if bad == self.bad:
            self._pending_since_s = None
            return self.bad
        if self._pending_since_s is None:
            self._pending_since_s, self._looks = (time_s if began_s is None else began_s), 0
        self._looks += 1
        if self._looks >= _LEAST_LOOKS and time_s - self._pending_since_s >= self._wait_s[bad]:
            self.bad, self.since_s = bad, self._pending_since_s
            self._pending_since_s = None
        return self.bad

    def skip(self) -> None:
        """It cannot be told how it looks: what is believed stays, and what was pending begins anew."""
        self._pending_since_s = None

    def restart(self, time_s: float) -> None:
        """Scene time begins anew: what is believed stays, what was pending does not."""
        self.skip()
        self.since_s = time_s
