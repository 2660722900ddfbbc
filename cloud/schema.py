"""The tables of the data model: tags, fields, how fields are merged. See ``docs/data-model.md``."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias, get_args

from cloud.errors import QueryError
from cloud.types import Measurement, SeriesQuestion

Kind: TypeAlias = Literal["int", "float", "text", "flag"]
Merge: TypeAlias = Literal["sum", "mean", "weighted", "max", "level", "none"]
"""How values become one: ``level`` is averaged over time within a series and summed over series; ``weighted`` is
averaged by the table's ``weight``, so that what stands for many counts for many."""

MOST_BUCKETS: Final = 200_000
"""More than any chart or report needs; a question beyond it is a slip of the keyboard."""


@dataclass(frozen=True)
class Field:
    """One column.

    Attributes:
        kind: The type, for ever: counters ``int``, other numbers ``float``.
        merge: How values of a bucket become one; ``none`` for text and flags.
    """

    kind: Kind
    merge: Merge = "none"


@dataclass(frozen=True)
class Table:
    """One measurement.

    Attributes:
        tags: Names, in the order of a key.
        fields: Columns by name.
        anchor: A field that every row has.
        weight: The counter by which ``weighted`` fields are averaged; every row has it.
        sparse: Rows that would say nothing are left out: in a watched window none of them is nobody.
    """

    tags: tuple[str, ...]
    fields: Mapping[str, Field]
    anchor: str
    weight: str = ""
    sparse: bool = False


_COUNTER: Final = Field("int", "sum")
_PEAK: Final = Field("float", "max")
_MEAN: Final = Field("float", "mean")
_LEVEL: Final = Field("float", "level")
_WEIGHTED: Final = Field("float", "weighted")
_SECONDS: Final = Field("float", "sum")
_TEXT: Final = Field("text")

TABLES: Final[Mapping[Measurement, Table]] = {
    "camera": Table(
        tags=("site", "gateway", "camera"),
        fields={
            "observed": _MEAN,
            "observed_s": _SECONDS,
            "window_s": _SECONDS,
            "frames": _COUNTER,
            "rate_fps": _MEAN,
            "see": _TEXT,
            "model": _TEXT,
            "config_rev": _TEXT,
            "late": Field("flag"),
            "seq": Field("int", "max"),
            "impaired": _MEAN,
            "impaired_s": _SECONDS,
        },
        anchor="observed",
    ),
    "crossing": Table(
        tags=("site", "gateway", "camera", "line", "class"),
        fields={"in": _COUNTER, "out": _COUNTER},
        anchor="in",
    ),
    "zone": Table(
        tags=("site", "gateway", "camera", "zone", "class"),
        fields={
            "occupancy_mean": _LEVEL,
            "occupancy_peak": _PEAK,
            "entries": _COUNTER,
            "exits": _COUNTER,
            "dwell_p50_s": _MEAN,
            "dwell_p90_s": _MEAN,
            "dwell_max_s": _PEAK,
            "queue_peak": _PEAK,
            "density_mean_per_m2": _LEVEL,
            "density_peak_per_m2": _PEAK,
        },
        anchor="entries",
    ),
    "flow": Table(
        tags=("site", "gateway", "camera", "from", "to", "class"),
        fields={"count": _COUNTER},
        anchor="count",
        sparse=True,
    ),
    "speed": Table(
        tags=("site", "gateway", "camera", "line", "class"),
        fields={"mean_mps": _WEIGHTED, "p85_mps": _WEIGHTED, "count": _COUNTER},
        anchor="count",
        weight="count",
        sparse=True,
    ),
    "heat": Table(
        tags=("site", "gateway", "camera", "cell", "class"),
        fields={"present_s": _SECONDS, "columns": Field("int", "max"), "rows": Field("int", "max")},
        anchor="present_s",
        sparse=True,
    ),
    "alert": Table(
        tags=("site", "gateway", "source", "rule", "severity"),
        fields={"state": _TEXT, "value": _MEAN, "text": _TEXT, "place": _TEXT},
        anchor="state",
    ),
    "gateway": Table(
        tags=("site", "gateway"),
        fields={
            "version": _TEXT,
            "queue_rows": _MEAN,
            "queue_age_s": _MEAN,
            "temp_c": _MEAN,
            "disk_free_bytes": _MEAN,
            "memory_bytes": _MEAN,
            "clock_offset_s": _MEAN,
        },
        anchor="queue_rows",
    ),
}


def table(measurement: str) -> Table:
    """The table of a measurement.

    Raises:
        QueryError: There is none.
    """
    for name in get_args(Measurement):
        if name == measurement and name in TABLES:
            return TABLES[name]
    raise QueryError(f"there is no measurement '{measurement}'", cure=_advice(measurement, TABLES))


def check(question: SeriesQuestion) -> Table:
    """Whether a question can be answered.

    Args:
        question: From outside.

    Returns:
        The table it is about.

    Raises:
        QueryError: An unknown name, a field that is not a number, an empty or endless range.
    """
    about = table(question.measurement)
    if not question.fields:
        raise QueryError("the question names no field", cure=f"Ask for {', '.join(_numbers(about))}.")
    _check_names("number field", question.fields, _numbers(about))
    _check_names("tag or text field", question.where, (*about.tags, *_texts(about)))
    _check_names("tag to group by", question.group_by, about.tags)
    _check_range(question)
    return about


def check_tag(measurement: str, tag: str) -> None:
    """Whether a measurement has a tag.

    Raises:
        QueryError: It does not.
    """
    _check_names("tag", (tag,), table(measurement).tags)


def _numbers(about: Table) -> tuple[str, ...]:
    return tuple(name for name, field in about.fields.items() if field.merge != "none")


def _texts(about: Table) -> tuple[str, ...]:
    return tuple(name for name, field in about.fields.items() if field.kind == "text")


def _check_names(what: str, asked: Iterable[str], known: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in asked:
        if name not in known:
            raise QueryError(f"there is no {what} '{name}' here", cure=_advice(name, known))
        if name in seen:
            raise QueryError(f"{what} '{name}' is asked for twice")
        seen.add(name)


def _advice(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(known)}."


def _check_range(question: SeriesQuestion) -> None:
    if question.start.tzinfo is None or question.end.tzinfo is None:
        raise QueryError("start and end need a time zone", cure="End them with 'Z' for UTC.")
    length_s = (question.end - question.start).total_seconds()
    if length_s <= 0:
        raise QueryError(f"the range from {question.start} to {question.end} is empty")
    if question.bucket_s < 1:
        raise QueryError(f"a bucket of {question.bucket_s} s is too short", cure="Use 1 s or more.")
    if length_s / question.bucket_s > MOST_BUCKETS:
        raise QueryError(
            f"{length_s:.0f} s in buckets of {question.bucket_s} s are more than {MOST_BUCKETS} buckets",
            cure="Ask for a shorter range or longer buckets.",
        )
