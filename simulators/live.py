"""A street that runs with the clock: each frame is drawn when it is due, and published as a camera would."""

import math
import threading
from datetime import datetime, timedelta
from typing import Any, Final

from cityedge.clock import Clock
from simulators.feed import Feed, Shot
from simulators.street import raster
from simulators.street.report import truth_report
from simulators.street.street import Street

_QUALITY: Final = 88
_LOOK_EVERY_S: Final = 0.2


class LiveStreet:
    """Runs a street in real time.

    Args:
        street: The street, not yet looked at.
        clock: Paces it.

    Attributes:
        feed: Its pictures.
    """

    def __init__(self, street: Street, clock: Clock) -> None:
        self.feed = Feed()
        self._street = street
        self._clock = clock
        self._lock = threading.Lock()
        self._started: datetime | None = None
        self._shown_s = 0.0

    def await_viewer(self, stop: threading.Event) -> None:
        """Wait until somebody looks, so that nothing happens that nobody could have seen.

        Args:
            stop: Ends the waiting when it is set.
        """
        while not stop.is_set() and not self.feed.watched(timeout_s=_LOOK_EVERY_S):
            pass

    def run(self, stop: threading.Event, *, end_s: float | None = None) -> None:
        """Draw and publish until told to stop. Frames for which there was no time are left out.

        Args:
            stop: Ends the run when it is set.
            end_s: Ends the run at this scene time; never where None.
        """
        fps = self._street.setting.fps
        begun_s = self._clock.monotonic_s()
        self._started = started = self._clock.now()
        index = 0
        while not stop.is_set() and (end_s is None or index < end_s * fps):
            if self._street.arrives(index):
                self._show(index, started)
            passed_s = self._clock.monotonic_s() - begun_s
            index = max(index + 1, math.floor(passed_s * fps))
            stop.wait(max(0.0, index / fps - passed_s))
        self.feed.close()

    def _show(self, index: int, started: datetime) -> None:
        with self._lock:
            picture = self._street.frame(index)
            self._shown_s = self._street.time_s(index)
        captured = started + timedelta(seconds=self._street.time_s(index))
        self.feed.publish(Shot(index, raster.jpeg(picture, _QUALITY), captured))

    def truth(self) -> dict[str, Any]:
        """The truth up to the newest frame; may be asked from any thread.

        Returns:
            As :func:`simulators.street.report.truth_report` says, with wall-clock times.
        """
        with self._lock:
            end_s = max(self._shown_s, 1 / self._street.setting.fps)
            return truth_report(self._street, end_s, started=self._started)
