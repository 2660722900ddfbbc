"""Series with their gaps, and totals with how much of the range stands behind them.

"Nobody passed" is a 0; "nobody was looking" is a None with a reason. Both follow from what the stores hold: a
watched window has rows of zeros, an unwatched one has none, and the ``camera`` row says which it was.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from cityedge.clock import from_unix_s
from cloud import schema
from cloud.errors import QueryError
from cloud.query.coverage import PLACE, Coverage, Place, coverage, length_s
from cloud.types import Series, SeriesQuestion, Store

NOT_CONFIGURED: Final = "not_configured"
"""All was watched, but nothing was counted there: the line, zone or class did not exist then."""
_WATCHED_MEASUREMENTS: Final = ("camera", "crossing", "zone", "flow", "speed", "heat")


@dataclass(frozen=True)
class CountSeries:
    """A line in a chart that shows gaps as gaps.

    Attributes:
        tags: The values of ``group_by``; those of the place alone where nothing at all was counted there.
        times: Start of every bucket from start to end, without a hole.
        values: For each field, a value per bucket; None where there is none.
        completeness: Per bucket, the share of what should have been watched that was: 0 to 1.
        reasons: Per bucket, why the larger part of the rest was not watched; None where all was. A state of
            ``see``; ``partial`` (the camera began or stopped within a window); ``missing`` (no window came);
            ``pending`` (it may still come); ``not_configured``.
        impaired: Per bucket, the share of what should have been watched in which cameras did not see well,
            whether it was watched all the same (dark, defocused, moved) or not (covered, frozen, offline).
        impairments: Per bucket, the state of ``see`` that most of that was in; None where there was none.
    """

    tags: Mapping[str, str]
    times: tuple[datetime, ...]
    values: Mapping[str, tuple[float | None, ...]]
    completeness: tuple[float, ...]
    reasons: tuple[str | None, ...]
    impaired: tuple[float, ...]
    impairments: tuple[str | None, ...]


@dataclass(frozen=True)
class Total:
    """Counters over a whole range.

    Attributes:
        tags: As in :class:`CountSeries`.
        values: For each field its sum; None where nothing was watched.
        completeness: The share of the range that was watched, 0 to 1.
        impaired: The share of the range in which cameras did not see well, 0 to 1.
    """

    tags: Mapping[str, str]
    values: Mapping[str, float | None]
    completeness: float
    impaired: float


def counts(store: Store, question: SeriesQuestion, *, now: datetime | None = None) -> tuple[CountSeries, ...]:
    """A question's answer with its gaps.

    Args:
        store: Whom to ask.
        question: About what a camera watches. Keep ``camera`` apart in ``group_by`` where cameras should not
            stand in for one another.
        now: The time, where the range reaches up to it.

    Returns:
        Series sorted by their tags; a place where nothing was counted has one, of None only. Trips and heat that
        a watched bucket has no row of are zeros; a speed is None then, as there was none, and has no reason.

    Raises:
        QueryError: The question cannot be answered.
        StoreBusyError: The store cannot answer now.
    """
    table = schema.check(question)
    if question.measurement not in _WATCHED_MEASUREMENTS:
        raise QueryError(
            f"'{question.measurement}' is not watched by a camera, so it has no gaps to show",
            cure=f"Ask for one of {', '.join(_WATCHED_MEASUREMENTS)}, or for the plain series.",
        )
    times = _times(question)
    places = coverage(store, question, times=times, now=now)
    answers = [(_place(series.tags), series) for series in store.series(question)]
    counted = {place for place, _ in answers}
    answers += [(place, _nothing(question, place)) for place in places if place not in counted]
    return tuple(
        _with_gaps(series, times, places[place], table) for place, series in sorted(answers, key=_by_tags)
    )


def totals(store: Store, question: SeriesQuestion, *, now: datetime | None = None) -> tuple[Total, ...]:
    """Counters summed over the whole range, per line, class or whatever ``group_by`` keeps apart.

    Args:
        store: Whom to ask.
        question: As for :func:`counts`; its fields are counters, its ``bucket_s`` is of no matter.
        now: As for :func:`counts`.

    Returns:
        Totals sorted by their tags.

    Raises:
        QueryError: A field is not a counter, or the question cannot be answered.
        StoreBusyError: The store cannot answer now.
    """
    table = schema.check(question)
    for name in question.fields:
        if table.fields[name].merge != "sum":
            raise QueryError(f"'{name}' is not a counter: it has no total")
    length_s = (question.end - question.start).total_seconds()
    daily = replace(question, bucket_s=max(1, min(86_400, int(length_s))))
    return tuple(_total(series, daily) for series in counts(store, daily, now=now))


def _times(question: SeriesQuestion) -> tuple[datetime, ...]:
    bucket_s = question.bucket_s
    first = int(question.start.timestamp() // bucket_s)
    last = int(-(-question.end.timestamp() // bucket_s))
    return tuple(from_unix_s(number * bucket_s) for number in range(first, last))


def _place(tags: Mapping[str, str]) -> Place:
    return tuple(tags[tag] for tag in PLACE if tag in tags)


def _nothing(question: SeriesQuestion, place: Place) -> Series:
    names = [tag for tag in PLACE if tag in question.group_by]
    tags = {name: value for name, value in zip(names, place, strict=True) if value}
    return Series(tags=tags, times=(), values=dict.fromkeys(question.fields, ()))


def _by_tags(answer: tuple[Place, Series]) -> list[tuple[str, str]]:
    return list(answer[1].tags.items())


def _with_gaps(series: Series, times: tuple[datetime, ...], watched: Coverage, table: schema.Table) -> CountSeries:
    at = {time: nth for nth, time in enumerate(series.times)}
    # Of what has rows only where there was something, no row of a watched bucket is nobody: if it was ever there.
    sparse = table.sparse and bool(at)
    values: dict[str, tuple[float | None, ...]] = {}
    for name, column in series.values.items():
        # Nobody adds up to 0, and has no mean.
        nobody = 0.0 if sparse and table.fields[name].merge == "sum" else None
        values[name] = tuple(
            column[at[time]] if time in at else nobody if share else None
            for time, share in zip(times, watched.completeness, strict=True)
        )
    reasons = tuple(
        NOT_CONFIGURED if reason is None and time not in at and not sparse else reason
        for time, reason in zip(times, watched.reasons, strict=True)
    )
    return CountSeries(
        tags=series.tags,
        times=times,
        values=values,
        completeness=watched.completeness,
        reasons=reasons,
        impaired=watched.impaired,
        impairments=watched.impairments,
    )


def _total(series: CountSeries, question: SeriesQuestion) -> Total:
    lengths = [length_s(question, time) for time in series.times]
    return Total(
        tags=series.tags,
        values={name: _sum(column) for name, column in series.values.items()},
        completeness=_share_of(lengths, series.completeness),
        impaired=_share_of(lengths, series.impaired),
    )


def _share_of(lengths: Sequence[float], shares: Sequence[float]) -> float:
    return sum(share * length for share, length in zip(shares, lengths, strict=True)) / sum(lengths)


def _sum(column: Sequence[float | None]) -> float | None:
    known = [value for value in column if value is not None]
    return sum(known) if known else None
