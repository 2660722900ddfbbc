"""The embedded store: one DuckDB file. Rows, ledger and dead letters are committed together."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from cloud import schema
from cloud.errors import StoreBusyError, StoreError, StoreLockedError
from cloud.store import sql
from cloud.store.answers import Cell, joined, parts
from cloud.store.books import Books
from cloud.store.columns import BadValueError, columns_of
from cloud.store.moments import from_us
from cloud.types import (
    Account,
    Entry,
    Measurement,
    Refusal,
    Row,
    Series,
    SeriesQuestion,
    StatusReport,
    WriteOutcome,
)

_BAD_VALUE: Final = (BadValueError, duckdb.DataError)
"""A value is bad; everything else that goes wrong may pass."""


class EmbeddedStore:
    """A store in one file, for a small site and for the demo.

    One process at a time can open the file; in it, any number of threads read while one writes.

    Args:
        path: The file; made, with its folder, where it is missing.

    Raises:
        StoreLockedError: Another process has it open.
        StoreError: It cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writing = threading.Lock()
        self._broken = False
        self._open()

    def write(self, entries: Sequence[Entry]) -> WriteOutcome:
        """Store rows and the books in one transaction; see :class:`cloud.types.Store`."""
        with self._writer():
            fresh, duplicates = self._books.split(entries)
            stored, refused = self._write_or_halve(fresh)
            return WriteOutcome(stored=stored, duplicates=duplicates, refused=refused)

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Make dead letters durable; see :class:`cloud.types.Store`."""
        with self._writer():
            changed = self._books.with_refused(refusals)
            with self._transaction() as database:
                self._books.put_dead_letters(database, refusals)
                self._books.put_ledgers(database, changed)
            self._books.commit(changed)

    def dead_letters(self, *, limit: int = 100) -> Sequence[Refusal]:
        """The latest dead letters, newest first."""
        with self._reading() as database:
            return self._books.dead_letters(database, limit=limit)

    def accounts(self) -> Sequence[Account]:
        """The books of every gateway and epoch."""
        return self._books.accounts()

    def save_statuses(self, reports: Sequence[StatusReport]) -> None:
        """Keep the newest report with books of each gateway and epoch."""
        with self._writer(), self._transaction() as database:
            self._books.put_reports(database, reports)

    def statuses(self) -> Sequence[StatusReport]:
        """The newest report with books of each gateway and epoch."""
        with self._reading() as database:
            return self._books.reports(database)

    def series(self, question: SeriesQuestion) -> Sequence[Series]:
        """Read series, sorted by tags."""
        table = schema.check(question)
        cells: list[Cell] = []
        with self._reading() as database:
            for part in parts(question, table):
                statement = sql.series(part, table)
                cells += _cells(part, database.query(statement.text, statement.values))
        return joined(question, cells)

    def latest(self, measurement: Measurement, *, since: datetime) -> Sequence[Row]:
        """The newest row of every series that is not older than ``since``, sorted by tags."""
        return self._rows(measurement, sql.latest(measurement, schema.table(measurement), since))

    def newest(self, measurement: Measurement, *, since: datetime, limit: int) -> Sequence[Row]:
        """The newest rows, newest first."""
        return self._rows(measurement, sql.newest(measurement, schema.table(measurement), since, limit))

    def tag_values(self, measurement: Measurement, tag: str) -> Sequence[str]:
        """The values of a tag that the store knows, sorted."""
        schema.check_tag(measurement, tag)
        statement = sql.tag_values(measurement, tag)
        with self._reading() as database:
            return [str(value) for (value,) in database.query(statement.text)]

    def close(self) -> None:
        """Flush and close."""
        with self._writing:
            self._connection.close()

    def _rows(self, measurement: Measurement, statement: sql.Statement) -> Sequence[Row]:
        with self._reading() as database:
            rows = database.query(statement.text, statement.values)
        return [_row(measurement, schema.table(measurement), row) for row in rows]

    def _open(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = duckdb.connect(str(self._path))
            database = _Duck(self._connection)
            database.make_tables()
            self._books = Books(database)
        except (OSError, duckdb.Error) as error:
            raise _not_opened(self._path, error) from error

    def _write_or_halve(self, entries: Sequence[Entry]) -> tuple[list[Entry], list[tuple[Entry, str]]]:
        """Store all; where the database names a value as bad, find whose it is by halving."""
        if not entries:
            return [], []
        try:
            self._write_all(entries)
        except _BAD_VALUE as error:
            if len(entries) == 1:
                return [], [(entries[0], str(error).partition("\n")[0])]
            middle = len(entries) // 2
            stored, refused = self._write_or_halve(entries[:middle])
            more_stored, more_refused = self._write_or_halve(entries[middle:])
            return stored + more_stored, refused + more_refused
        return list(entries), []

    def _write_all(self, entries: Sequence[Entry]) -> None:
        changed = self._books.with_stored(entries)
        with self._transaction() as database:
            for measurement, rows in _by_measurement(entries).items():
                database.insert_rows(measurement, rows)
            self._books.put_ledgers(database, changed)
        self._books.commit(changed)

    @contextmanager
    def _writer(self) -> Iterator[None]:
        """One writes at a time, to a database that is whole and with the books that are in it.

        A database that failed while it committed refuses everything until it is opened again, and only then it
        is known whether the commit counts: the books must be read anew before anything is judged by them.
        """
        with self._writing:
            if self._broken:
                self._connection.close()
                try:
                    self._open()
                except StoreError as error:
                    raise StoreBusyError(error.message) from error
                self._broken = False
            yield

    @contextmanager
    def _transaction(self) -> Iterator["_Duck"]:
        """All or nothing: what a failure leaves behind is rolled back."""
        try:
            self._connection.begin()
            yield _Duck(self._connection)
            self._connection.commit()
        except _BAD_VALUE:
            self._roll_back()
            raise
        except BaseException as error:
            self._roll_back()
            self._broken = True
            if isinstance(error, duckdb.Error):
                raise StoreBusyError(f"the store '{self._path}' takes nothing: {_first_line(error)}") from error
            raise

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error:
            self._broken = True

    @contextmanager
    def _reading(self) -> Iterator["_Duck"]:
        """A connection of its own for one reader: it sees what is committed, and waits for nobody."""
        try:
            cursor = self._connection.cursor()
            try:
                yield _Duck(cursor)
            finally:
                cursor.close()
        except duckdb.Error as error:
            raise StoreBusyError(f"the store '{self._path}' does not answer: {_first_line(error)}") from error


class _Duck:
    """DuckDB as the books want it (:class:`cloud.store.books.Sql`)."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def query(self, text: str, values: Sequence[object] = ()) -> Sequence[tuple[Any, ...]]:
        return self._connection.execute(text, list(values)).fetchall()

    def put(self, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[object]]) -> None:
        if rows:
            lists = [list(column) for column in zip(*rows, strict=True)]
            self._connection.execute(sql.put(table, columns), lists)

    def make_tables(self) -> None:
        """Make what is missing: whole tables, and columns of tables that an older version made."""
        for statement in sql.create_tables():
            self.query(statement)
        there: dict[str, set[str]] = {}
        for table, column in self.query(sql.columns_there()):
            there.setdefault(table, set()).add(column)
        for measurement, about in schema.TABLES.items():
            for statement in sql.add_columns(measurement, about, there[measurement]):
                self.query(statement)

    def insert_rows(self, measurement: Measurement, rows: Sequence[Row]) -> None:
        table = schema.TABLES[measurement]
        # The view is this connection's own: readers, who have theirs, never see it.
        self._connection.register(sql.BATCH, columns_of(table, rows))
        try:
            self._connection.execute(sql.insert_batch(measurement, table))
        finally:
            self._connection.unregister(sql.BATCH)


