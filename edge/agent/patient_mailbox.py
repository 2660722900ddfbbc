"""A mailbox that waits: for recordings that are counted as fast as possible, every frame of them."""

from edge.capture.mailbox import Mailbox
from edge.types import Frame


class PatientMailbox(Mailbox):
    """Like a mailbox, but whoever puts a frame waits until the one before was taken."""

    def put(self, frame: Frame) -> None:
        """Leave a frame as soon as there is room; dropped where the box is closed meanwhile.

        Args:
            frame: The next frame.
        """
        with self.changed:
            self.changed.wait_for(lambda: not self.full or self.closed)
            if not self.closed:
                super().put(frame)

    def take(self, timeout_s: float = 0.0) -> Frame | None:
        """Take the frame out, and let the next one in.

        Args:
            timeout_s: How long to wait for one where the box is empty; real time.

        Returns:
            The frame; ``None`` where none came in time, or the box is empty and closed.
        """
        with self.changed:
            frame = super().take(timeout_s)
            self.changed.notify_all()
            return frame
