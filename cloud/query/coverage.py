"""How much of every bucket was watched and how well, and why the rest was not: read from the ``camera`` rows."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias, get_args

from cityedge.messages import SeeState
from cloud.types import SeriesQuestion, Store

PLACE: Final[tuple[str, ...]] = ("site", "gateway", "camera")
EXPECTED_FOR: Final = timedelta(days=1)
"""A camera that was there so long before the range is expected in it."""
SETTLES_AFTER: Final = timedelta(seconds=90)
"""A window of a minute is closed some seconds late, sent and stored: until then it is not missing."""
_WATCHED: Final = 0.999
"""From this share on a bucket counts as watched: observed seconds are sums of fractions."""
_DAY_S: Final = 86_400
_FIELDS: Final = ("window_s", "observed_s", "impaired_s")

Place: TypeAlias = tuple[str, ...]
"""The values of those place tags that are kept apart; empty where all cameras are taken together."""
_At: TypeAlias = tuple[Place, datetime]
_Seconds: TypeAlias = dict[_At, float]


@dataclass(frozen=True)
class Coverage:
    """One place over time.

    Attributes:
        watched_s: Per bucket, seconds that were observed, summed over cameras.
        expected_s: Per bucket, seconds that should have been.
        reasons: Per bucket, why the larger part of the rest was not watched; None where all was.
        impaired_s: Per bucket, seconds in which cameras did not see well, whether they watched or not.
        impairments: Per bucket, the state of ``see`` that most of them were in; None where there were none.
    """

    watched_s: tuple[float, ...]
    expected_s: tuple[float, ...]
    reasons: tuple[str | None, ...]
    impaired_s: tuple[float, ...]
    impairments: tuple[str | None, ...]

    @property
    def completeness(self) -> tuple[float, ...]:
        """Per bucket, the share of what should have been watched that was: 0 to 1."""
        return tuple(_share(*pair) for pair in zip(self.watched_s, self.expected_s, strict=True))

    @property
    def impaired(self) -> tuple[float, ...]:
        """Per bucket, the share of what should have been watched in which cameras did not see well: 0 to 1."""
        return tuple(_share(*pair) for pair in zip(self.impaired_s, self.expected_s, strict=True))


@dataclass(frozen=True)
class _Windows:
    """Windows that came, in seconds by place and bucket: how long, how much watched, how much impaired."""

    came: _Seconds
    watched: _Seconds
    impaired: _Seconds


def coverage(
    store: Store, question: SeriesQuestion, *, times: Sequence[datetime], now: datetime | None
) -> Mapping[Place, Coverage]:
    """How well the cameras behind a question watched.

    Args:
        store: Where the ``camera`` rows are.
        question: About crossings, zones or cameras.
        times: Start of every bucket from its start to its end.
        now: The time: what may still be on its way is ``pending``. None where the range lies in the past.

    Returns:
        Coverage by the values of the place tags in ``group_by``.
    """
    cameras = _expected(store, question)
    all_ = _windows(store, question, cameras)
    states = _states(store, question, cameras) if _were_ever_amiss(all_) else {}
    places = Counter(_place(question, camera) for camera in cameras)
    found: dict[Place, Coverage] = {}
    for place, count in places.items():
        expected_s = tuple(count * length_s(question, time) for time in times)
        reasons: list[str | None] = []
        for time, due_s in zip(times, expected_s, strict=True):
            causes = _unseen(states, (place, time))
            causes[_absent(question, time, now)] = due_s - all_.came.get((place, time), 0.0)
            reasons.append(_reason(all_.watched.get((place, time), 0.0), due_s, causes))
        found[place] = Coverage(
            watched_s=tuple(all_.watched.get((place, time), 0.0) for time in times),
            expected_s=expected_s,
            reasons=tuple(reasons),
            impaired_s=tuple(all_.impaired.get((place, time), 0.0) for time in times),
            impairments=tuple(_impairment(states, (place, time)) for time in times),
        )
    return found


def _expected(store: Store, question: SeriesQuestion) -> set[Place]:
    """The cameras that should have watched: those that did lately, and those that are asked for by name."""
    narrowed = any(name not in PLACE for name in question.where)
    lately = replace(
        question if narrowed else _about_cameras(question),
        start=question.start - EXPECTED_FOR,
        bucket_s=_DAY_S,
        group_by=PLACE,
    )
    cameras = {tuple(series.tags[tag] for tag in PLACE) for series in store.series(lately)}
    known = {name for _, _, name in cameras}
    site, gateway = (_only(question.where.get(tag, ())) for tag in PLACE[:2])
    return cameras | {(site, gateway, name) for name in question.where.get("camera", ()) if name not in known}


def _about_cameras(question: SeriesQuestion) -> SeriesQuestion:
    where = {tag: values for tag, values in question.where.items() if tag in PLACE}
    return replace(question, measurement="camera", fields=_FIELDS, where=where, group_by=PLACE)


def _were_ever_amiss(windows: _Windows) -> bool:
    return sum(windows.came.values()) > sum(windows.watched.values()) or any(windows.impaired.values())


def _states(store: Store, question: SeriesQuestion, cameras: Container[Place]) -> dict[str, _Windows]:
    """The windows of each state of ``see``: what held longest of the time in which the camera did not see well."""
    return {state: _windows(store, question, cameras, see=state) for state in get_args(SeeState)}


def _unseen(states: Mapping[str, _Windows], at: _At) -> dict[str, float]:
    """Seconds of windows that came but were not observed, by cause."""
    return {
        # A camera that sees well and yet did not watch all of its window began or stopped within it.
        "partial" if state == "ok" else state: windows.came.get(at, 0.0) - windows.watched.get(at, 0.0)
        for state, windows in states.items()
    }


def _impairment(states: Mapping[str, _Windows], at: _At) -> str | None:
    impaired = {state: windows.impaired.get(at, 0.0) for state, windows in states.items()}
    return max(impaired, key=lambda state: impaired[state]) if any(impaired.values()) else None


def _windows(
    store: Store, question: SeriesQuestion, cameras: Container[Place], *, see: str | None = None
) -> _Windows:
    """Windows that came, all or those of one state of ``see``."""
    asked = _about_cameras(question)
    if see is not None:
        asked = replace(asked, where={**asked.where, "see": (see,)})
    seconds: Mapping[str, _Seconds] = {name: defaultdict(float) for name in _FIELDS}
    for series in store.series(asked):
        camera = tuple(series.tags[tag] for tag in PLACE)
        if camera in cameras:
            place = _place(question, camera)
            for name, column in series.values.items():
                for time, value in zip(series.times, column, strict=True):
                    seconds[name][place, time] += value or 0.0
    return _Windows(*(seconds[name] for name in _FIELDS))


def _place(question: SeriesQuestion, camera: Place) -> Place:
    return tuple(value for tag, value in zip(PLACE, camera, strict=True) if tag in question.group_by)


def length_s(question: SeriesQuestion, time: datetime) -> float:
    """How much of a bucket lies in the range, in seconds."""
    return (_end(question, time) - max(time, question.start)).total_seconds()


def _end(question: SeriesQuestion, time: datetime) -> datetime:
    return min(time + timedelta(seconds=question.bucket_s), question.end)


def _absent(question: SeriesQuestion, time: datetime, now: datetime | None) -> str:
    late = now is None or _end(question, time) <= now - SETTLES_AFTER
    return "missing" if late else "pending"


def _reason(watched_s: float, expected_s: float, causes: Mapping[str, float]) -> str | None:
    if _share(watched_s, expected_s) >= _WATCHED:
        return None
    return max(causes, key=lambda cause: causes[cause])


def _share(watched_s: float, expected_s: float) -> float:
    return max(0.0, min(1.0, watched_s / expected_s)) if expected_s else 0.0


def _only(values: Sequence[str]) -> str:
    return values[0] if len(values) == 1 else ""
