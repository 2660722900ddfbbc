"""What one camera has to say: that it is away, that it cannot see, and what its alarms found."""

import logging
import threading
from typing import Final

from cityedge.clock import from_unix_s
from cityedge.messages import SeeState
from edge.agent.alerts import Alert, AlertBoard
from edge.types import AlarmChange, Frame, Sight

_log = logging.getLogger(__name__)

_WELL: Final[SeeState] = "ok"


class CameraAlerts:
    """One camera's alerts; any thread may call it.

    While a camera is offline nothing is said of how it sees: one cause, one alert.

    Args:
        camera: The camera's name.
        board: Where alerts go.
    """

    def __init__(self, camera: str, board: AlertBoard) -> None:
        self._camera = camera
        self._board = board
        self._lock = threading.Lock()
        self._offline = Alert(camera, "camera_offline")
        self._away = False
        self._see: SeeState = _WELL

    def away(self, why: str) -> None:
        """Say that no frames come."""
        with self._lock:
            self._away = True
            if self._see != _WELL:
                self._board.clear(self._of(self._see), "the camera is offline")
                self._see = _WELL
            self._board.raise_(self._offline, why)

    def back(self) -> None:
        """Say that frames come."""
        with self._lock:
            self._away = False
            self._board.clear(self._offline)

    def sight(self, sight: Sight, frame: Frame) -> None:
        """Say how it sees, where that has changed.

        Args:
            sight: How it sees.
            frame: The frame at which that is known; the alert has its time.
        """
        with self._lock:
            if self._away or sight.state == self._see:
                return
            at = from_unix_s(frame.captured_unix_s)
            if self._see != _WELL:
                now = "it sees well again" if sight.state == _WELL else f"it is {sight.state} now"
                self._board.clear(self._of(self._see), now, at=at)
            if sight.state == _WELL:
                _log.info("camera %s: it sees well again", self._camera)
            else:
                _log.warning("camera %s: %s: %s", self._camera, sight.state, sight.text)
                self._board.raise_(self._of(sight.state), sight.text, at=at)
            self._see = sight.state

    def end(self) -> None:
        """Clear everything, because the gateway stops: nobody looks any longer."""
        with self._lock:
            why = "the gateway stops"
            if self._see != _WELL:
                self._board.clear(self._of(self._see), why)
                self._see = _WELL
            self._board.clear(self._offline, why)

    def alarm(self, change: AlarmChange, *, unix_s: float) -> None:
        """Say what an alarm found.

        Args:
            change: What.
            unix_s: When, Unix time.
        """
        alert = Alert(self._camera, change.rule, change.severity, change.place)
        say = {"raised": self._board.raise_, "cleared": self._board.clear, "happened": self._board.say}
        say[change.state](alert, change.text, value=change.value, at=from_unix_s(unix_s))

    def _of(self, state: SeeState) -> Alert:
        return Alert(self._camera, f"camera_{state}")
