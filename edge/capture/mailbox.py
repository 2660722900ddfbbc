"""Holds a camera's latest frame until somebody takes it: frames are never queued, old ones are dropped."""

import threading

from edge.types import Frame


class Mailbox:
    """One place for one frame; thread-safe.

    Args:
        changed: Notified when a frame is put or the box is closed. Boxes of several cameras may share one, so
            that one loop can wait for whichever comes first. ``None``: one of its own.
    """

    def __init__(self, changed: threading.Condition | None = None) -> None:
        self.changed = changed or threading.Condition()
        self._frame: Frame | None = None
        self._dropped = 0
        self._closed = False

    def put(self, frame: Frame) -> None:
        """Leave a frame, in the place of one that nobody took.

        Args:
            frame: The latest.
        """
        with self.changed:
            self._dropped += self._frame is not None
            self._frame = frame
            self.changed.notify_all()

    def take(self, timeout_s: float = 0.0) -> Frame | None:
        """Take the latest frame out.

        Args:
            timeout_s: How long to wait for one where the box is empty; real time.

        Returns:
            The frame; ``None`` where none came in time, or the box is empty and closed.
        """
        with self.changed:
            if timeout_s > 0:
                self.changed.wait_for(lambda: self._frame is not None or self._closed, timeout_s)
            frame, self._frame = self._frame, None
            return frame

    def close(self) -> None:
        """No more frames will come; what is in the box can still be taken."""
        with self.changed:
            self._closed = True
            self.changed.notify_all()

    @property
    def full(self) -> bool:
        """Whether a frame waits to be taken."""
        return self._frame is not None

    @property
    def closed(self) -> bool:
        """Whether no more frames will come."""
        return self._closed

    @property
    def dropped(self) -> int:
        """How many frames were replaced before somebody took them."""
        return self._dropped
