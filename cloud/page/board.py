"""The board of one moment: what the store and the gateways said, put together for the page. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from cityedge.classes import CLASSES
from cityedge.messages import CameraStatus
from cloud.page.views import (
    AlertView,
    Board,
    BooksView,
    CameraKey,
    CameraView,
    GatewayKey,
    GatewayView,
    LineView,
    Readings,
    See,
    SpeedView,
    Tally,
    TripView,
    ZoneView,
)
from cloud.types import BalanceSheet, Row, Series, StatusReport

_DEFAULT_WINDOW_S: Final = 60.0


def build(readings: Readings) -> Board:
    """The board of some readings.

    Args:
        readings: What was read, of one moment.

    Returns:
        What to show.
    """
    live = _live_cameras(readings.reports)
    rows = {_camera(row.tags): row for row in readings.cameras}
    silent = {key for key, report in _reports(readings.reports).items() if not report.message.online}
    cameras = tuple(
        _camera_view(key, rows.get(key), live=live.get(key), silent=key[:2] in silent, readings=readings)
        for key in sorted(rows.keys() | live.keys())
    )
    return Board(
        frame=readings.frame,
        cameras=cameras,
        gateways=_gateways(readings, cameras),
        totals=_class_totals(cameras),
        newest=max((camera.end for camera in cameras if camera.end), default=None),
        window_s=longest_window_s(readings.cameras),
        series=tuple(readings.series),
        older=readings.older,
        alerts=tuple(_alert(row) for row in readings.alerts),
    )


def longest_window_s(cameras: Iterable[Row]) -> float:
    """The longest window that cameras count in, in seconds.

    Args:
        cameras: ``camera`` rows.

    Returns:
        The length; that of the default configuration where there are none.
    """
    return max((_window_s(row) for row in cameras), default=_DEFAULT_WINDOW_S)


def in_order(classes: Iterable[str]) -> list[str]:
    """Classes in the order of all tables; ones that this version does not know stand last."""
    known: Mapping[str, int] = {name: index for index, name in enumerate(CLASSES)}
    return sorted(set(classes), key=lambda name: (known.get(name, len(known)), name))


def _camera(tags: Mapping[str, str]) -> CameraKey:
    return CameraKey(tags["site"], tags["gateway"], tags["camera"])


def _reports(reports: Iterable[StatusReport]) -> Mapping[GatewayKey, StatusReport]:
    """What each gateway said last. A will was written long before it is published: arrival decides."""
    ordered = sorted(reports, key=lambda report: report.received)
    return {GatewayKey(r.message.site, r.message.gateway): r for r in ordered}


def _seen(reports: Iterable[StatusReport]) -> Mapping[GatewayKey, datetime]:
    """When each gateway last spoke itself; the word that it is gone comes from the broker."""
    return {key: report.received for key, report in _reports(r for r in reports if r.message.online).items()}


def _live_cameras(reports: Iterable[StatusReport]) -> Mapping[CameraKey, CameraStatus]:
    return {
        CameraKey(*key, status.camera): status
        for key, report in _reports(reports).items()
        if report.message.online
        for status in report.message.cameras
    }


def _window_s(row: Row) -> float:
    value = row.fields.get("window_s", _DEFAULT_WINDOW_S)
    return float(value) or _DEFAULT_WINDOW_S


def _see(row: Row | None, live: CameraStatus | None, *, silent: bool) -> See:
    if silent:
        return "silent"
    if live is not None:
        return live.see
    return str(row.fields.get("see", "ok")) if row else "offline"  # type: ignore[return-value]


def _camera_view(
    key: CameraKey, row: Row | None, *, live: CameraStatus | None, silent: bool, readings: Readings
) -> CameraView:
    start = row.time if row else None
    observed = float(row.fields["observed"]) if row else None
    impaired = float(row.fields.get("impaired", 0.0)) if row else 0.0
    rate_fps = live.rate_fps if live else float(row.fields["rate_fps"]) if row else 0.0
    return CameraView(
        key=key,
        see=_see(row, live, silent=silent),
        rate_fps=0.0 if silent else rate_fps,
        start=start,
        end=start + timedelta(seconds=_window_s(row)) if row and start else None,
        observed=observed,
        impaired=impaired,
        impairment=str(row.fields["see"]) if row and impaired else None,
        lines=_lines(key, start, readings),
        zones=_zones(key, start, readings),
        trips=_trips(key, readings),
        speeds=_speeds(key, readings),
    )


def _lines(key: CameraKey, start: datetime | None, readings: Readings) -> tuple[LineView, ...]:
    counts: dict[str, dict[str, Tally]] = {}
    for series in readings.series:
        if "line" in series.tags and _camera(series.tags) == key:
            tally = Tally(_total(series.values["in"]), _total(series.values["out"]))
            counts.setdefault(series.tags["line"], {})[series.tags["class"]] = tally
    last: dict[str, Tally] = {}
    for row in _of_window(readings.crossings, key, start):
        name = row.tags["line"]
        last[name] = last.get(name, Tally()) + Tally(int(row.fields["in"]), int(row.fields["out"]))
    return tuple(
        LineView(
            name=name,
            counts={class_: counts[name][class_] for class_ in in_order(counts[name])},
            last=last.get(name),
        )
        for name in sorted(counts)
    )


def _zones(key: CameraKey, start: datetime | None, readings: Readings) -> tuple[ZoneView, ...]:
    moved: dict[str, Tally] = {}
    for total in readings.zone_totals:
        if "zone" in total.tags and _camera(total.tags) == key:
            name = total.tags["zone"]
            tally = Tally(int(total.values["entries"] or 0), int(total.values["exits"] or 0))
            moved[name] = moved.get(name, Tally()) + tally
    now: dict[str, list[Row]] = {}
    for row in _of_window(readings.zones, key, start):
        now.setdefault(row.tags["zone"], []).append(row)
    return tuple(
        ZoneView(
            name=name,
            occupancy=_occupancy(now[name]) if name in now else None,
            peak=max(int(row.fields["occupancy_peak"]) for row in now[name]) if name in now else None,
            entries=moved[name].in_,
            exits=moved[name].out,
        )
        for name in sorted(moved)
    )


def _alert(row: Row) -> AlertView:
    return AlertView(
        time=row.time,
        source=row.tags["source"],
        gateway=row.tags["gateway"],
        place=str(row.fields.get("place", "")),
        rule=row.tags["rule"],
        severity=row.tags["severity"],
        state=str(row.fields["state"]),
        text=str(row.fields.get("text", "")),
    )


def _trips(key: CameraKey, readings: Readings) -> tuple[TripView, ...]:
    return tuple(
        TripView(series.tags["from"], series.tags["to"], series.tags["class"], _total(series.values["count"]))
        for series in readings.trips
        if _camera(series.tags) == key
    )


def _speeds(key: CameraKey, readings: Readings) -> tuple[SpeedView, ...]:
    return tuple(
        SpeedView(
            line=series.tags["line"],
            class_=series.tags["class"],
            mean_mps=_weighted(series, "mean_mps"),
            p85_mps=_weighted(series, "p85_mps"),
        )
        for series in readings.speeds
        if _camera(series.tags) == key
    )


def _weighted(series: Series, field: str) -> float:
    """The mean over all buckets, each by how many it is of: at least one, or there would be no row."""
    counts = [count or 0.0 for count in series.values["count"]]
    return sum((v or 0.0) * n for v, n in zip(series.values[field], counts, strict=True)) / sum(counts)


def _occupancy(rows: Iterable[Row]) -> Mapping[str, float]:
    by_class = {row.tags["class"]: float(row.fields["occupancy_mean"]) for row in rows}
    return {class_: by_class[class_] for class_ in in_order(by_class)}


def _of_window(rows: Iterable[Row], key: CameraKey, start: datetime | None) -> Iterable[Row]:
    """Rows of the camera's last window: where that was not watched, older ones must not stand for it."""
    return (row for row in rows if row.time == start and _camera(row.tags) == key)