def _by_measurement(entries: Sequence[Entry]) -> Mapping[Measurement, list[Row]]:
    groups: dict[Measurement, list[Row]] = {}
    for entry in entries:
        for row in entry.rows:
            groups.setdefault(row.measurement, []).append(row)
    return groups


def _cells(part: SeriesQuestion, rows: Iterable[tuple[Any, ...]]) -> Iterator[Cell]:
    depth = len(part.group_by)
    times: dict[int, datetime] = {}
    for row in rows:
        bucket = row[depth]
        if bucket not in times:
            times[bucket] = from_us(bucket * part.bucket_s * 1_000_000)
        yield Cell(row[:depth], times[bucket], dict(zip(part.fields, row[depth + 1 :], strict=True)))


def _row(measurement: Measurement, table: schema.Table, row: tuple[Any, ...]) -> Row:
    depth = 1 + len(table.tags)
    fields = zip(table.fields, row[depth:], strict=True)
    return Row(
        measurement=measurement,
        time=from_us(row[0]),
        tags=dict(zip(table.tags, row[1:depth], strict=True)),
        fields={name: value for name, value in fields if value is not None},
    )


def _not_opened(path: Path, error: Exception) -> StoreError:
    if "Could not set lock" in str(error):
        return StoreLockedError(
            f"the store '{path}' is open in another process: {_first_line(error)}",
            cure="Ask that process over HTTP, or stop it first.",
        )
    return StoreError(
        f"the store '{path}' cannot be opened: {_first_line(error)}",
        cure="Check that the folder can be written and that the file is one of CityEdge's own.",
    )


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
