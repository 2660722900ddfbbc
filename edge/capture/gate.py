"""Leaves out frames beyond a rate, by their timestamps, before anything is spent on them."""

_EARLY_SHARE = 0.25
"""How much of an interval a frame may come early: cameras and millisecond timestamps jitter."""


class RateGate:
    """Lets at most ``max_fps`` frames a second through, spread as evenly as they come.

    It works on capture timestamps, not on the moment of the question: the backlog that a camera sends after a
    reconnect holds no more admitted frames than the scene time that it covers.

    Args:
        max_fps: Frames a second of capture time, over 0; ``None`` lets everything through.
    """

    def __init__(self, max_fps: float | None) -> None:
        self._interval_s = 1.0 / max_fps if max_fps else 0.0
        self._due_s = float("-inf")

    def admits(self, time_s: float) -> bool:
        """Whether the frame captured at this time is wanted.

        Args:
            time_s: Capture time on any scale that does not run backwards; ask once per frame, in order.

        Returns:
            ``True`` where it is wanted, and then the next one is due an interval later. Rates between
            ``max_fps`` and its double are thinned to ``max_fps`` on average, not to half of theirs.
        """
        early_s = _EARLY_SHARE * self._interval_s
        if time_s + early_s < self._due_s:
            return False
        # From due to due, not from frame to frame: lateness within an interval must not lower the rate.
        following_s = self._due_s + self._interval_s
        self._due_s = following_s if following_s > time_s else time_s + self._interval_s
        return True
