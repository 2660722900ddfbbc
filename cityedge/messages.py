"""The wire messages: frozen, tagged by ``kind``, units in field names, checked when they are built or read.

Up (gateway to cloud), all but ``status`` with an identity (gateway, epoch, seq) that is never used twice:
``count``, ``alert``, ``health``, ``expired``; ``status`` is live, retained, and also the will.
Down (cloud to gateway): ``stored``.

No message has a field that could hold a picture, a face or a hardware address: names come from configuration,
texts are short, and what reads like a hardware address is refused, or blotted out where people wrote freely.
"""

import re
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal, TypeAlias, get_args

import msgspec
from msgspec import Meta, Struct, field

from cityedge.classes import ObjectClass

SCHEMA_VERSION: Final = 1

_HEX: Final = "[0-9A-Fa-f]"
_MAC: Final = rf"(?:(?:{_HEX}{{2}}[:_-]){{5}}{_HEX}{{2}}|(?:{_HEX}{{4}}\.){{2}}{_HEX}{{4}})"
_MAC_ANYWHERE: Final = re.compile(rf"(?<!{_HEX}){_MAC}(?!{_HEX})")
_NO_MAC: Final = rf"^(?!(?:[\s\S]*[^0-9A-Fa-f])?{_MAC}(?!{_HEX}))"

Name: TypeAlias = Annotated[
    str,
    Meta(
        # Cheaper than _NO_MAC, as a name has no colons or dots. $ alone would let a line break in at the end.
        pattern=rf"^(?!(?:[A-Za-z0-9]*[_-])*?(?:{_HEX}{{2}}[_-]){{5}}{_HEX}{{2}}(?!{_HEX}))"
        r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}$(?!\n)",
        description="a name of up to 64 letters, digits, '-' and '_' that begins with a letter or digit and "
        "holds no hardware address",
    ),
]
"""A name from configuration: safe in a topic, a file name, a tag and a URL; no hardware address."""
Moment: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""A moment, UTC."""
Share: TypeAlias = Annotated[float, Meta(ge=0.0, le=1.0)]
Tally: TypeAlias = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Seq: TypeAlias = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Text: TypeAlias = Annotated[
    str,
    Meta(max_length=500, pattern=_NO_MAC, description="up to 500 characters without a hardware address"),
]
"""A text that we write ourselves; a hardware address in it is an error."""
FreeText: TypeAlias = Annotated[str, Meta(max_length=500)]
"""A text that may quote anything, such as a camera's address; hardware addresses are blotted out of it."""
NonNegative: TypeAlias = Annotated[float, Meta(ge=0.0)]
SeeState: TypeAlias = Literal["ok", "dark", "covered", "defocused", "moved", "frozen", "offline"]
Severity: TypeAlias = Literal["info", "warning", "critical"]


class Crossing(Struct, frozen=True, kw_only=True):
    """How many of one class crossed one line in one window, in and out apart: never a net."""

    line: Name
    class_: ObjectClass = field(name="class")
    in_: Tally = field(name="in")
    out: Tally


