"""The flow of one message: received, judged, stored, shown, acknowledged; and its gateway is told.

Nothing is acknowledged before it is durable, and nothing is given up: while the store takes nothing, the broker
keeps what is on its way. What can never be stored goes to the dead letters, and is then acknowledged too.
"""

import logging
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self, TypeVar

from cityedge.backoff import Backoff
from cityedge.broker import BrokerSettings
from cityedge.clock import Clock
from cityedge.codec import encode
from cityedge.messages import CountMessage, StatusMessage, StoredMessage
from cityedge.topics import topic_of
from cloud.errors import StoreBusyError
from cloud.live import LiveState
from cloud.receive.inbox import Change, Delivery, Inbox
from cloud.receive.watermarks import Watermarks
from cloud.rows import rows_of
from cloud.settings import CollectorSettings
from cloud.types import Entry, Identity, Received, Refusal, StatusReport, Store
from cloud.validate import identity_of, judge

_log = logging.getLogger(__name__)
T = TypeVar("T")

_IDLE_S: Final = 0.25
"""How long the worker waits for a message before it looks whether a watermark is due."""
_WATERMARK_EVERY_S: Final = 0.5
_FIRST_RETRY_S: Final = 0.25
_MOST_RETRY_S: Final = 15.0


class _Stopped(Exception):  # noqa: N818 - not an error: somebody asked us to stop while the store was busy
    """Leave what is in hand: it was not acknowledged, so the broker keeps it."""


@dataclass
class _Batch:
    """Messages that are stored and acknowledged together."""

    entries: list[Entry] = field(default_factory=list)
    reports: list[StatusReport] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    origins: dict[Identity, Received] = field(default_factory=dict)

    def add(self, entry: Entry, received: Received) -> None:
        self.entries.append(entry)
        self.origins.setdefault(entry.identity, received)

    def refusal(self, entry: Entry, reason: str) -> Refusal:
        """What the store named as bad, as a dead letter."""
        origin = self.origins[entry.identity]
        return Refusal(origin.topic, origin.payload, reason, origin.at, entry.identity)


