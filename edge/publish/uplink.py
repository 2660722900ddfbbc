"""The uplink thread: keeps a connection to the broker, and takes leave properly when it is told to stop."""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import msgspec

from cityedge.backoff import Backoff
from cityedge.broker import BrokerSettings
from cityedge.messages import StatusMessage
from edge.publish import diagnosis
from edge.publish.connection import Closed, Connection
from edge.publish.diagnosis import Diagnosis
from edge.publish.session import Address, Queue, Report, Session
from edge.publish.wakeup import Wakeup
from edge.publish.window import RESEND_S, SendWindow

_log = logging.getLogger(__name__)

_GOODBYE_WITHIN_S: Final = 3.0
_SAY_AGAIN_S: Final = 600.0
_STEADY_S: Final = 60.0
"""A connection that lasted so long was a good one, whatever ended it."""
_SUSPICIOUS_LIVES: Final = 3
"""So many connections that were opened and broke soon, one after the other, mean a rival of the same name:
not every broker says so (Mosquitto 2.0.11 just hangs up)."""


@dataclass(frozen=True)
class UplinkSettings:
    """How the uplink works.

    Attributes:
        broker: Where to.
        site: The site's name.
        gateway: The gateway's name.
        status_interval_s: How often the live status goes out.
        resend_s: How long the cloud may take to cover a row before it is sent again.
    """

    broker: BrokerSettings
    site: str
    gateway: str
    status_interval_s: float
    resend_s: float = RESEND_S

    @property
    def client_id(self) -> str:
        """Who we are to the broker."""
        return f"{self.site}-{self.gateway}"

    @property
    def address(self) -> Address:
        """Where our messages go."""
        return Address(self.broker.root, self.site, self.gateway)


class Uplink:
    """Sends what the outbox holds. :meth:`run` belongs to one thread; the other methods to any.

    Args:
        settings: How.
        queue: The outbox.
        status: Tells the live status; called in the uplink's thread.
        report: Told what people should know; called in the uplink's thread.
        rng: For jitter.
    """

    def __init__(
        self,
        settings: UplinkSettings,
        *,
        queue: Queue,
        status: Callable[[], StatusMessage],
        report: Report,
        rng: random.Random,
    ) -> None:
        self._settings = settings
        self._queue = queue
        self._status = status
        self._report = report
        self._window = SendWindow(rng=rng, resend_s=settings.resend_s)
        self._backoff = Backoff(first_s=1.0, most_s=30.0, rng=rng)
        self._wakeup = Wakeup()
        self._stopping = threading.Event()
        self._leave_at_s = 0.0
        self._complaint = _Complaint()
        self._short_lives = 0

    def wake(self) -> None:
        """There are new rows."""
        self._wakeup.ring()

    def stop(self, *, drain_s: float) -> None:
        """Send what is left, publish the last status and leave; :meth:`run` returns when that is done.

        Args:
            drain_s: How long the cloud may take to store what is left. Without a connection, or with nobody
                at its other end, there is nothing to wait for.
        """
        self._leave_at_s = time.monotonic() + drain_s
        self._stopping.set()
        self._wakeup.ring()

    def run(self, beat: Callable[[], None]) -> None:
        """Keep the rows flowing until :meth:`stop`.

        Args:
            beat: Called at least every few seconds, as a sign of life.

        Raises:
            ConfigError: A certificate, key or password file cannot be read.
            OutboxError: The outbox does not take or give rows.
        """
        while True:
            beat()
            last_try = self._stopping.is_set()
            self._connect_and_serve(beat)
            if last_try or self._stopping.is_set():
                break
            self._pause(self._backoff.next_s(), beat)
        self._wakeup.close()
        queued = self._queue.books().queued
        if queued:
            _log.warning("%d rows stay in the outbox and are sent after the next start", queued)

    def _connect_and_serve(self, beat: Callable[[], None]) -> None:
        will = msgspec.structs.replace(self._status(), online=False, books=None, cameras=())
        connection = Connection(
            self._settings.broker,
            client_id=self._settings.client_id,
            will=self._settings.address.of_status(will),
        )
        try:
            connection.open()
            self._serve(connection, beat)
        except OSError as error:
            self._complain(diagnosis.of_error(error, self._settings.broker))
        finally:
            connection.abandon()

    def _serve(self, connection: Connection, beat: Callable[[], None]) -> None:
        session = Session(
            connection,
            queue=self._queue,
            window=self._window,
            address=self._settings.address,
            status=self._status,
            report=self._report,
            status_interval_s=self._settings.status_interval_s,
        )
        began_s = time.monotonic()
        while session.closed is None:
            beat()
            before = session.opened
            session.turn(self._wakeup)
            if session.opened is not before:
                self._greet(session)
            if self._stopping.is_set() and self._may_leave(session):
                if session.opened:
                    session.finish(self._wakeup, within_s=_GOODBYE_WITHIN_S)
                return
            if time.monotonic() - began_s > _STEADY_S:
                self._short_lives = 0
                self._backoff.reset()
                self._report("duplicate_client_id", "")
        self._mourn(session.closed, had_opened=session.opened is not None)

    def _mourn(self, closed: Closed, *, had_opened: bool) -> None:
        """A connection is over: learn from it how long to wait, and whether somebody throws us out."""
        self._complain(closed.why)
        self._short_lives = self._short_lives + 1 if had_opened else 0
        if self._short_lives == 1:
            # Later ones wait longer: two gateways of one name must not throw each other out all day.
            self._backoff.reset()
        if closed.taken_over or self._short_lives >= _SUSPICIOUS_LIVES:
            self._report(
                "duplicate_client_id", str(diagnosis.of_rival(self._settings.broker, certain=closed.taken_over))
            )

    def _greet(self, session: Session) -> None:
        broker = self._settings.broker
        receive_maximum = session.opened.receive_maximum if session.opened else 0
        secured = "TLS" if broker.tls else "no TLS"
        _log.info(
            "connected to broker %s (MQTT 5, %s, receive maximum %d)",
            broker.address,
            secured,
            receive_maximum,
        )
        self._complaint = _Complaint()

    def _may_leave(self, session: Session) -> bool:
        if time.monotonic() >= self._leave_at_s or self._window.nobody_listens:
            return True
        return session.opened is not None and self._queue.books().queued == 0

    def _complain(self, why: Diagnosis) -> None:
        if self._complaint.is_news(str(why), now_s=time.monotonic()):
            _log.warning("%s. Counts stay on this gateway's disk and are sent when it is back", why)

    def _pause(self, seconds: float, beat: Callable[[], None]) -> None:
        until_s = time.monotonic() + seconds
        while not self._stopping.is_set() and (left_s := until_s - time.monotonic()) > 0:
            beat()
            self._wakeup.wait(min(left_s, 1.0))


class _Complaint:
    """What was said last, so that an outage of a day is not a log of a day."""

    def __init__(self) -> None:
        self._said = ""
        self._again_at_s = 0.0

    def is_news(self, text: str, *, now_s: float) -> bool:
        """Whether to say it: it was not said yet, or a while ago."""
        if text == self._said and now_s < self._again_at_s:
            return False
        self._said = text
        self._again_at_s = now_s + _SAY_AGAIN_S
        return True