class ZoneUse(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How one class used one zone in one window.

    Dwell figures are those of visits that ended in the window; None where none did. Densities are None where
    the camera is not calibrated.
    """

    zone: Name
    class_: ObjectClass = field(name="class")
    occupancy_mean: NonNegative
    occupancy_peak: Tally
    entries: Tally
    exits: Tally
    dwell_p50_s: NonNegative | None = None
    dwell_p90_s: NonNegative | None = None
    dwell_max_s: NonNegative | None = None
    queue_peak: Tally = 0
    density_mean_per_m2: NonNegative | None = None
    density_peak_per_m2: NonNegative | None = None


class Flow(Struct, frozen=True, kw_only=True):
    """How many of one class came from one zone and went to another: trips that ended in one window."""

    from_: Name = field(name="from")
    to: Name
    class_: ObjectClass = field(name="class")
    count: Tally

    def __post_init__(self) -> None:
        if self.from_ == self.to:
            raise ValueError(f"to: a trip leads from one zone to another, not from '{self.to}' to itself")


class Speed(Struct, frozen=True, kw_only=True):
    """How fast one class crossed one line of a calibrated camera in one window; no row where none was measured."""

    line: Name
    class_: ObjectClass = field(name="class")
    mean_mps: NonNegative
    p85_mps: NonNegative
    count: Annotated[int, Meta(ge=1, le=2**63 - 1)]


class HeatCell(Struct, frozen=True, array_like=True):
    """For how long, summed over objects, feet of one class stood in one cell: ``[3, 5, "person", 7.2]``."""

    column: Annotated[int, Meta(ge=0, le=31)]
    row: Annotated[int, Meta(ge=0, le=31)]
    class_: ObjectClass = field(name="class")
    present_s: NonNegative


class Heat(Struct, frozen=True, kw_only=True):
    """Where feet stood in one window, on a coarse grid over the picture; cells where nobody stood are left out."""

    columns: Annotated[int, Meta(ge=2, le=32)]
    rows: Annotated[int, Meta(ge=2, le=32)]
    cells: tuple[HeatCell, ...] = ()

    def __post_init__(self) -> None:
        for cell in self.cells:
            if cell.column >= self.columns or cell.row >= self.rows:
                raise ValueError(f"cells: column {cell.column}, row {cell.row} lies outside the grid")
        _check_once("cells", [(f"{cell.column}, {cell.row}", cell.class_) for cell in self.cells])


def _check_utc(**moments: datetime) -> None:
    for name, moment in moments.items():
        if moment.utcoffset() != timedelta(0):
            raise ValueError(f"{name}: must be UTC, got {moment.isoformat()}")


def _check_once(what: str, pairs: list[tuple[str, str]]) -> None:
    """A second pair would overwrite the first one's row."""
    if len(set(pairs)) < len(pairs):
        name, class_ = next(pair for pair in pairs if pairs.count(pair) > 1)
        raise ValueError(f"{what}: '{name}' with class '{class_}' stands here twice")


class _Message(Struct, frozen=True, kw_only=True, tag_field="kind"):
    schema: Annotated[int, Meta(ge=1)] = SCHEMA_VERSION
    site: Name
    gateway: Name


class _Sequenced(_Message, frozen=True, kw_only=True):
    """A message that must not be lost.

    ``epoch`` changes when the outbox is made anew; within it ``seq`` counts from 1 without a hole.
    """

    epoch: Name
    seq: Seq


class CountMessage(_Sequenced, frozen=True, kw_only=True, tag="count"):
    """What one camera counted in one window [start, end).

    A watched window has a crossing for every configured line and class, and a zone use for every configured
    zone and class, zeros included; trips, speeds and heat stand there only where there were some. A window that
    was not watched (``observed`` 0) has none of them, and ``see`` says why. ``late`` marks a window that was
    closed long after its end (clock not synchronised at boot).

    ``observed`` is the share of the window in which frames came and showed the street: not while the camera was
    offline, covered or frozen. ``impaired`` is the share of the window in which ``see`` was anything but ``ok``,
    and ``see`` is what held longest of that; ``ok`` where ``impaired`` is 0.
    """

    camera: Name
    start: Moment
    end: Moment
    observed: Share
    frames: Tally
    rate_fps: NonNegative
    see: SeeState
    impaired: Share = 0.0
    model: Text
    config_rev: Text
    late: bool = False
    crossings: tuple[Crossing, ...] = ()
    zones: tuple[ZoneUse, ...] = ()
    flows: tuple[Flow, ...] = ()
    speeds: tuple[Speed, ...] = ()
    heat: Heat | None = None

    def __post_init__(self) -> None:
        _check_utc(start=self.start, end=self.end)
        if self.end <= self.start:
            raise ValueError("end: must be after start")
        if not self.frames and not self.observed and self._all_zeros():
            raise ValueError("observed: is 0 and so is frames: nobody looked, so nobody can know of zeros")
        _check_once("crossings", [(crossing.line, crossing.class_) for crossing in self.crossings])
        _check_once("zones", [(use.zone, use.class_) for use in self.zones])
        _check_once("flows", [(f"{flow.from_} to {flow.to}", flow.class_) for flow in self.flows])
        _check_once("speeds", [(speed.line, speed.class_) for speed in self.speeds])

    def _all_zeros(self) -> bool:
        """There are rows and all say nobody; a crossing proven on either side of a gap is no such row."""
        rows = bool(self.crossings or self.zones)
        return rows and not any(crossing.in_ or crossing.out for crossing in self.crossings)


class AlertMessage(_Sequenced, frozen=True, kw_only=True, tag="alert"):
    """Something changed that somebody should know. ``source`` is the camera, … or the gateway itself.

    ``place`` is the line or zone that it is about, where it is about one. No two alerts of one gateway have the
    same ``time``.

    Hardware addresses in ``text`` are blotted out, also when it is read.
    """

    time: Moment
    source: Name
    rule: Name
    place: Name | None = None
    severity: Severity
    state: Literal["raised", "cleared"]
    value: float | None = None
    text: FreeText = ""

    def __post_init__(self) -> None:
        _check_utc(time=self.time)
        if _MAC_ANYWHERE.search(self.text):
            blotted = _MAC_ANYWHERE.sub(lambda found: re.sub(_HEX, "*", found[0]), self.text)
            msgspec.structs.force_setattr(self, "text", blotted)


class HealthMessage(_Sequenced, frozen=True, kw_only=True, tag="health"):
    """How the gateway is; None where the machine does not say."""

    time: Moment
    version: Text
    queue_rows: Tally
    queue_age_s: NonNegative
    disk_free_bytes: Tally
    memory_bytes: Tally
    temp_c: float | None = None
    clock_offset_s: float | None = None

    def __post_init__(self) -> None:
        _check_utc(time=self.time)


class ExpiredMessage(_Sequenced, frozen=True, kw_only=True, tag="expired"):
    """Rows that the outbox dropped by its rule, so that the books close. ``ranges`` include both ends."""

    time: Moment
    reason: Literal["age", "size"]
    ranges: tuple[tuple[Seq, Seq], ...]

    def __post_init__(self) -> None:
        _check_utc(time=self.time)
        if not self.ranges or any(last < first for first, last in self.ranges):
            raise ValueError("ranges: needs at least one pair first <= last")


class CameraStatus(Struct, frozen=True, kw_only=True):
    """How one camera is at this moment."""

    camera: Name
    see: SeeState
    rate_fps: NonNegative


class Books(Struct, frozen=True, kw_only=True):
    """The gateway's side of the balance for its running epoch.

    ``produced`` rows were given a seq so far; ``held_from`` is the lowest seq still in the outbox
    (``produced + 1`` where it is empty); ``queued`` rows are in it; ``expired`` rows were dropped by rule.
    """

    epoch: Name
    produced: Tally
    held_from: Seq
    queued: Tally
    expired: Tally


class StatusMessage(_Message, frozen=True, kw_only=True, tag="status"):
    """Live state of a gateway; retained, and ``online: false`` is the will."""

    online: bool
    time: Moment
    version: Text
    books: Books | None = None
    cameras: tuple[CameraStatus, ...] = ()

    def __post_init__(self) -> None:
        _check_utc(time=self.time)


class StoredMessage(_Message, frozen=True, kw_only=True, tag="stored"):
    """The cloud's word to a gateway: every seq of ``epoch`` up to ``seq`` is accounted for (0: none yet)."""

    epoch: Name
    seq: Tally
    time: Moment

    def __post_init__(self) -> None:
        _check_utc(time=self.time)


SequencedMessage: TypeAlias = CountMessage | AlertMessage | HealthMessage | ExpiredMessage
UpMessage: TypeAlias = SequencedMessage | StatusMessage
DownMessage: TypeAlias = StoredMessage
Message: TypeAlias = UpMessage | DownMessage

KINDS_UP: Final = tuple(str(message.__struct_config__.tag) for message in get_args(UpMessage))
"""The kinds that gateways send."""
KINDS: Final = tuple(str(message.__struct_config__.tag) for message in get_args(Message))
"""All kinds."""
UNNUMBERED_EPOCH: Final = "new"
"""Epoch of a message that no outbox has taken yet; its seq is 1 and means nothing."""


def with_identity(message: SequencedMessage, *, epoch: str, seq: int) -> SequencedMessage:
    """The same message under another identity; the outbox gives it when the row is written.

    Args:
        message: A sequenced message; its own epoch and seq are placeholders.
        epoch: The outbox's epoch.
        seq: The row's seq, from 1.

    Returns:
        A copy.
    """
    return msgspec.structs.replace(message, epoch=epoch, seq=seq)
