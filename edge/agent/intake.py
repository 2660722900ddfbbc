"""Messages on their way into the outbox: gathered, so that one commit carries what all cameras closed at once."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from cityedge.messages import SequencedMessage
from edge.errors import OutboxError

_log = logging.getLogger(__name__)

MOST: Final = 10_000
"""Messages that wait in memory for a disk that takes none: weeks of one camera, and yet only some megabytes."""
_IN_ONE_COMMIT: Final = 1_000


class Intake:
    """A bounded place in memory before the outbox; any thread puts, one thread flushes.

    Args:
        append: Makes messages durable: :meth:`edge.outbox.outbox.Outbox.append`.
        most: How many may wait; over it the oldest are dropped, counted and logged.
    """

    def __init__(self, append: Callable[[Sequence[SequencedMessage]], object], *, most: int = MOST) -> None:
        self._append = append
        self._most = most
        self._lock = threading.Lock()
        self._waiting: deque[SequencedMessage] = deque()
        self._arrived = threading.Event()
        self._dropped = 0

    def put(self, messages: Sequence[SequencedMessage]) -> None:
        """Leave messages; never waits for the disk.

        Args:
            messages: Not numbered yet.
        """
        if not messages:
            return
        with self._lock:
            self._waiting.extend(messages)
            while len(self._waiting) > self._most:
                self._waiting.popleft()
                self._dropped += 1
        self._arrived.set()

    def wait(self, timeout_s: float) -> bool:
        """Wait until something was put.

        Args:
            timeout_s: How long at most.

        Returns:
            Whether something waits.
        """
        return self._arrived.wait(timeout_s)

    def flush(self) -> int:
        """Hand everything to the outbox, in order.

        Returns:
            How many messages became durable.

        Raises:
            OutboxError: The disk does not take them; they are kept for the next time.
        """
        flushed = 0
        while group := self._next_group():
            try:
                self._append(group)
            except OutboxError:
                self._put_back(group)
                raise
            flushed += len(group)
        return flushed

    @property
    def dropped(self) -> int:
        """How many messages were dropped because the disk did not take any for too long."""
        return self._dropped

    def _next_group(self) -> list[SequencedMessage]:
        with self._lock:
            self._arrived.clear()
            return [self._waiting.popleft() for _ in range(min(_IN_ONE_COMMIT, len(self._waiting)))]

    def _put_back(self, group: Sequence[SequencedMessage]) -> None:
        with self._lock:
            self._waiting.extendleft(reversed(group))