class Collector:
    """Collects what gateways send, from a broker into a store.

    Args:
        broker: Where the broker is.
        settings: How to collect.
        store: Where to; the collector is the only one who writes to it.
        live: Where the newest is shown.
        clock: The time.
        rng: For the waits between attempts.
        on_failure: Called, from a thread of the collector's, when it failed in a way that nobody foresaw and
            cannot go on. Start a new one: the broker has kept what was not stored.

    Attributes:
        failed: Whether it did.

    Raises:
        ConfigError: A certificate, key or password file cannot be read.
    """

    def __init__(
        self,
        broker: BrokerSettings,
        settings: CollectorSettings,
        *,
        store: Store,
        live: LiveState,
        clock: Clock,
        rng: random.Random,
        on_failure: Callable[[], None] | None = None,
    ) -> None:
        self.failed = False
        self._on_failure = on_failure
        self._broker = broker
        self._settings = settings
        self._store = store
        self._live = live
        self._clock = clock
        self._backoff = Backoff(first_s=_FIRST_RETRY_S, most_s=_MOST_RETRY_S, rng=rng)
        self._watermarks = Watermarks(every_s=_WATERMARK_EVERY_S)
        self._was_connected = False
        self._tell_all = threading.Event()
        self._stopping = threading.Event()
        self._inbox = Inbox(broker, settings, clock=clock, on_connection=self._on_connection, rng=rng)
        self._worker = threading.Thread(target=self._run, name="collector-worker", daemon=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Begin to collect. A broker or store that is not there is waited for, for ever."""
        self._inbox.start()
        self._worker.start()

    def stop(self) -> None:
        """Store and acknowledge what came, then end; the broker collects for us until the next start."""
        self._stopping.set()
        self._worker.join()
        self._inbox.stop()

    def _run(self) -> None:
        try:
            while self._turn():
                pass
        except _Stopped:
            _log.warning("stopped while the store took nothing: the broker keeps what is not stored")
        except Exception:  # noqa: BLE001 - the rim: a thread must not end without a word
            _log.exception("the collector failed in a way that nobody foresaw; it must be started anew")
            self.failed = True
            if self._on_failure is not None:
                self._on_failure()

    def _turn(self) -> bool:
        """Collect what came; whether there is more to do."""
        stopping = self._stopping.is_set()
        deliveries = self._inbox.take(
            self._settings.batch_messages,
            first_within_s=0.0 if stopping else _IDLE_S,
            rest_within_s=0.0 if stopping else self._settings.batch_wait_s,
        )
        if deliveries:
            self._collect(deliveries)
        self._tell_watermarks()
        return bool(deliveries) or not stopping

    def _collect(self, deliveries: Sequence[Delivery]) -> None:
        """One batch, from the broker's hands into the store's."""
        batch = self._judged(deliveries)
        outcome = self._persist(lambda: self._store.write(batch.entries))
        refusals = batch.refusals + [batch.refusal(entry, reason) for entry, reason in outcome.refused]
        if refusals:
            self._persist(lambda: self._store.refuse(refusals))
        if batch.reports:
            self._persist(lambda: self._store.save_statuses(batch.reports))
        self._live.note_counts(
            [entry.message for entry in outcome.stored if isinstance(entry.message, CountMessage)]
        )
        self._live.note_written(
            at=self._clock.now(),
            stored=len(outcome.stored),
            duplicates=len(outcome.duplicates),
            refused=len(refusals),
        )
        self._inbox.acknowledge(deliveries)

    def _judged(self, deliveries: Sequence[Delivery]) -> _Batch:
        batch = _Batch()
        for delivery in deliveries:
            try:
                self._judge(delivery.received, batch)
            except Exception as error:  # noqa: BLE001 - the rim: one message must not hold up all others
                _log.exception("a message could not be judged")
                received = delivery.received
                reason = f"unforeseen: {error!r}"
                batch.refusals.append(Refusal(received.topic, received.payload, reason, received.at))
        return batch

    def _judge(self, received: Received, batch: _Batch) -> None:
        verdict = judge(received, root=self._broker.root, max_future_s=self._settings.max_future_s)
        if isinstance(verdict, Refusal):
            _log.warning("refused a message on '%s': %s", verdict.topic, verdict.reason)
            batch.refusals.append(verdict)
        elif isinstance(verdict, StatusMessage):
            report = StatusReport(verdict, received.at)
            self._live.note_status(report)
            batch.reports.append(report)
        else:
            batch.add(Entry(identity_of(verdict), verdict, rows_of(verdict), received.at), received)

    def _persist(self, call: Callable[[], T]) -> T:
        """Call until it succeeds: what is in hand is never given up, only left to the broker at the end."""
        while True:
            try:
                done = call()
            except StoreBusyError as error:
                self._wait(error.message, error.retry_after_s)
            except Exception as error:  # noqa: BLE001 - the rim: what is in hand is kept, and tried again
                _log.exception("the store failed in a way that nobody foresaw")
                self._wait(f"unforeseen: {error}", None)
            else:
                self._backoff.reset()
                return done

    def _wait(self, why: str, retry_after_s: float | None) -> None:
        self._live.note_store_error(why)
        wait_s = max(self._backoff.next_s(), min(retry_after_s or 0.0, _MOST_RETRY_S))
        _log.warning("%s. Nothing is lost: it is tried again in %.1f s.", why, wait_s)
        if self._stopping.wait(wait_s):
            raise _Stopped

    def _tell_watermarks(self) -> None:
        if self._tell_all.is_set():
            self._tell_all.clear()
            self._watermarks.forget()
        for account in self._watermarks.due(self._store.accounts(), now_s=self._clock.monotonic_s()):
            message = StoredMessage(
                site=account.site,
                gateway=account.gateway,
                epoch=account.epoch,
                seq=account.watermark,
                time=self._clock.now(),
            )
            self._inbox.post(topic_of(self._broker.root, message), encode(message))

    def _on_connection(self, change: Change) -> None:
        """From the inbox's thread."""
        connected = change != "gone"
        # A new session of a collector whose books have something is one that the broker lost.
        lost = change == "new" and (self._was_connected or bool(self._store.accounts()))
        if lost:
            _log.warning(
                "broker %s lost our session; gateways send again what is not stored", self._broker.address
            )
        elif connected:
            _log.info("connected to broker %s (session %s)", self._broker.address, change)
        if connected:
            self._was_connected = True
            self._tell_all.set()
        self._live.note_connected(connected=connected, session_lost=lost)
