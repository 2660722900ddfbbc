"""What the uplink does over one connection: rows in a bounded window, the cloud's watermark, live status."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import msgspec

from cityedge import topics
from cityedge.codec import decode, encode
from cityedge.errors import ContractError
from cityedge.messages import Books, StatusMessage, StoredMessage
from edge.publish.connection import Answered, Closed, Connection, Event, Message, Opened, Subscribed
from edge.publish.diagnosis import FAILURE, NO_SUBSCRIBERS
from edge.publish.wakeup import Wakeup
from edge.publish.window import IN_FLIGHT_MOST, SendWindow
from edge.types import OutboxRow

_log = logging.getLogger(__name__)

_TURN_S: Final = 0.5
_WATERMARK_WITHIN_S: Final = 0.5
"""How long the retained watermark may take after the subscription: sending before it comes repeats rows."""

Report = Callable[[str, str], None]
"""Told a rule's name and what is wrong; an empty text says that it is over."""


class Queue(Protocol):
    """What the uplink needs of the outbox, which is another stage."""

    @property
    def epoch(self) -> str:
        """Within which seqs are unique."""
        ...

    def pending(self, *, after: int, limit: int) -> Sequence[OutboxRow]:
        """Rows over a seq that the cloud does not have yet, lowest first."""
        ...

    def accounted(self, epoch: str, seq: int) -> None:
        """The cloud has everything up to there."""

    def books(self) -> Books:
        """The gateway's side of the balance."""
        ...


@dataclass(frozen=True)
class Address:
    """Where our messages go.

    Attributes:
        root: First levels of every topic.
        site: The site's name.
        gateway: The gateway's name.
    """

    root: str
    site: str
    gateway: str

    def of_row(self, row: OutboxRow) -> Message:
        """A row as it is published."""
        levels = (self.root, topics.VERSION, self.site, self.gateway, row.kind, row.source)
        return Message("/".join(levels), row.payload)

    def of_status(self, status: StatusMessage) -> Message:
        """A status as it is published: retained, so that whoever asks later knows."""
        return Message(topics.topic_of(self.root, status), encode(status), retain=True)

    @property
    def watermark(self) -> str:
        """The subscription to what the cloud has stored of us."""
        return topics.down_filter(self.root, site=self.site, gateway=self.gateway, kind="stored")


