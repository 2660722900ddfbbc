"""What the page shows, as values: built from what the store and the gateways said. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias

from cityedge.classes import CLASSES
from cityedge.messages import CameraStatus, SeeState
from cloud.page.periods import Frame
from cloud.query import CountSeries, Total
from cloud.types import BalanceSheet, Row, StatusReport

See: TypeAlias = SeeState | Literal["silent"]
"""How a camera sees; ``silent`` where its gateway does not speak."""


class CameraKey(NamedTuple):
    """Which camera of the city."""

    site: str
    gateway: str
    camera: str


class GatewayKey(NamedTuple):
    """Which gateway of the city."""

    site: str
    gateway: str


@dataclass(frozen=True)
class Tally:
    """Crossings in both directions."""

    in_: int = 0
    out: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.in_ + other.in_, self.out + other.out)

    @property
    def both(self) -> int:
        """In and out together."""
        return self.in_ + self.out


@dataclass(frozen=True)
class LineView:
    """One counting line.

    Attributes:
        name: Its name.
        counts: Crossings in the frame by class, in the order of all tables.
        last: Crossings in the camera's last window; None where it was not watched.
    """

    name: str
    counts: Mapping[str, Tally]
    last: Tally | None

    @property
    def total(self) -> Tally:
        """All classes together."""
        return sum(self.counts.values(), Tally())


@dataclass(frozen=True)
class ZoneView:
    """One counting zone.

    Attributes:
        name: Its name.
        occupancy: Mean number in it in the last window by class; None where it was not watched.
        peak: The most of one class at a time in the last window; None where it was not watched.
        entries: How many entered in the frame.
        exits: How many left in the frame.
    """

    name: str
    occupancy: Mapping[str, float] | None
    peak: int | None
    entries: int
    exits: int


@dataclass(frozen=True)
class CameraView:
    """One camera.

    Attributes:
        key: Which.
        see: How it sees at this moment.
        rate_fps: Pictures looked at per second, at this moment or in the last window.
        start: Beginning of its last window; None before the first.
        end: End of its last window.
        observed: Share of the last window that was watched.
        lines: Its lines, by name.
        zones: Its zones, by name.
    """

    key: CameraKey
    see: See
    rate_fps: float
    start: datetime | None
    end: datetime | None
    observed: float | None
    lines: tuple[LineView, ...]
    zones: tuple[ZoneView, ...]


@dataclass(frozen=True)
class BooksView:
    """The balance of one gateway over all its epochs."""

    produced: int
    stored: int
    queued: int
    expired: int
    refused: int
    lost: int


@dataclass(frozen=True)
class GatewayView:
    """One gateway.

    Attributes:
        key: Which.
        online: Whether it is connected.
        version: Of its software.
        seen: When it last spoke, UTC; None where nobody knows.
        cameras: How each of its cameras sees, by name.
        books: Its balance; None before its first report.
    """

    key: GatewayKey
    online: bool
    version: str
    seen: datetime | None
    cameras: Mapping[str, See]
    books: BooksView | None


@dataclass(frozen=True)
class Board:
    """All that the page shows.

    Attributes:
        frame: The range that its sums are over.
        cameras: By key.
        gateways: By key.
        totals: Crossings of all lines in the frame by class.
        newest: The end of the newest window of all cameras; None before the first.
        window_s: The longest window that cameras count in.
        series: What the chart draws: crossings of every line and class, gaps included.
        older: Cameras that were there before the frame: what is missing of them at its beginning is a gap.
    """

    frame: Frame
    cameras: tuple[CameraView, ...]
    gateways: tuple[GatewayView, ...]
    totals: Mapping[str, int]
    newest: datetime | None
    window_s: float
    series: tuple[CountSeries, ...]
    older: frozenset[CameraKey]


@dataclass(frozen=True)
class Readings:
    """What was read for a board.

    Attributes:
        frame: The range.
        cameras: The newest ``camera`` rows.
        older: Cameras that were there before the frame.
        crossings: The newest ``crossing`` rows.
        zones: The newest ``zone`` rows.
        series: ``in`` and ``out`` of crossings over the frame, by all tags.
        zone_totals: ``entries`` and ``exits`` over the frame, by all tags.
        reports: What gateways said of themselves, stored and live.
        sheets: The balance.
    """

    frame: Frame
    cameras: Sequence[Row]
    older: frozenset[CameraKey]
    crossings: Sequence[Row]
    zones: Sequence[Row]
    series: Sequence[CountSeries]
    zone_totals: Sequence[Total]
    reports: Sequence[StatusReport]
    sheets: Sequence[BalanceSheet]


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
    rate_fps = live.rate_fps if live else float(row.fields["rate_fps"]) if row else 0.0
    return CameraView(
        key=key,
        see=_see(row, live, silent=silent),
        rate_fps=0.0 if silent else rate_fps,
        start=start,
        end=start + timedelta(seconds=_window_s(row)) if row and start else None,
        observed=observed,
        lines=_lines(key, start, readings),
        zones=_zones(key, start, readings),
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
