"""Numbered messages, and entries as the collector makes them of messages."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from cityedge.classes import ObjectClass
from cityedge.messages import (
    AlertMessage,
    Books,
    CountMessage,
    Crossing,
    ExpiredMessage,
    Flow,
    HealthMessage,
    Heat,
    HeatCell,
    SeeState,
    SequencedMessage,
    Speed,
    StatusMessage,
    ZoneUse,
)
from cloud.rows import rows_of
from cloud.types import Entry, StatusReport
from cloud.validate import identity_of

NOON: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)


def crossing(*, line: str = "mid", people: tuple[int, int] = (1, 2)) -> Crossing:
    """People who crossed a line, in and out."""
    return Crossing(line=line, class_="person", in_=people[0], out=people[1])


def trips(count: int, *, to: str = "east", class_: ObjectClass = "car") -> Flow:
    """How many came from the north and went elsewhere."""
    return Flow(from_="north", to=to, class_=class_, count=count)


def a_speed(mean_mps: float, *, count: int, p85_mps: float = 0.0, class_: ObjectClass = "car") -> Speed:
    """How fast so many crossed a line."""
    return Speed(line="mid", class_=class_, mean_mps=mean_mps, p85_mps=p85_mps or mean_mps, count=count)


def heat(**present_s: float) -> Heat:
    """People on a grid of 16 by 9: ``heat(x03y05=7.2)``."""
    cells = (HeatCell(int(cell[1:3]), int(cell[4:6]), "person", value) for cell, value in present_s.items())
    return Heat(columns=16, rows=9, cells=tuple(cells))


def a_count(
    seq: int,
    *,
    minute: float = 0,
    site: str = "old-town",
    gateway: str = "gw-1",
    epoch: str = "e1",
    camera: str = "north",
    observed: float = 1.0,
    see: SeeState = "ok",
    impaired: float = 0.0,
    length: timedelta = MINUTE,
    crossings: tuple[Crossing, ...] = (crossing(),),
    zones: tuple[ZoneUse, ...] = (),
    flows: tuple[Flow, ...] = (),
    speeds: tuple[Speed, ...] = (),
    heat: Heat | None = None,
) -> CountMessage:
    """What a camera counted in one window, so many minutes after noon."""
    start = NOON + minute * MINUTE
    return CountMessage(
        site=site,
        gateway=gateway,
        epoch=epoch,
        seq=seq,
        camera=camera,
        start=start,
        end=start + length,
        observed=observed,
        frames=600,
        rate_fps=10.0,
        see=see,
        impaired=impaired,
        model="nanodet-m-416",
        config_rev="1",
        crossings=crossings if observed else (),
        zones=zones if observed else (),
        flows=flows,
        speeds=speeds,
        heat=heat,
    )


def an_alert(
    seq: int,
    *,
    text: str = "the lens is covered",
    value: float | None = None,
    place: str | None = None,
    minute: float = 0,
) -> AlertMessage:
    """Something that somebody should know."""
    return AlertMessage(
        site="old-town",
        gateway="gw-1",
        epoch="e1",
        seq=seq,
        time=NOON + minute * MINUTE,
        source="north",
        rule="covered",
        place=place,
        severity="warning",
        state="raised",
        value=value,
        text=text,
    )


def a_health(seq: int, *, temp_c: float | None = None) -> HealthMessage:
    """How a gateway is."""
    return HealthMessage(
        site="old-town",
        gateway="gw-1",
        epoch="e1",
        seq=seq,
        time=NOON,
        version="0.1.0",
        queue_rows=3,
        queue_age_s=1.5,
        disk_free_bytes=10**12,
        memory_bytes=10**8,
        temp_c=temp_c,
    )


def a_notice(seq: int, *ranges: tuple[int, int]) -> ExpiredMessage:
    """A gateway dropped rows by its rule."""
    return ExpiredMessage(
        site="old-town", gateway="gw-1", epoch="e1", seq=seq, time=NOON, reason="size", ranges=ranges
    )


def a_report(
    *,
    produced: int = 10,
    held_from: int = 11,
    expired: int = 0,
    epoch: str = "e1",
    minute: float = 0,
    gateway: str = "gw-1",
    online: bool = True,
) -> StatusReport:
    """A gateway's last word: its books, or the will that has none."""
    books = Books(
        epoch=epoch,
        produced=produced,
        held_from=held_from,
        queued=max(0, produced + 1 - held_from),
        expired=expired,
    )
    message = StatusMessage(
        site="old-town",
        gateway=gateway,
        online=online,
        time=NOON + minute * MINUTE,
        version="0.1.0",
        books=books if online else None,
    )
    return StatusReport(message, NOON + minute * MINUTE)


def entry(message: SequencedMessage) -> Entry:
    """A message as the collector hands it to a store."""
    return Entry(identity_of(message), message, rows_of(message), NOON)


def entries(messages: Iterable[SequencedMessage]) -> list[Entry]:
    """Messages as the collector hands them to a store."""
    return [entry(message) for message in messages]