def _total(values: Iterable[float | None]) -> int:
    return int(sum(value for value in values if value is not None))


def _class_totals(cameras: Iterable[CameraView]) -> Mapping[str, int]:
    totals: dict[str, int] = dict.fromkeys(CLASSES, 0)
    for camera in cameras:
        for line in camera.lines:
            for class_, tally in line.counts.items():
                totals[class_] = totals.get(class_, 0) + tally.both
    return totals


def _gateways(readings: Readings, cameras: Iterable[CameraView]) -> tuple[GatewayView, ...]:
    reports, seen = _reports(readings.reports), _seen(readings.reports)
    books: dict[GatewayKey, list[BalanceSheet]] = {}
    for sheet in readings.sheets:
        books.setdefault(GatewayKey(sheet.site, sheet.gateway), []).append(sheet)
    sees: dict[GatewayKey, dict[str, See]] = {}
    for camera in cameras:
        sees.setdefault(GatewayKey(*camera.key[:2]), {})[camera.key.camera] = camera.see
    return tuple(
        GatewayView(
            key=key,
            online=key in reports and reports[key].message.online,
            version=reports[key].message.version if key in reports else "",
            seen=seen.get(key),
            cameras=sees.get(key, {}),
            books=_books(books[key]) if key in books else None,
        )
        for key in sorted(reports.keys() | books.keys() | sees.keys())
    )


def _books(sheets: Sequence[BalanceSheet]) -> BooksView:
    return BooksView(
        produced=sum(sheet.produced for sheet in sheets),
        stored=sum(sheet.stored for sheet in sheets),
        queued=sum(sheet.queued for sheet in sheets),
        expired=sum(sheet.expired for sheet in sheets),
        refused=sum(sheet.refused for sheet in sheets),
        lost=sum(sheet.lost for sheet in sheets),
    )
