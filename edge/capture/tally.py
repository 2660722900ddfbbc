"""Counts what became of the pictures of one opening while they come."""

import threading

from edge.capture.source import CaptureCounters


class Tally:
    """The counters of one opening; thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counters = CaptureCounters()

    def add(self, *, decoded: int = 0, left_out: int = 0, bad: int = 0) -> None:
        """Count some more pictures.

        Args:
            decoded: Handed on.
            left_out: Passed over.
            bad: Damaged.
        """
        with self._lock:
            self._counters += CaptureCounters(decoded=decoded, left_out=left_out, bad=bad)

    @property
    def counters(self) -> CaptureCounters:
        """The counters at this moment."""
        return self._counters

    @property
    def seen(self) -> int:
        """How many pictures came so far, whatever became of them: the index of the next one."""
        counters = self._counters
        return counters.decoded + counters.left_out + counters.bad
