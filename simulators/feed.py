"""The newest picture of a camera, for any number of readers; who is slow misses pictures and delays nobody."""

import threading
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Shot:
    """One picture of a camera.

    Attributes:
        number: Number of the frame; later pictures have higher ones.
        jpeg: The picture as a JPEG file.
        captured: When it was taken, UTC.
    """

    number: int
    jpeg: bytes
    captured: datetime


class Feed:
    """Hands the newest picture to whoever waits for one. Safe to use from many threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._shot: Shot | None = None
        self._closed = False
        self._watched = False

    def publish(self, shot: Shot) -> None:
        """Make a picture the newest.

        Args:
            shot: The picture.
        """
        with self._changed:
            self._shot = shot
            self._changed.notify_all()

    def newer(self, number: int, *, timeout_s: float) -> Shot | None:
        """Wait for a picture that is newer than one that is known.

        Args:
            number: Of the picture that is known; -1 for none.
            timeout_s: How long to wait.

        Returns:
            The newest picture; None where none came in time, or where none will come any more.
        """
        with self._changed:
            self._watched = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._has_newer(number), timeout_s)
            return self._shot if self._has_newer(number) and not self._closed else None

    def watched(self, *, timeout_s: float) -> bool:
        """Wait until somebody has asked for a picture.

        Args:
            timeout_s: How long to wait.

        Returns:
            Whether somebody has.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._watched, timeout_s)

    def close(self) -> None:
        """Say that no picture will come any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _has_newer(self, number: int) -> bool:
        return self._shot is not None and self._shot.number > number
