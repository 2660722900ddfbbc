"""Questions as InfluxQL, the one language that InfluxDB 1.x, 2.x and 3 share, and answers read back. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cloud.schema import Field, Table
from cloud.store.answers import Cell
from cloud.store.moments import from_us, to_us
from cloud.types import FieldValue, Measurement, Row, SeriesQuestion

_ROWS: Final = "_rows"
_FUNCTION: Final = {"sum": "sum", "mean": "mean", "max": "max", "level": "mean"}


@dataclass(frozen=True)
class Table1:
    """One series of an answer.

    Attributes:
        tags: Its tags.
        rows: Values by column.
    """

    tags: Mapping[str, str]
    rows: Sequence[Mapping[str, Any]]
