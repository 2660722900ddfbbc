"""The InfluxDB store: points in InfluxDB, the books in an SQLite file that is written after the points.

A crash between the two leaves points that the books do not know: they come again and change nothing, as a point
is a pure function of its message.
"""

import logging
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cloud import schema
from cloud.errors import StoreBusyError
from cloud.settings import InfluxStoreSettings
from cloud.store import influxql
from cloud.store.answers import Cell, joined, parts
from cloud.store.books import Books
from cloud.store.influx_outcome import BadPointsError, TooLargeError
from cloud.store.influx_server import InfluxServer, Version, Writer, read_token
from cloud.store.lines import lines_of
from cloud.store.sqlite import SqliteFile
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

if TYPE_CHECKING:
    from cloud.store.influx_client import ClientWriter

_log = logging.getLogger(__name__)

_Written = tuple[list[Entry], list[tuple[Entry, str]]]
"""Stored, and refused with the reason."""


class InfluxStore:
    """A store on InfluxDB, 1.6 or newer. The server is asked what it is when it is first needed.

    Args:
        settings: Where the server and the books are.

    Raises:
        ConfigError: The token file cannot be read.
        StoreError: The books cannot be opened.
    """

    def __init__(self, settings: InfluxStoreSettings) -> None:
        self._settings = settings
        self._token = read_token(settings)
        self._server = InfluxServer(settings, self._token)
        self._writing = threading.Lock()
        self._writer: Writer | None = None
        self._client: ClientWriter | None = None
        self._file = SqliteFile(Path(settings.books_path))
        self._books = Books(self._file)

    def probe(self) -> None:
        """Find out what the server is, and say it in the log; one that is away is waited for when writing."""
        try:
            with self._writing:
                self._ready()
        except StoreBusyError as error:
            _log.warning("store: %s. It is waited for; counts wait with the broker and the gateways.", error)

    def write(self, entries: Sequence[Entry]) -> WriteOutcome:
        """Store points, then the books; see :class:`cloud.types.Store`."""
        with self._writing:
            fresh, duplicates = self._books.split(entries)
            if not fresh:
                return WriteOutcome(stored=[], duplicates=duplicates, refused=[])
            stored, refused = self._write_points(fresh)
            changed = self._books.with_stored(stored)
            with self._file.transaction() as file:
                self._books.put_ledgers(file, changed)
            self._books.commit(changed)
            return WriteOutcome(stored=stored, duplicates=duplicates, refused=refused)

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Make dead letters durable; see :class:`cloud.types.Store`."""
        with self._writing:
            changed = self._books.with_refused(refusals)
            with self._file.transaction() as file:
                self._books.put_dead_letters(file, refusals)
                self._books.put_ledgers(file, changed)
            self._books.commit(changed)

    def dead_letters(self, *, limit: int = 100) -> Sequence[Refusal]:
        """The latest dead letters, newest first."""
        return self._books.dead_letters(self._file, limit=limit)

    def accounts(self) -> Sequence[Account]:
        """The books of every gateway and epoch."""
        return self._books.accounts()

    def save_statuses(self, reports: Sequence[StatusReport]) -> None:
        """Keep the newest report with books of each gateway and epoch."""
        with self._writing, self._file.transaction() as file:
            self._books.put_reports(file, reports)

    def statuses(self) -> Sequence[StatusReport]:
        """The newest report with books of each gateway and epoch."""
        return self._books.reports(self._file)

    def series(self, question: SeriesQuestion) -> Sequence[Series]:
        """Read series, sorted by tags."""
        table = schema.check(question)
        if not all(question.where.values()):
            return []
        cells: list[Cell] = []
        for part in parts(question, table):
            for answer in influxql.answers(self._server.ask(influxql.series(part, table))):
                cells += influxql.cells(part, answer)
        return joined(question, cells)

    def latest(self, measurement: Measurement, *, since: datetime) -> Sequence[Row]:
        """The newest row of every series that is not older than ``since``, sorted by tags."""
        rows = self._rows(measurement, influxql.latest(measurement, schema.table(measurement), since))
        return sorted(rows, key=lambda row: list(row.tags.values()))

    def newest(self, measurement: Measurement, *, since: datetime, limit: int) -> Sequence[Row]:
        """The newest rows, newest first."""
        return self._rows(measurement, influxql.newest(measurement, schema.table(measurement), since, limit))

    def tag_values(self, measurement: Measurement, tag: str) -> Sequence[str]:
        """The values of a tag that the store knows, sorted."""
        schema.check_tag(measurement, tag)
        body = self._server.ask(influxql.tag_values(measurement, tag))
        return sorted(str(row["value"]) for answer in influxql.answers(body) for row in answer.rows)

    def close(self) -> None:
        """Close the books and let the connections go."""
        with self._writing:
            if self._client is not None:
                self._client.close()
            self._server.close()
            self._file.close()

    def _rows(self, measurement: Measurement, asked: str) -> Sequence[Row]:
        table = schema.table(measurement)
        answers = influxql.answers(self._server.ask(asked))
        return [row for answer in answers for row in influxql.rows_of(measurement, table, answer)]

    def _write_points(self, entries: Sequence[Entry]) -> _Written:
        good: list[tuple[Entry, bytes]] = []
        refused: list[tuple[Entry, str]] = []
        for entry in entries:
            try:
                good.append((entry, lines_of(entry)))
            except ValueError as error:
                refused.append((entry, str(error)))
        stored, named = self._write_or_halve(self._ready(), good)
        return stored, refused + named

    def _write_or_halve(self, writer: Writer, batch: Sequence[tuple[Entry, bytes]]) -> _Written:
        """Write all; where the server names a point as bad, find whose it is by halving.

        What the server stored of a refused batch is written again with the half that it is in: the same points.
        """
        body = b"".join(lines for _, lines in batch)
        try:
            if body:
                writer.write(body)
        except (BadPointsError, TooLargeError) as error:
            if len(batch) == 1:
                return [], [(batch[0][0], str(error))]
            middle = len(batch) // 2
            stored, refused = self._write_or_halve(writer, batch[:middle])
            more_stored, more_refused = self._write_or_halve(writer, batch[middle:])
            return stored + more_stored, refused + more_refused
        return [entry for entry, _ in batch], []

    def _ready(self) -> Writer:
        """The way to write to this server, found out once."""
        if self._writer is None:
            version = self._server.version()
            self._make_database(version)
            if version.needs_old_write:
                self._writer = self._server
            else:
                # Its import loads a second's worth of modules that the other ways never need.
                from cloud.store.influx_client import ClientWriter  # noqa: PLC0415

                self._writer = self._client = ClientWriter(self._settings, self._token)
            way = "/write" if version.needs_old_write else "/api/v2/write"
            name = f"InfluxDB {version.text}" if version.text else "a server that does not say its version"
            _log.info("store: %s is %s, written to by %s", self._settings.url, name, way)
        return self._writer

    def _make_database(self, version: Version) -> None:
        if not version.is_first:
            return
        try:
            self._server.ask(influxql.create_database(self._settings.database), method="POST")
        except StoreBusyError as error:
            # Only an administrator may; it may well be there already, and a write says so if it is not.
            _log.warning("store: database '%s' was not made: %s", self._settings.database, error)
