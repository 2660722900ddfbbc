"""The session with the broker: messages come in order, and are acknowledged when somebody says that they are safe.

A thread of its own keeps the connection and does nothing else: whoever works on messages may take all the time
that it needs. What is not acknowledged is delivered again after the next connection; the broker sends no more
than ``receive_maximum`` ahead, which bounds the queue here.
"""

import contextlib
import logging
import queue
import random
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from cityedge import topics
from cityedge.backoff import Backoff
from cityedge.broker import BrokerSettings
from cityedge.clock import Clock
from cityedge.messages import KINDS_UP
from cloud.receive import diagnosis
from cloud.receive.bell import Bell
from cloud.receive.connection import Connection
from cloud.settings import CollectorSettings
from cloud.types import Received

_log = logging.getLogger(__name__)
_TURN_S: Final = 1.0
_FIRST_RETRY_S: Final = 0.5
_MOST_RETRY_S: Final = 30.0
_STEADY_S: Final = 10.0
"""A connection that lasted so long was a good one: the next attempt after it comes soon."""
_SAY_EVERY: Final = 10
"""Of attempts that fail in a row, how many pass between two lines in the log."""

Change: TypeAlias = Literal["resumed", "new", "gone"]
"""The broker remembered our session, began one, or is out of reach."""


class Delivery(Struct, frozen=True):
    """A message on its way through the collector.

    Attributes:
        received: What came.
        connection: Over which connection: the number means nothing on another.
        number: What to acknowledge it by; 0 where the sender asked for no acknowledgement.
    """

    received: Received
    connection: Connection
    number: int


class Inbox:
    """Receives all that gateways send up.

    Args:
        broker: Where the broker is.
        settings: Who we are to it, and how much it may send ahead.
        clock: Stamps what comes.
        on_connection: Called from the inbox's thread when the connection comes or goes.
        rng: For the waits between attempts.

    Raises:
        ConfigError: A certificate, key or password file cannot be read.
    """

    def __init__(
        self,
        broker: BrokerSettings,
        settings: CollectorSettings,
        *,
        clock: Clock,
        on_connection: Callable[[Change], None],
        rng: random.Random,
    ) -> None:
        self._broker = broker
        self._settings = settings
        self._clock = clock
        self._on_connection = on_connection
        self._backoff = Backoff(first_s=_FIRST_RETRY_S, most_s=_MOST_RETRY_S, rng=rng)
        self._filters = [topics.up_filter(broker.root, kind) for kind in KINDS_UP]
        self._queue: queue.SimpleQueue[Delivery] = queue.SimpleQueue()
        self._safe: deque[Delivery] = deque()
        self._posts: deque[tuple[str, bytes]] = deque()
        self._stopping = threading.Event()
        self._failures = 0
        self._since_s = 0.0
        self._connection = self._new_connection()
        self._thread = threading.Thread(target=self._run, name="collector-inbox", daemon=True)

    def start(self) -> None:
        """Begin to connect, and go on until :meth:`stop`. Before it there is nothing to acknowledge or post."""
        self._bell = Bell()
        self._thread.start()

    def stop(self) -> None:
        """Send the acknowledgements that are due, say good-bye, and end. The broker keeps the session."""
        self._stopping.set()
        self._bell.ring()
        self._thread.join()
        self._bell.close()

    def take(self, most: int, *, first_within_s: float, rest_within_s: float) -> list[Delivery]:
        """The next messages in the order in which they came.

        Args:
            most: At most so many.
            first_within_s: How long to wait for the first.
            rest_within_s: How long, from the first on, to wait for more.

        Returns:
            Messages; none where none came.
        """
        taken: list[Delivery] = []
        try:
            taken.append(self._queue.get(timeout=first_within_s))
            until_s = self._clock.monotonic_s() + rest_within_s
            while len(taken) < most:
                taken.append(self._queue.get(timeout=max(0.0, until_s - self._clock.monotonic_s())))
        except queue.Empty:
            pass
        return taken

    def acknowledge(self, deliveries: Sequence[Delivery]) -> None:
        """These are safe: the broker may forget them. In the order in which they were taken."""
        self._safe.extend(deliveries)
        self._bell.ring()

    def post(self, topic: str, payload: bytes) -> None:
        """Publish a retained message where there is a connection; without one it is let go."""
        self._posts.append((topic, payload))
        self._bell.ring()

    def _new_connection(self) -> Connection:
        def deliver(topic: str, payload: bytes, number: int) -> None:
            self._queue.put(Delivery(Received(topic, payload, self._clock.now()), connection, number))

        connection = Connection(self._broker, self._settings, on_message=deliver)
        return connection

    def _run(self) -> None:
        while True:
            try:
                self._keep_connection()
            except Exception:  # noqa: BLE001 - the rim: the next connection may do better
                _log.exception("the connection to the broker failed in a way that nobody foresaw")
                self._connection.abandon("The connection failed in a way that nobody foresaw.")
            if self._stopping.is_set():
                break
            self._lost(self._connection.ended or "")
            self._stopping.wait(self._backoff.next_s())
            self._connection = self._new_connection()
        if self._connection.ended is None:
            self._send()
            self._connection.close()
        self._on_connection("gone")

    def _keep_connection(self) -> None:
        """Connect, and serve the connection until it ends or we are told to stop."""
        try:
            self._connection.open()
        except OSError as error:
            self._connection.abandon(diagnosis.of_error(error, self._broker))
        while self._connection.ended is None and not self._stopping.is_set():
            self._turn()

    def _turn(self) -> None:
        before = self._connection.session_present
        self._connection.turn(_TURN_S, self._bell)
        remembered = self._connection.session_present
        if before is None and remembered is not None and self._connection.ended is None:
            # Every time: the broker keeps what an older version of us asked for, and sends what it retains anew.
            self._connection.subscribe(self._filters)
            self._since_s = self._clock.monotonic_s()
            self._posts.clear()
            if remembered:
                self._forget_undelivered()
            self._on_connection("resumed" if remembered else "new")
        self._send()

    def _forget_undelivered(self) -> None:
        """What came over an earlier connection and was not taken yet comes again over this one: once is enough.

        A session that the broker began anew delivers none of it again, so there it is kept.
        """
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait()

    def _send(self) -> None:
        while self._safe:
            delivery = self._safe.popleft()
            if delivery.connection is self._connection and delivery.number:
                self._connection.acknowledge(delivery.number)
        while self._posts and self._connection.session_present is not None:
            self._connection.publish(*self._posts.popleft())

    def _lost(self, why: str) -> None:
        if self._connection.session_present is not None:
            self._on_connection("gone")
            if self._clock.monotonic_s() - self._since_s >= _STEADY_S:
                self._backoff.reset()
                self._failures = 0
        if self._failures % _SAY_EVERY == 0:
            _log.warning("%s Trying until it works.", why)
        self._failures += 1
