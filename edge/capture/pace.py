"""Plays a recording in real time."""

import threading

from cityedge.clock import Clock

_MOST_LATE_S = 0.5
"""Being later than this moves the whole schedule: a camera that was held up does not send everything at once."""


class Pacer:
    """Waits until a recording's frames are due; lateness is caught up without drift while it is small.

    Args:
        clock: Whose monotonic time is played against.
        closed: Ends every wait at once.
    """

    def __init__(self, clock: Clock, closed: threading.Event) -> None:
        self._clock = clock
        self._closed = closed
        self._zero_s: float | None = None

    def wait(self, time_s: float) -> None:
        """Return when the frame of this scene time is due, or when closed.

        Args:
            time_s: Scene time, rising from call to call.
        """
        now_s = self._clock.monotonic_s()
        if self._zero_s is None or now_s - (self._zero_s + time_s) > _MOST_LATE_S:
            self._zero_s = now_s - time_s
        due_s = self._zero_s + time_s
        while (left_s := due_s - self._clock.monotonic_s()) > 0 and not self._closed.wait(left_s):
            pass
