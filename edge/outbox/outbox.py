"""The outbox: numbers messages without holes, holds them durably, keeps the gateway's side of the books."""

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final, Literal, TypeVar

from cityedge.clock import Clock
from cityedge.messages import Books, SequencedMessage
from edge.errors import OutboxCorruptError, OutboxError
from edge.outbox import expiry
from edge.outbox.file import Head, OutboxFile
from edge.outbox.notes import Owner
from edge.outbox.quarantine import set_aside
from edge.outbox.row import Priority, Row, number
from edge.settings import OutboxSettings

_log = logging.getLogger(__name__)

FILE_NAME: Final = "outbox.sqlite"
_TIDY_ROWS: Final = 2_000
T = TypeVar("T")


class Outbox:
    """The only queue on the gateway. Any thread may call it.

    A damaged file, one of another gateway, or one older than the cloud's books (a restored backup) is set
    aside: a new epoch begins, and its first row is an alert that says so.

    Args:
        folder: Where its file lies; made where it is missing.
        owner: Whose it is.
        limits: What is dropped, and when.
        clock: For names, alerts and ages.

    Raises:
        OutboxError: The folder or the disk does not take it, or another process has it.
    """

    def __init__(self, folder: Path, *, owner: Owner, limits: OutboxSettings, clock: Clock) -> None:
        self._path = folder / FILE_NAME
        self._owner = owner
        self._limits = limits
        self._clock = clock
        self._lock = threading.RLock()
        self._news = ""
        self._broken = True
        self._guarded(lambda: None)

    @property
    def epoch(self) -> str:
        """Within which seqs are unique; changes only when a new file is begun."""
        return self._head.epoch

    def append(self, messages: Sequence[SequencedMessage]) -> list[SequencedMessage]:
        """Take messages in, all or none.

        Args:
            messages: In order; their epoch and seq are placeholders.

        Returns:
            The same with their identity: durable.

        Raises:
            OutboxError: The disk does not take them; keep them and try again.
        """
        return self._guarded(lambda: self._append(messages, dropped=()))

    def pending(self, *, after: int, limit: int) -> list[Row]:
        """Rows that the cloud does not have yet.

        Args:
            after: Only those with a higher seq.
            limit: At most so many.

        Returns:
            The rows, lowest seq first.

        Raises:
            OutboxError: The disk does not give them.
        """
        return self._guarded(lambda: self._file.rows(after=max(after, self._head.accounted), limit=limit))

    def accounted(self, epoch: str, seq: int) -> None:
        """Take note of what the cloud has: the rows up to there are no longer needed.

        Cheap: the rows go with the next :meth:`append`, or at once where they are many.

        Args:
            epoch: Whose seqs are meant; another than the running one means nothing to us.
            seq: Everything up to there is stored, refused with a reason, or known as expired.

        Raises:
            OutboxError: The disk does not take it.
        """
        self._guarded(lambda: self._accounted(epoch, seq))

    def expire(self) -> int:
        """Drop what is too old or too much, and record it in the same step. Call it now and then.

        Returns:
            How many rows were dropped.

        Raises:
            OutboxError: The disk does not take it.
        """
        return self._guarded(self._expire)

    def books(self) -> Books:
        """The gateway's side of the balance."""
        with self._lock:
            first = self.pending(after=0, limit=1)
            head = self._head
            return Books(
                epoch=head.epoch,
                produced=head.produced,
                held_from=first[0].seq if first else head.produced + 1,
                queued=self._queued,
                expired=head.expired,
            )

    def queue_age_s(self) -> float:
        """How long the oldest row has been waiting, in seconds; 0 where none is."""
        first = self.pending(after=0, limit=1)
        return max(0.0, self._clock.now().timestamp() - first[0].created_s) if first else 0.0

    def close(self) -> None:
        """Delete what the cloud has, and close the file."""
        with self._lock:
            if self._broken:
                return
            try:
                self._delete_accounted()
            except OutboxError as error:
                _log.warning("outbox: closed without deleting what the cloud has: %s", error)
            self._file.close()

    def _guarded(self, work: Callable[[], T]) -> T:
        """Do it under the lock; where the file turns out to be damaged, do it with a new one."""
        with self._lock:
            if self._broken:
                self._open()
            try:
                self._tell_news()
                return work()
            except OutboxCorruptError as error:
                self._file.close()
                self._begin_anew(f"its file is damaged ({error.message})")
                self._tell_news()
                return work()

    def _open(self) -> None:
        try:
            self._take_on(OutboxFile(self._path, fresh=self._fresh_head()))
        except OutboxCorruptError as error:
            self._begin_anew(f"its file is damaged ({error.message})")
        if (self._head.site, self._head.gateway) != (self._owner.site, self._owner.gateway):
            self._file.close()
            self._begin_anew(f"its file belongs to {self._head.site}/{self._head.gateway}")

    def _begin_anew(self, why: str) -> None:
        """Set the closed file aside and begin a new one; where the disk refuses, the next call tries again."""
        self._broken = True
        try:
            aside = set_aside(self._path, now=self._clock.now())
        except OSError as error:
            raise OutboxError(f"the outbox '{self._path}' cannot be set aside: {error}") from error
        _log.error("outbox: begun anew, as %s; the old file is %s", why, aside)
        self._news = f"the outbox was begun anew, as {why}; the old file is {aside.name}"
        self._take_on(OutboxFile(self._path, fresh=self._fresh_head()))

    def _take_on(self, file: OutboxFile) -> None:
        self._file = file
        self._head = file.head()
        self._queued = file.count(after=self._head.accounted, to=self._head.produced)
        self._undeleted = 0
        self._broken = False

    def _tell_news(self) -> None:
        if self._news:
            self._append([self._owner.begun_anew(self._news, now=self._clock.now())], dropped=())
            self._news = ""

    def _fresh_head(self) -> Head:
        return Head(self._owner.site, self._owner.gateway, _new_epoch(self._clock.now()), 0, 0, 0)

    def _append(self, messages: Sequence[SequencedMessage], *, dropped: Sequence[int]) -> list[SequencedMessage]:
        if not messages:
            return []
        head = self._head
        pairs = [
            number(message, epoch=head.epoch, seq=head.produced + nth)
            for nth, message in enumerate(messages, start=1)
        ]
        after = replace(head, produced=head.produced + len(messages), expired=head.expired + len(dropped))
        self._file.commit([row for _, row in pairs], after, dropped=dropped)
        self._head = after
        self._queued += len(messages) - len(dropped)
        self._undeleted = 0
        return [numbered for numbered, _ in pairs]

    def _accounted(self, epoch: str, seq: int) -> None:
        head = self._head
        if epoch != head.epoch or seq <= head.accounted:
            return
        if seq > head.produced:
            self._file.close()
            self._begin_anew(
                f"its file ends at {head.produced} and the cloud has {seq} of it: it was restored from a copy"
            )
            return
        gone = self._file.count(after=head.accounted, to=seq)
        self._head = replace(head, accounted=seq)
        self._queued -= gone
        self._undeleted += gone
        if self._undeleted >= _TIDY_ROWS:
            self._delete_accounted()
            self._file.give_back()

    def _delete_accounted(self) -> None:
        if self._undeleted:
            self._file.commit([], self._head)
            self._undeleted = 0

    def _expire(self) -> int:
        aged = self._too_old()
        self._drop(aged, "age")
        oversize = self._too_much()
        self._drop(oversize, "size")
        return len(aged) + len(oversize)

    def _too_old(self) -> list[int]:
        now_s = self._clock.now().timestamp()
        after = self._head.accounted
        limit_s = expiry.age_limit_s(
            now_s,
            max_age_s=self._limits.max_age_h * 3600.0,
            oldest_s=self._file.oldest_s(at_most=Priority.SUMMARY, after=after),
        )
        if limit_s is None:
            return []
        return self._file.older_than(limit_s, at_most=Priority.SUMMARY, after=after)

    def _too_much(self) -> list[int]:
        if self._file.used_bytes() <= self._limits.max_bytes:
            return []
        self._delete_accounted()
        to_free = self._file.used_bytes() - int(self._limits.max_bytes * expiry.KEPT_SHARE)
        dropped: list[int] = []
        for priority in expiry.DROPPED_IN_ORDER:
            rows = self._file.sizes(priority, after=self._head.accounted)
            seqs, freed = expiry.enough(rows, bytes_to_free=to_free)
            dropped += seqs
            to_free -= freed
        return dropped

    def _drop(self, seqs: Sequence[int], reason: Literal["age", "size"]) -> None:
        if seqs:
            _log.warning("outbox: %d rows dropped, as they are past its limit of %s", len(seqs), reason)
            self._append(self._owner.dropped(seqs, reason=reason, now=self._clock.now()), dropped=seqs)


def _new_epoch(now: datetime) -> str:
    # The time is for people; the chance keeps two boxes whose clocks restart at one moment apart.
    return f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
