"""``cityedge cloud query``: read series from the store, as a table, CSV or JSON."""

import argparse
import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from cityedge.clock import SystemClock
from cityedge.errors import UsageError
from cityedge.settings import load
from cloud import schema
from cloud.commands.running import ask
from cloud.errors import StoreLockedError
from cloud.settings import CloudSettings
from cloud.store.opening import open_store
from cloud.types import Measurement, Series, SeriesQuestion

_DAY: Final = timedelta(days=1)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("config", type=Path, metavar="CONFIG", help="cloud.yaml")
    add("--measurement", required=True, choices=tuple(schema.TABLES), help="a table of the data model")
    add("--fields", required=True, metavar="A,B", help="its number fields")
    add(
        "--from", dest="start", metavar="TIME", help="from, ISO 8601, UTC where no zone is said; a day before --to"
    )
    add("--to", dest="end", metavar="TIME", help="to, exclusive; now where left out")
    add("--bucket", type=int, default=60, metavar="S", help="length of a bucket in seconds (60)")
    add("--where", default="", metavar="TAG=V,…", help="what to keep; a tag that stands twice keeps both values")
    add("--group-by", default="", metavar="TAG,…", help="tags to keep apart; all others are merged")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs: as the API answers")
    form.add_argument("--csv", action="store_true", help="for spreadsheets: one line per bucket and series")


def run(args: argparse.Namespace) -> int:
    """Ask, and print the answer."""
    question = question_of(args, now=SystemClock().now())
    schema.check(question)
    found = _read(load(args.config, CloudSettings), question)
    if args.json:
        print(json.dumps({"series": found}))
    elif args.csv:
        csv.writer(sys.stdout).writerows(_table(question, found))
    else:
        _print_aligned(list(_table(question, found)))
    return 0


def question_of(args: argparse.Namespace, *, now: datetime) -> SeriesQuestion:
    """The question that the words ask.

    Args:
        args: As declared by :func:`add_arguments`.
        now: The time, UTC.

    Returns:
        A question; its names are not checked yet.

    Raises:
        UsageError: A time or filter that has not its form.
    """
    end = _moment(args.end) if args.end else now
    measurement: Measurement = args.measurement
    return SeriesQuestion(
        measurement=measurement,
        fields=_words(args.fields),
        start=_moment(args.start) if args.start else end - _DAY,
        end=end,
        bucket_s=args.bucket,
        where=_where(args.where),
        group_by=_words(args.group_by),
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _where(text: str) -> Mapping[str, tuple[str, ...]]:
    kept: dict[str, tuple[str, ...]] = {}
    for word in _words(text):
        tag, equals, value = word.partition("=")
        if not equals or not value:
            raise UsageError(f"--where: '{word}' is not TAG=VALUE", cure="Write it like camera=plaza,class=car.")
        kept[tag] = (*kept.get(tag, ()), value)
    return kept


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"'{text}' is not a time", cure="Write it like 2026-11-22T14:00:00Z.") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _read(settings: CloudSettings, question: SeriesQuestion) -> Sequence[Mapping[str, Any]]:
    try:
        store = open_store(settings.store, make=False)
    except StoreLockedError:
        found: Sequence[Mapping[str, Any]] = ask(settings.http, "/series", _parameters(question))["series"]
        return found
    try:
        return [_plain(series) for series in store.series(question)]
    finally:
        store.close()


def _parameters(question: SeriesQuestion) -> Sequence[tuple[str, str]]:
    return [
        ("measurement", question.measurement),
        ("fields", ",".join(question.fields)),
        ("start", question.start.isoformat()),
        ("end", question.end.isoformat()),
        ("bucket_s", str(question.bucket_s)),
        *(("where", f"{tag}:{value}") for tag, values in question.where.items() for value in values),
        ("group_by", ",".join(question.group_by)),
    ]


def _plain(series: Series) -> Mapping[str, Any]:
    """A series as the API writes it."""
    return {
        "tags": dict(series.tags),
        "times": [time.strftime("%Y-%m-%dT%H:%M:%SZ") for time in series.times],
        "values": {name: [_number(value) for value in column] for name, column in series.values.items()},
    }


def _number(value: float | None) -> float | None:
    return int(value) if value is not None and value.is_integer() else value


def _table(question: SeriesQuestion, found: Iterable[Mapping[str, Any]]) -> Iterator[Sequence[object]]:
    """One line per bucket and series, below a line of names."""
    yield ["time", *question.group_by, *question.fields]
    for series in found:
        tags = [series["tags"].get(tag, "") for tag in question.group_by]
        columns = [series["values"][name] for name in question.fields]
        for time, *values in zip(series["times"], *columns, strict=True):
            yield [time, *tags, *("" if value is None else value for value in values)]


def _print_aligned(rows: Sequence[Sequence[object]]) -> None:
    texts = [[f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(cell) for cell in column) for column in zip(*texts, strict=True)]
    for row in texts:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if len(rows) == 1:
        print("(nothing is stored there)")
