"""An SQLite file for the books of a store that cannot keep them itself."""

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cloud.errors import StoreBusyError, StoreError


class SqliteFile:
    """A file that survives a power cut: write-ahead log, synced at every commit. Any thread may use it.

    Args:
        path: The file; made, with its folder, where it is missing.

    Raises:
        StoreError: It cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
        except (OSError, sqlite3.Error) as error:
            raise StoreError(
                f"the books '{path}' cannot be opened: {error}",
                cure="Check that the folder can be written and that the file is one of CityEdge's own.",
            ) from error

    def query(self, sql: str, values: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
        """Run one statement and fetch all that it answers.

        Raises:
            StoreBusyError: The file does not take or give it now.
        """
        with self._lock, self._named():
            return self._connection.execute(sql, tuple(values)).fetchall()

    def put(self, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        """Insert rows, in place of those with the same key.

        Raises:
            StoreBusyError: The file does not take them now.
        """
        marks = ", ".join("?" * len(columns))
        text = f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - own names
        with self._lock, self._named():
            self._connection.executemany(text, rows)

    @contextmanager
    def transaction(self) -> Iterator["SqliteFile"]:
        """All or nothing of what is done within.

        Raises:
            StoreBusyError: The file does not take it now.
        """
        with self._lock, self._named():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close it."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreBusyError(f"the books '{self._path}' take nothing: {error}") from error
