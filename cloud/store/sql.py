"""Questions as SQL for the embedded store, and its tables. Pure: text and values out, nothing run."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cloud.schema import TABLES, Kind, Table
from cloud.store.moments import to_us
from cloud.types import Measurement, SeriesQuestion

_TYPES: Final[Mapping[Kind, str]] = {
    "int": "BIGINT",
    "float": "DOUBLE",
    "text": "VARCHAR",
    "flag": "BOOLEAN",
}
BATCH: Final = "batch"
"""The name by which an insert finds its columns."""
_AGGREGATE: Final = {"sum": "sum({0})", "mean": "avg({0})", "max": "max({0})", "level": "sum({0})"}
_AGGREGATE_BY: Final = "sum({0} * {1}) / nullif(sum({1}) FILTER (WHERE {0} IS NOT NULL), 0)"


@dataclass(frozen=True)
class Statement:
    """One statement.

    Attributes:
        text: SQL with ``?`` where values go.
        values: The values, in order.
    """

    text: str
    values: tuple[object, ...]


def quoted(name: str) -> str:
    """A name of the schema as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def create_tables() -> Sequence[str]:
    """Statements that make every table that is missing. Times are UTC."""
    statements = []
    for name, table in TABLES.items():
        columns = ["time TIMESTAMP NOT NULL"]
        columns += [f"{quoted(tag)} VARCHAR NOT NULL" for tag in table.tags]
        columns += [f"{quoted(field)} {_TYPES[about.kind]}" for field, about in table.fields.items()]
        statements.append(f"CREATE TABLE IF NOT EXISTS {quoted(name)} ({', '.join(columns)})")
    return statements


def add_columns(measurement: Measurement, table: Table, there: Collection[str]) -> Sequence[str]:
    """Statements that bring a table that an older version made up to date: its rows have NULL in what is new.

    Args:
        measurement: The table's name.
        table: As it shall be.
        there: The columns that it has.
    """
    return [
        f"ALTER TABLE {quoted(measurement)} ADD COLUMN {quoted(name)} {_TYPES[about.kind]}"
        for name, about in table.fields.items()
        if name not in there
    ]


def columns_there() -> str:
    """A question for the columns of every table: rows of table and column."""
    return "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"


def insert_batch(measurement: Measurement, table: Table) -> str:
    """An insert of the columns that are registered as :data:`BATCH`, time in microseconds."""
    names = ", ".join(map(quoted, (*table.tags, *table.fields)))
    return (
        f"INSERT INTO {quoted(measurement)} (time, {names})"  # noqa: S608 - own names
        f" SELECT make_timestamp(time), {names} FROM {quoted(BATCH)}"
    )


def put(name: str, types: Mapping[str, str]) -> str:
    """An insert in place of rows with the same key, that takes one list per column.

    Args:
        name: The table.
        types: Column types by name.

    Returns:
        SQL with one ``?`` per column.
    """
    values = ", ".join(f"unnest(?::{kind}[])" for kind in types.values())
    columns = ", ".join(map(quoted, types))
    return f"INSERT OR REPLACE INTO {quoted(name)} ({columns}) SELECT {values}"


def series(question: SeriesQuestion, table: Table) -> Statement:
    """A question as one statement whose rows are: values of ``group_by``, bucket's number, a value per field.

    Args:
        question: Checked against ``table``.
        table: What it is about; only fields of one kind of merging, ``level`` or others, at a time.
    """
    kept, values = _where(question)
    bucket = f"epoch_us(time) // {question.bucket_s * 1_000_000}"
    groups = [quoted(tag) for tag in question.group_by]
    merged = [_merged(table, name) for name in question.fields]
    source = f"FROM {quoted(question.measurement)} WHERE {kept}"
    if any(table.fields[name].merge == "level" for name in question.fields):
        # Averaged within each series first, so that series may then be added up.
        means = ", ".join(f"avg({quoted(name)}) AS {quoted(name)}" for name in question.fields)
        tags = ", ".join(map(quoted, table.tags))
        source = f"FROM (SELECT {tags}, {bucket} AS bucket, {means} {source} GROUP BY ALL)"
        bucket = "bucket"
    selected = ", ".join([*groups, f"{bucket} AS bucket", *merged])
    order = ", ".join([*groups, "bucket"])
    return Statement(f"SELECT {selected} {source} GROUP BY ALL ORDER BY {order}", values)


def latest(measurement: Measurement, table: Table, since: datetime) -> Statement:
    """The newest row of every series: microseconds, tags, fields."""
    tags = ", ".join(map(quoted, table.tags))
    fields = ", ".join(map(quoted, table.fields))
    text = (
        f"SELECT epoch_us(time), {tags}, {fields} FROM {quoted(measurement)}"  # noqa: S608 - own names
        " WHERE time >= make_timestamp(?::BIGINT)"
        f" QUALIFY row_number() OVER (PARTITION BY {tags} ORDER BY time DESC, rowid DESC) = 1 ORDER BY {tags}"
    )
    return Statement(text, (to_us(since),))


def newest(measurement: Measurement, table: Table, since: datetime, limit: int) -> Statement:
    """The newest rows, as :func:`latest` gives them."""
    names = ", ".join(map(quoted, (*table.tags, *table.fields)))
    text = (
        f"SELECT epoch_us(time), {names} FROM {quoted(measurement)}"  # noqa: S608 - own names
        " WHERE time >= make_timestamp(?::BIGINT) ORDER BY time DESC, rowid DESC LIMIT ?"
    )
    return Statement(text, (to_us(since), limit))


def tag_values(measurement: Measurement, tag: str) -> Statement:
    """The values of a tag, sorted."""
    name = quoted(tag)
    return Statement(f"SELECT DISTINCT {name} FROM {quoted(measurement)} ORDER BY {name}", ())  # noqa: S608


def _where(question: SeriesQuestion) -> tuple[str, tuple[object, ...]]:
    conditions = ["time >= make_timestamp(?::BIGINT)", "time < make_timestamp(?::BIGINT)"]
    values: list[object] = [to_us(question.start), to_us(question.end)]
    for name, allowed in question.where.items():
        conditions.append(f"list_contains(?::VARCHAR[], {quoted(name)})")
        values.append(list(allowed))
    return " AND ".join(conditions), tuple(values)


def _merged(table: Table, name: str) -> str:
    merge = table.fields[name].merge
    merged = _AGGREGATE_BY if merge == "weighted" else _AGGREGATE[merge]
    return f"({merged.format(quoted(name), quoted(table.weight))})::DOUBLE"
