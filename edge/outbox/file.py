"""The outbox's SQLite file: statements and durability, no rules.

Write-ahead log with full sync: what :meth:`OutboxFile.commit` has returned from survives a power cut. One
commit carries new rows in and old rows out, so that an SD card sees one commit a window, not two.
"""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from edge.errors import OutboxCorruptError, OutboxError
from edge.outbox.row import Priority, Row

_FORMAT: Final = 1
_SCHEMA: Final = f"""
    CREATE TABLE outbox (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        site TEXT NOT NULL, gateway TEXT NOT NULL, epoch TEXT NOT NULL,
        produced INTEGER NOT NULL, accounted INTEGER NOT NULL, expired INTEGER NOT NULL
    );
    CREATE TABLE row (
        seq INTEGER PRIMARY KEY, priority INTEGER NOT NULL, created_s REAL NOT NULL,
        kind TEXT NOT NULL, source TEXT NOT NULL, payload BLOB NOT NULL
    );
    PRAGMA user_version = {_FORMAT}"""
_BAD_FILE: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_VACUUM_FREE_BYTES: Final = 16_000_000
_VACUUM_FREE_SHARE: Final = 0.75


@dataclass(frozen=True)
class Head:
    """What the file says of itself.

    Attributes:
        site: Whose rows these are.
        gateway: Whose rows these are.
        epoch: Within which the rows are numbered.
        produced: The highest seq given.
        accounted: The highest seq up to which the cloud has everything.
        expired: How many rows were dropped by rule.
    """

    site: str
    gateway: str
    epoch: str
    produced: int
    accounted: int
    expired: int


