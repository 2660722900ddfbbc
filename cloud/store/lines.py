"""Rows as InfluxDB's line protocol. Pure.

What a row says is a pure function of its message, and so is its line: written twice, it is there once.
"""

import math
from typing import Final

from cloud.store.moments import to_us
from cloud.types import Entry, FieldValue, Row

_TAG_ESCAPES: Final = str.maketrans({",": r"\,", "=": r"\=", " ": r"\ "})
_TEXT_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\""})
_UNWRITABLE: Final = frozenset("\\\n\r")
"""A tag has no way to say these."""


def lines_of(entry: Entry) -> bytes:
    """An entry's points, one a line.

    The nanoseconds carry the message's number: two half windows of one minute (the gateway restarted) are two
    points, and the same message again is the same point.

    Args:
        entry: With any number of rows.

    Returns:
        UTF-8, each line ended.

    Raises:
        ValueError: A tag or a number that no line can carry.
    """
    offset_ns = entry.identity.seq % 1000
    return "".join(_line(row, offset_ns) for row in entry.rows).encode()


def _line(row: Row, offset_ns: int) -> str:
    tags = "".join(f",{name}={_tag(value)}" for name, value in row.tags.items())
    fields = ",".join(f"{name}={_field(value)}" for name, value in row.fields.items())
    return f"{row.measurement}{tags} {fields} {to_us(row.time) * 1000 + offset_ns}\n"


def _tag(value: str) -> str:
    if not value or not _UNWRITABLE.isdisjoint(value):
        raise ValueError(f"tag value {value!r} is empty or has a backslash or a line break")
    return value.translate(_TAG_ESCAPES)


def _field(value: FieldValue) -> str:
    if isinstance(value, str):
        return f'"{value.translate(_TEXT_ESCAPES)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"{value}i"
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that a point can carry")
    return repr(value)
