"""Questions as InfluxQL, the one language that InfluxDB 1.x, 2.x and 3 share, and answers read back. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cloud.schema import Kind, Table
from cloud.store.answers import Cell
from cloud.store.moments import from_us, to_us
from cloud.types import FieldValue, Measurement, Row, SeriesQuestion

_ROWS: Final = "_rows"
_WEIGHT: Final = "_weight"
_FUNCTION: Final = {"sum": "sum", "mean": "mean", "max": "max"}


@dataclass(frozen=True)
class Answer:
    """One series of an answer.

    Attributes:
        tags: Its tags; empty values where a tag is absent.
        rows: Values by column; ``time`` in nanoseconds.
    """

    tags: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]


def identifier(name: str) -> str:
    """A name, in double quotes."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def literal(text: str) -> str:
    """A text, in single quotes."""
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"


def create_database(name: str) -> str:
    """Make a database where it is missing."""
    return f"CREATE DATABASE {identifier(name)}"


def series(question: SeriesQuestion, table: Table) -> str:
    """A question whose fields are merged alike (:func:`cloud.store.answers.parts`)."""
    tags = [identifier(tag) for tag in question.group_by]
    merges = {table.fields[name].merge for name in question.fields}
    # A bucket without any of the fields is answered too, where it has rows.
    rows = f"count({identifier(table.anchor)}) AS {identifier(_ROWS)}"
    if "weighted" in merges:
        return _weighted(question, table, tags)
    if "level" in merges:
        # Averaged within each series first, so that series may then be added up.
        inner = _select(question, [*(_merged(name, "mean") for name in question.fields), rows])
        groups = _group_by(question, [identifier(tag) for tag in table.tags])
        merged = [_merged(name, "sum") for name in (*question.fields, _ROWS)]
        time = _time_range(question)
        source = f"({inner} {groups}) WHERE {time} {_group_by(question, tags)}"
        return f"SELECT {', '.join(merged)} FROM {source}"  # noqa: S608 - quoted
    merged = [_merged(name, _FUNCTION[table.fields[name].merge]) for name in question.fields]
    return f"{_select(question, [*merged, rows])} {_group_by(question, tags)}"


def _weighted(question: SeriesQuestion, table: Table, tags: Sequence[str]) -> str:
    """Each value times how many it is of, summed, and divided by how many there were."""
    weight = identifier(table.weight)
    products = [f"{identifier(name)} * {weight} AS {identifier(name)}" for name in question.fields]
    inner = _select(question, [*products, f"{weight} AS {identifier(_WEIGHT)}"])
    merged = [
        f"sum({identifier(name)}) / sum({identifier(_WEIGHT)}) AS {identifier(name)}" for name in question.fields
    ]
    kept = f" GROUP BY {', '.join(tags)}" if tags else ""
    source = f"({inner}{kept}) WHERE {_time_range(question)} {_group_by(question, tags)}"
    return f"SELECT {', '.join(merged)} FROM {source}"  # noqa: S608 - quoted


def latest(measurement: Measurement, table: Table, since: datetime) -> str:
    """The newest row of every series."""
    fields = ", ".join(identifier(name) for name in table.fields)
    return (
        f"SELECT {fields} FROM {identifier(measurement)} WHERE time >= {to_us(since) * 1000}"  # noqa: S608
        " GROUP BY * ORDER BY time DESC LIMIT 1"
    )


def newest(measurement: Measurement, table: Table, since: datetime, limit: int) -> str:
    """The newest rows, their tags as columns."""
    columns = ", ".join(identifier(name) for name in (*table.fields, *table.tags))
    return (
        f"SELECT {columns} FROM {identifier(measurement)} WHERE time >= {to_us(since) * 1000}"  # noqa: S608
        f" ORDER BY time DESC LIMIT {limit}"
    )


def tag_values(measurement: Measurement, tag: str) -> str:
    """The values of a tag."""
    return f"SHOW TAG VALUES FROM {identifier(measurement)} WITH KEY = {identifier(tag)}"


def answers(body: Mapping[str, Any]) -> Iterator[Answer]:
    """The series of a response.

    Args:
        body: The JSON of ``/query`` with ``epoch=ns``, without an error.
    """
    for result in body.get("results", ()):
        for part in result.get("series", ()):
            rows = [dict(zip(part["columns"], values, strict=True)) for values in part.get("values", ())]
            yield Answer(part.get("tags", {}), rows)


def error_of(body: Mapping[str, Any]) -> str | None:
    """What the server says is wrong with a question; None where nothing is."""
    parts = (body, *body.get("results", ()))
    return next((str(part["error"]) for part in parts if part.get("error")), None)


def cells(question: SeriesQuestion, answer: Answer) -> Iterator[Cell]:
    """The buckets of one series that answers a question."""
    group = tuple(answer.tags.get(tag, "") for tag in question.group_by)
    for row in answer.rows:
        values = {name: None if row[name] is None else float(row[name]) for name in question.fields}
        yield Cell(group, from_us(row["time"] // 1000), values)


def rows_of(measurement: Measurement, table: Table, answer: Answer) -> Iterator[Row]:
    """The rows that answer :func:`latest` for one series, or :func:`newest` for all."""
    for found in answer.rows:
        yield _row_of(measurement, table, {**answer.tags, **found})


def _row_of(measurement: Measurement, table: Table, found: Mapping[str, Any]) -> Row:
    values = {name: found.get(name) for name in table.fields}
    return Row(
        measurement=measurement,
        time=from_us(found["time"] // 1000),
        tags={tag: found[tag] for tag in table.tags},
        fields={
            name: _typed(value, table.fields[name].kind) for name, value in values.items() if value is not None
        },
    )


def _typed(value: Any, kind: Kind) -> FieldValue:
    """JSON writes a float without a fraction as a whole number."""
    converted: FieldValue = {"int": int, "float": float, "text": str, "flag": bool}[kind](value)
    return converted


def _merged(name: str, function: str) -> str:
    return f"{function}({identifier(name)}) AS {identifier(name)}"


def _select(question: SeriesQuestion, merged: Sequence[str]) -> str:
    conditions = [_time_range(question)]
    for name, allowed in question.where.items():
        choices = " OR ".join(f"{identifier(name)} = {literal(value)}" for value in allowed)
        conditions.append(f"({choices})")
    source = identifier(question.measurement)
    return f"SELECT {', '.join(merged)} FROM {source} WHERE {' AND '.join(conditions)}"  # noqa: S608 - quoted


def _time_range(question: SeriesQuestion) -> str:
    return f"time >= {to_us(question.start) * 1000} AND time < {to_us(question.end) * 1000}"


def _group_by(question: SeriesQuestion, tags: Sequence[str]) -> str:
    return f"GROUP BY {', '.join([f'time({question.bucket_s}s)', *tags])} fill(none)"