class OutboxFile:
    """One open file. Not thread-safe: its owner holds a lock.

    Args:
        path: The file; made, readable by its owner alone, where it is missing.
        fresh: What a new file says of itself.

    Raises:
        OutboxCorruptError: It is not an outbox, or damaged.
        OutboxError: It cannot be opened.
    """

    def __init__(self, path: Path, *, fresh: Head) -> None:
        self.path = path
        _make_private(path)
        with _translated(path):
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=1.0)
        try:
            with _translated(path):
                self._prepare(fresh)
        except OutboxError:
            self._db.close()
            raise

    def _prepare(self, fresh: Head) -> None:
        # Two agents on one outbox would give the same seq twice: the second must not start.
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        version = self._number("PRAGMA user_version")
        if version == 0 and not self._number("SELECT count(*) FROM sqlite_master"):
            self._create(fresh)
        elif version != _FORMAT:
            raise OutboxCorruptError(f"{self.path}: is not an outbox of format {_FORMAT}")
        problem = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if problem != "ok":
            raise OutboxCorruptError(f"{self.path}: {problem}")
        if self._number("SELECT count(*) FROM outbox") != 1:
            raise OutboxCorruptError(f"{self.path}: does not say whose it is")
        if self._number("SELECT count(*) FROM row, outbox WHERE seq > produced"):
            raise OutboxCorruptError(f"{self.path}: holds rows that it does not know of")

    def _create(self, fresh: Head) -> None:
        with self._transaction():
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(
                "INSERT INTO outbox VALUES (1, ?, ?, ?, ?, ?, ?)",
                (fresh.site, fresh.gateway, fresh.epoch, fresh.produced, fresh.accounted, fresh.expired),
            )

    def head(self) -> Head:
        """What the file says of itself."""
        with _translated(self.path):
            row = self._db.execute(
                "SELECT site, gateway, epoch, produced, accounted, expired FROM outbox"
            ).fetchone()
        return Head(*row)

    def commit(self, rows: Sequence[Row], head: Head, *, dropped: Sequence[int] = ()) -> None:
        """Make a step durable: new rows in, dropped and accounted rows out, and what the file says of itself.

        Args:
            rows: To add.
            head: What holds after it; rows up to ``head.accounted`` are deleted.
            dropped: Seqs of rows to delete besides.

        Raises:
            OutboxError: The disk does not take it; nothing has changed.
        """
        with _translated(self.path), self._transaction():
            self._db.executemany(
                "INSERT INTO row VALUES (?, ?, ?, ?, ?, ?)",
                [(r.seq, int(r.priority), r.created_s, r.kind, r.source, r.payload) for r in rows],
            )
            self._db.executemany("DELETE FROM row WHERE seq = ?", [(seq,) for seq in dropped])
            self._db.execute("DELETE FROM row WHERE seq <= ?", (head.accounted,))
            self._db.execute(
                "UPDATE outbox SET produced = ?, accounted = ?, expired = ?",
                (head.produced, head.accounted, head.expired),
            )

    def rows(self, *, after: int, limit: int) -> list[Row]:
        """Rows in order.

        Args:
            after: Only those with a higher seq.
            limit: At most so many.

        Returns:
            The rows, lowest seq first.
        """
        with _translated(self.path):
            found = self._db.execute(
                "SELECT seq, priority, created_s, kind, source, payload FROM row WHERE seq > ?"
                " ORDER BY seq LIMIT ?",
                (after, limit),
            ).fetchall()
        return [
            Row(seq, kind, source, payload, Priority(priority), created_s)
            for seq, priority, created_s, kind, source, payload in found
        ]

    def count(self, *, after: int, to: int) -> int:
        """How many rows have a seq over ``after``, up to and with ``to``."""
        with _translated(self.path):
            return self._number("SELECT count(*) FROM row WHERE seq > ? AND seq <= ?", after, to)

    def sizes(self, priority: Priority, *, after: int) -> Iterator[tuple[int, int]]:
        """Seq and payload size in bytes of a class's rows over ``after``, oldest first; read as consumed."""
        with _translated(self.path):
            yield from self._db.execute(
                "SELECT seq, length(payload) FROM row WHERE priority = ? AND seq > ? ORDER BY seq",
                (int(priority), after),
            )

    def oldest_s(self, *, at_most: Priority, after: int) -> float | None:
        """When the first row over ``after`` of a class up to ``at_most`` came to be, Unix time."""
        with _translated(self.path):
            found = self._db.execute(
                "SELECT created_s FROM row WHERE priority <= ? AND seq > ? ORDER BY seq LIMIT 1",
                (int(at_most), after),
            ).fetchone()
        return None if found is None else float(found[0])

    def older_than(self, limit_s: float, *, at_most: Priority, after: int) -> list[int]:
        """Seqs over ``after``, of classes up to ``at_most``, of rows from before a moment in Unix time."""
        with _translated(self.path):
            found = self._db.execute(
                "SELECT seq FROM row WHERE priority <= ? AND seq > ? AND created_s < ?",
                (int(at_most), after, limit_s),
            ).fetchall()
        return [int(seq) for (seq,) in found]

    def used_bytes(self) -> int:
        """What the rows take on disk; space that deleted rows left in the file is not counted."""
        with _translated(self.path):
            pages = self._number("PRAGMA page_count") - self._number("PRAGMA freelist_count")
            return pages * self._number("PRAGMA page_size")

    def give_back(self) -> None:
        """Give the disk back what deleted rows left, where that is much and little is to be copied."""
        with _translated(self.path):
            pages, free = self._number("PRAGMA page_count"), self._number("PRAGMA freelist_count")
            free_bytes = free * self._number("PRAGMA page_size")
            if free_bytes >= _VACUUM_FREE_BYTES and free >= pages * _VACUUM_FREE_SHARE:
                self._db.execute("VACUUM")
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close it; never raises, as it may be closed because it is broken."""
        with closing(self._db):
            pass

    def _number(self, statement: str, *values: int) -> int:
        return int(self._db.execute(statement, values).fetchone()[0])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise


def _make_private(path: Path) -> None:
    """The file must be nobody else's before the first byte is in it; SQLite's own files follow its rights."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise OutboxError(
            f"the outbox '{path}' cannot be written: {error.strerror}",
            cure="Give 'state_dir' a folder that the agent's user may write, on a disk with free space.",
        ) from error


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) or 0
        if code & 0xFF in _BAD_FILE:
            raise OutboxCorruptError(f"{path}: {error}") from error
        if code & 0xFF == sqlite3.SQLITE_BUSY:
            raise OutboxError(
                f"the outbox '{path}' is in use by another process",
                cure="Two agents cannot share a state_dir: stop the other one, or give this one its own.",
            ) from error
        raise OutboxError(
            f"the outbox '{path}' does not take or give rows: {error}",
            cure="Look for a full or failing disk: 'df -h' and 'dmesg' tell.",
        ) from error
