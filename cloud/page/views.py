"""What the page shows, as values: cameras, gateways, and what was read for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from cityedge.messages import SeeState
from cloud.page.periods import Frame
from cloud.query import CountSeries, Total
from cloud.types import BalanceSheet, Row, Series, StatusReport

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
class TripView:
    """Trips of one class from one zone to another in the frame."""

    origin: str
    destination: str
    class_: str
    count: int


@dataclass(frozen=True)
class SpeedView:
    """How fast one class crossed one line in the frame: mean, and the mean of the windows' 85th percentiles."""

    line: str
    class_: str
    mean_mps: float
    p85_mps: float


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
        impaired: Share of the last window in which it did not see well.
        impairment: How it saw for most of that; None where there was none.
        lines: Its lines, by name.
        zones: Its zones, by name.
        trips: From zone to zone, by their names and classes.
        speeds: Over its lines, by their names and classes.
    """

    key: CameraKey
    see: See
    rate_fps: float
    start: datetime | None
    end: datetime | None
    observed: float | None
    impaired: float
    impairment: str | None
    lines: tuple[LineView, ...]
    zones: tuple[ZoneView, ...]
    trips: tuple[TripView, ...]
    speeds: tuple[SpeedView, ...]


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
class AlertView:
    """Something that a gateway raised or cleared.

    Attributes:
        time: When, UTC.
        source: Of which camera, or ``gateway``.
        gateway: Who said so.
        place: The line or zone that it is about; empty where it is about none.
        rule: What kind of thing.
        severity: How much it matters.
        state: ``raised`` or ``cleared``.
        text: In the gateway's words.
    """

    time: datetime
    source: str
    gateway: str
    place: str
    rule: str
    severity: str
    state: str
    text: str


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
        alerts: The newest alerts, newest first.
    """

    frame: Frame
    cameras: tuple[CameraView, ...]
    gateways: tuple[GatewayView, ...]
    totals: Mapping[str, int]
    newest: datetime | None
    window_s: float
    series: tuple[CountSeries, ...]
    older: frozenset[CameraKey]
    alerts: tuple[AlertView, ...]


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
        trips: ``count`` of flows over the frame, by all tags.
        speeds: All fields of speeds over the frame, by all tags.
        alerts: The newest ``alert`` rows, newest first.
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
    trips: Sequence[Series]
    speeds: Sequence[Series]
    alerts: Sequence[Row]
    reports: Sequence[StatusReport]
    sheets: Sequence[BalanceSheet]
