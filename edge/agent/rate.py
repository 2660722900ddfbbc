"""How many frames a second a camera really gets, over the last seconds."""

from collections import deque

_SPAN_S = 10.0


class RateMeter:
    """Counts events over the last ten seconds; times come in as values. Not thread-safe."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque()
        self._began_s: float | None = None

    def add(self, now_s: float) -> None:
        """An event happened.

        Args:
            now_s: When, on any scale that does not go back.
        """
        if self._began_s is None:
            self._began_s = now_s
        self._times_s.append(now_s)
        self._forget(now_s)

    def per_s(self, now_s: float) -> float:
        """How many there were a second.

        Args:
            now_s: The time.

        Returns:
            Over the last ten seconds, or since the first event where that is less long ago.
        """
        self._forget(now_s)
        if self._began_s is None or not self._times_s:
            return 0.0
        return len(self._times_s) / min(_SPAN_S, max(1.0, now_s - self._began_s))

    def _forget(self, now_s: float) -> None:
        while self._times_s and self._times_s[0] <= now_s - _SPAN_S:
            self._times_s.popleft()
