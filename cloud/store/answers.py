"""Parts of a question, and their answers put together: shared by all stores. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from msgspec import Struct

from cloud.schema import Table
from cloud.types import Series, SeriesQuestion


class Cell(Struct, frozen=True):
    """What one bucket of one series holds.

    Attributes:
        group: The values of ``group_by``, in its order.
        time: The bucket's start, UTC.
        values: By field; None where the bucket's rows have none.
    """

    group: tuple[str, ...]
    time: datetime
    values: Mapping[str, float | None]


def parts(question: SeriesQuestion, table: Table) -> Sequence[SeriesQuestion]:
    """A question as questions whose fields are merged alike: the plain fields, the weighted ones, the levels.

    Args:
        question: Checked against ``table``.
        table: What it is about.

    Returns:
        One to three questions with all the fields between them.
    """
    ways: dict[str, list[str]] = {"plain": [], "weighted": [], "level": []}
    for name in question.fields:
        merge = table.fields[name].merge
        ways[merge if merge in ways else "plain"].append(name)
    return [replace(question, fields=tuple(fields)) for fields in ways.values() if fields]


def joined(question: SeriesQuestion, cells: Iterable[Cell]) -> Sequence[Series]:
    """The cells of all parts as the answer to the whole question.

    Args:
        question: The whole question.
        cells: Of all its parts, in any order.

    Returns:
        Series sorted by their tags, each with its buckets in order.
    """
    groups: dict[tuple[str, ...], dict[datetime, dict[str, float | None]]] = {}
    for cell in cells:
        groups.setdefault(cell.group, {}).setdefault(cell.time, {}).update(cell.values)
    return [
        Series(
            tags=dict(zip(question.group_by, group, strict=True)),
            times=tuple(sorted(buckets)),
            values={name: tuple(buckets[time].get(name) for time in sorted(buckets)) for name in question.fields},
        )
        for group, buckets in sorted(groups.items())
    ]
