"""Reads from the store and from the live state what one board needs."""

from datetime import datetime, timedelta, tzinfo
from typing import Final

from cloud import balance, query
from cloud.live import LiveState
from cloud.page.board import longest_window_s
from cloud.page.periods import Frame, Period, frame
from cloud.page.views import CameraKey, Readings
from cloud.types import Measurement, SeriesQuestion, Store

_SHOWN_FOR: Final = timedelta(hours=25)
"""A camera that said nothing for so long leaves the page."""
_LAST_WINDOW_FOR: Final = timedelta(minutes=15)
"""A last window is shown with its counts so long: looking further back for them would cost a large store."""
_MOST_ALERTS: Final = 10
_CAMERA: Final = ("site", "gateway", "camera")


def read(store: Store, live: LiveState, *, period: Period, zone: tzinfo, now: datetime) -> Readings:
    """Ask for everything that a board shows.

    Args:
        store: Asked some ten short questions; this blocks while it answers.
        live: Whose word on the gateways is newer than the store's.
        period: The range to sum over.
        zone: Whose day ``today`` is.
        now: This moment, UTC.

    Returns:
        The readings.

    Raises:
        StoreBusyError: The store cannot answer now.
    """
    cameras = store.latest("camera", since=now - _SHOWN_FOR)
    window_s = longest_window_s(cameras)
    shown = frame(period, now=now, zone=zone, window_s=max(1, round(window_s)))
    recent = now - _LAST_WINDOW_FOR - timedelta(seconds=2 * window_s)
    since = max(recent, min((row.time for row in cameras), default=now))
    return Readings(
        frame=shown,
        cameras=cameras,
        older=_older(store, shown),
        crossings=store.latest("crossing", since=since),
        zones=store.latest("zone", since=since),
        series=query.counts(store, _question("crossing", shown, ("in", "out"), "line"), now=now),
        zone_totals=query.totals(store, _question("zone", shown, ("entries", "exits"), "zone"), now=now),
        trips=store.series(_question("flow", shown, ("count",), "from", "to")),
        speeds=store.series(_question("speed", shown, ("mean_mps", "p85_mps", "count"), "line")),
        alerts=store.newest("alert", since=now - _SHOWN_FOR, limit=_MOST_ALERTS),
        reports=[*store.statuses(), *live.statuses().values()],
        sheets=balance.read(store),
    )


def _older(store: Store, shown: Frame) -> frozenset[CameraKey]:
    """The cameras that said something in the day before the frame."""
    question = SeriesQuestion(
        measurement="camera",
        fields=("frames",),
        start=shown.start - timedelta(days=1),
        end=shown.start,
        bucket_s=86_400,
        where={},
        group_by=_CAMERA,
    )
    return frozenset(CameraKey(*(one.tags[tag] for tag in _CAMERA)) for one in store.series(question))


def _question(measurement: Measurement, shown: Frame, fields: tuple[str, ...], *places: str) -> SeriesQuestion:
    return SeriesQuestion(
        measurement=measurement,
        fields=fields,
        start=shown.start,
        end=shown.end,
        bucket_s=shown.bucket_s,
        where={},
        group_by=(*_CAMERA, *places, "class"),
    )
