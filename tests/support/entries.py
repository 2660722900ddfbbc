"""Numbered messages, and entries as the collector makes them of messages."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from cityedge.messages import (
    AlertMessage,
    Books,
    CountMessage,
    Crossing,
    ExpiredMessage,
    HealthMessage,
    SeeState,
    SequencedMessage,
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
    length: timedelta = MINUTE,
    crossings: tuple[Crossing, ...] | None = None,
    zones: tuple[ZoneUse, ...] = (),
) -> CountMessage:
    """What a camera counted in one window, so many minutes after noon."""
    start = NOON + minute * MINUTE
    counted = (crossing(),) if crossings is None else crossings
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
        model="nanodet-m-416",
        config_rev="1",
        crossings=counted if observed else (),
        zones=zones if observed else (),
    )


def an_alert(seq: int, *, text: str = "the lens is covered", value: float | None = None) -> AlertMessage:
    """Something that somebody should know."""
    return AlertMessage(
        site="old-town",
        gateway="gw-1",
        epoch="e1",
        seq=seq,
        time=NOON,
        source="north",
        rule="covered",
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
