"""How much of every bucket was watched, and why the rest was not: read from the ``camera`` rows."""

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

Place: TypeAlias = tuple[str, ...]
"""The values of those place tags that are kept apart; empty where all cameras are taken together."""
_Seconds: TypeAlias = dict[tuple[Place, datetime], float]


@dataclass(frozen=True)
class Coverage:
    """One place over time.

    Attributes:
        watched_s: Per bucket, seconds that were observed, summed over cameras.
        expected_s: Per bucket, seconds that should have been.
        reasons: Per bucket, why the larger part of the rest was not watched; None where all was.
    """

    watched_s: tuple[float, ...]
    expected_s: tuple[float, ...]
    reasons: tuple[str | None, ...]

    @property
    def completeness(self) -> tuple[float, ...]:
        """Per bucket, the share of what should have been watched that was: 0 to 1."""
        return tuple(_share(*pair) for pair in zip(self.watched_s, self.expected_s, strict=True))


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
    came, watched = _seconds(store, question, cameras)
    unseen = _unseen(store, question, cameras) if sum(came.values()) > sum(watched.values()) else {}
    places = Counter(_place(question, camera) for camera in cameras)
    found: dict[Place, Coverage] = {}
    for place, count in places.items():
        expected_s = tuple(count * length_s(question, time) for time in times)
        reasons: list[str | None] = []
        for time, due_s in zip(times, expected_s, strict=True):
            causes = {state: seconds.get((place, time), 0.0) for state, seconds in unseen.items()}
            causes[_absent(question, time, now)] = due_s - came.get((place, time), 0.0)
            reasons.append(_reason(watched.get((place, time), 0.0), due_s, causes))
        watched_s = tuple(watched.get((place, time), 0.0) for time in times)
        found[place] = Coverage(watched_s, expected_s, tuple(reasons))
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
    return replace(question, measurement="camera", fields=("window_s", "observed_s"), where=where, group_by=PLACE)


def _unseen(store: Store, question: SeriesQuestion, cameras: Container[Place]) -> dict[str, _Seconds]:
    """Seconds of windows that came but were not observed, by what the camera saw when they ended."""
    unseen: dict[str, _Seconds] = {}
    for state in get_args(SeeState):
        came, watched = _seconds(store, question, cameras, see=state)
        # A camera that sees well and yet did not watch all of its window began or stopped within it.
        unseen["partial" if state == "ok" else state] = {at: came[at] - watched[at] for at in came}
    return unseen


def _seconds(
    store: Store, question: SeriesQuestion, cameras: Container[Place], *, see: str | None = None
) -> tuple[_Seconds, _Seconds]:
    """Seconds of windows that came, and that were observed, by place and bucket."""
    asked = _about_cameras(question)
    if see is not None:
        asked = replace(asked, where={**asked.where, "see": (see,)})
    came: _Seconds = defaultdict(float)
    watched: _Seconds = defaultdict(float)
    for series in store.series(asked):
        camera = tuple(series.tags[tag] for tag in PLACE)
        if camera in cameras:
            place = _place(question, camera)
            for nth, time in enumerate(series.times):
                came[place, time] += series.values["window_s"][nth] or 0.0
                watched[place, time] += series.values["observed_s"][nth] or 0.0
    return came, watched


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