class Session:
    """One connection's work. Not thread-safe.

    Args:
        connection: Opening or open.
        queue: The outbox.
        window: Which rows to send; outlives the session.
        address: Where messages go.
        status: Tells the live status.
        report: Told what people should know.
        status_interval_s: How often the live status goes out.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        queue: Queue,
        window: SendWindow,
        address: Address,
        status: Callable[[], StatusMessage],
        report: Report,
        status_interval_s: float,
    ) -> None:
        self._connection = connection
        self._queue = queue
        self._window = window
        self._address = address
        self._status = status
        self._report = report
        self._status_interval_s = status_interval_s
        self._epoch = queue.epoch
        self._rows_from_s: float | None = None
        self._status_at_s = 0.0
        self._refused: str | None = None
        self._receive_maximum = 1
        self._unacknowledged: set[int] = set()
        self.opened: Opened | None = None
        self.closed: Closed | None = None

    def turn(self, wakeup: Wakeup) -> None:
        """Wait for something to happen or to do, and do it.

        Args:
            wakeup: Rung when rows were added or the uplink is to stop.

        Raises:
            OutboxError: The outbox does not take or give rows.
        """
        for event in self._connection.turn(_TURN_S, wakeup):
            self._take(event)
        now_s = time.monotonic()
        if self.opened is None or self.closed is not None:
            return
        if self._rows_from_s is not None and now_s >= self._rows_from_s and self._has_place_for_rows():
            self._send_rows(now_s)
        if now_s >= self._status_at_s and self._has_place_for_status():
            self._publish_status(self._status())
            self._status_at_s = now_s + self._status_interval_s

    def finish(self, wakeup: Wakeup, *, within_s: float) -> None:
        """Publish the last status, offline and with the final books, and say goodbye.

        Args:
            wakeup: As for :meth:`turn`.
            within_s: How long the broker may take to acknowledge it.
        """
        deadline_s = time.monotonic() + within_s
        self._publish_status(msgspec.structs.replace(self._status(), online=False))
        while self._unacknowledged and self.closed is None and time.monotonic() < deadline_s:
            for event in self._connection.turn(_TURN_S, wakeup):
                self._take(event)
        self._connection.close()

    def _take(self, event: Event) -> None:
        match event:
            case Opened():
                self._begin(event)
            case Subscribed(refused=refused):
                self._rows_from_s = time.monotonic() + _WATERMARK_WITHIN_S
                self._tell_refused_watermark(refused)
            case Answered():
                self._acknowledge(event)
            case Message():
                self._read_watermark(event)
            case Closed():
                self.closed = event

    def _begin(self, opened: Opened) -> None:
        self.opened = opened
        self._receive_maximum = opened.receive_maximum
        # One place stays free for the status, which the broker counts like any other.
        most = min(IN_FLIGHT_MOST, max(1, opened.receive_maximum - 1))
        self._window.connected(in_flight_most=most)
        self._connection.subscribe(self._address.watermark)

    def _has_place_for_rows(self) -> bool:
        return self._receive_maximum > 1 or not self._unacknowledged

    def _has_place_for_status(self) -> bool:
        # A broker that does not acknowledge one status is not given a second.
        return not self._unacknowledged and (self._receive_maximum > 1 or not self._window.in_flight)

    def _send_rows(self, now_s: float) -> None:
        if self._queue.epoch != self._epoch:
            self._epoch = self._queue.epoch
            self._window.begin_epoch()
        for seq in self._window.again(now_s):
            rows = self._queue.pending(after=seq - 1, limit=1)
            if rows and rows[0].seq == seq:
                self._send(rows[0], now_s)
            else:
                self._window.forget(seq)
        room = self._window.room(now_s)
        if room > 0:
            for row in self._queue.pending(after=self._window.next_after, limit=room):
                self._send(row, now_s)

    def _send(self, row: OutboxRow, now_s: float) -> None:
        mid = self._connection.publish(self._address.of_row(row))
        self._window.sent(row.seq, mid=mid, now_s=now_s)

    def _publish_status(self, status: StatusMessage) -> None:
        self._unacknowledged.add(self._connection.publish(self._address.of_status(status)))

    def _acknowledge(self, answer: Answered) -> None:
        if answer.mid in self._unacknowledged:
            self._unacknowledged.discard(answer.mid)
            if answer.code >= FAILURE:
                self._tell_refused(f"the broker refuses our status: {answer.reason}")
            return
        now_s = time.monotonic()
        if answer.code >= FAILURE:
            self._window.failed(answer.mid, now_s=now_s)
            self._tell_refused(f"the broker refuses our messages: {answer.reason}")
        elif answer.code == NO_SUBSCRIBERS:
            if not self._window.nobody_listens:
                _log.warning(
                    "nobody listens to %s/…: rows stay here and are offered again. Start the collector "
                    "('cityedge cloud run'), and check that its topic root is the same",
                    self._address.root,
                )
            self._window.unheard(answer.mid, now_s=now_s)
        else:
            self._window.delivered(answer.mid)
            self._tell_accepted()

    def _tell_refused(self, text: str) -> None:
        if text != self._refused:
            self._refused = text
            _log.error("%s. Rows stay here and are offered again. Look into the broker's access rules", text)
            self._report("publish_refused", text)

    def _tell_accepted(self) -> None:
        if self._refused:
            _log.info("the broker accepts our messages again")
        if self._refused != "":
            self._refused = ""
            self._report("publish_refused", "")

    def _tell_refused_watermark(self, refused: str) -> None:
        text = f"the broker does not let us read {self._address.watermark}: {refused}" if refused else ""
        if text:
            _log.error("%s. Rows will not leave the outbox. Look into the broker's access rules", text)
        self._report("watermark_refused", text)

    def _read_watermark(self, arrived: Message) -> None:
        try:
            message = decode(arrived.payload)
            topics.check_belongs(topics.parse(self._address.root, arrived.topic), message)
        except ContractError as error:
            _log.warning("%s: not understood and left aside: %s", arrived.topic, error)
            return
        if not isinstance(message, StoredMessage) or message.epoch != self._queue.epoch:
            return
        self._queue.accounted(message.epoch, message.seq)
        self._window.covered(message.seq, now_s=time.monotonic())
        self._rows_from_s = time.monotonic()
