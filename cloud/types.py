"""What crosses the stages of the cloud side: received messages, rows, outcomes, questions and answers.

Those made for every message are msgspec Structs: they cost a fifth of what a frozen dataclass costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, Protocol, TypeAlias

from msgspec import Struct

from cityedge.messages import SequencedMessage, StatusMessage

FieldValue: TypeAlias = float | int | str | bool
Measurement: TypeAlias = Literal[
    "camera", "crossing", "zone", "flow", "speed", "heat", "wifi", "sensor", "alert", "gateway"
]


class Received(Struct, frozen=True):
    """A message as it came.

    Attributes:
        topic: Where it came.
        payload: Its bytes.
        at: When, UTC.
    """

    topic: str
    payload: bytes
    at: datetime


class Identity(Struct, frozen=True):
    """Who a sequenced message is: never used twice.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
        epoch: Of the gateway's outbox.
        seq: From 1 within the epoch.
    """

    site: str
    gateway: str
    epoch: str
    seq: int


class Row(Struct, frozen=True):
    """One row of the data model (``docs/data-model.md``): a pure function of the message it comes from.

    Attributes:
        measurement: Which table.
        time: The window's start or the event's time, UTC.
        tags: Names, all from configuration.
        fields: Values; each field keeps one type for ever. Absent where the message has none.
    """

    measurement: Measurement
    time: datetime
    tags: Mapping[str, str]
    fields: Mapping[str, FieldValue]


class Entry(Struct, frozen=True):
    """One accepted message on its way into the store.

    Attributes:
        identity: Who it is.
        message: The message.
        rows: Its rows; empty for messages that only keep the books.
        received: When the collector got it, UTC.
    """

    identity: Identity
    message: SequencedMessage
    rows: Sequence[Row]
    received: datetime


@dataclass(frozen=True)
class Refusal:
    """A message that will not be stored, kept whole with the reason.

    Attributes:
        topic: Where it came from.
        payload: Its bytes as they came.
        reason: Why it was refused.
        received: When, UTC.
        identity: Who it is, where that much can be read; then it counts as refused in the balance.
    """

    topic: str
    payload: bytes
    reason: str
    received: datetime
    identity: Identity | None = None


class StatusReport(NamedTuple):
    """What a gateway last said of itself.

    Attributes:
        message: Its words.
        received: When they came, UTC.
    """

    message: StatusMessage
    received: datetime


@dataclass(frozen=True)
class WriteOutcome:
    """What became of a batch.

    Attributes:
        stored: Entries that are now durable.
        duplicates: Entries that were durable already.
        refused: Entries that the store named as bad, with its reason.
    """

    stored: Sequence[Entry]
    duplicates: Sequence[Entry]
    refused: Sequence[tuple[Entry, str]]


@dataclass(frozen=True)
class Account:
    """The cloud's side of the books for one epoch of one gateway.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
        epoch: The epoch.
        watermark: The highest seq up to which everything is stored, refused or expired; 0 at the start.
        stored: How many seqs are stored.
        refused: How many were refused with a reason.
        expired: How many the gateway dropped by its rule.
        highest: The highest seq accounted for.
        missing: Inclusive ranges below ``highest`` of which nothing is known here.
    """

    site: str
    gateway: str
    epoch: str
    watermark: int
    stored: int
    refused: int
    expired: int
    highest: int
    missing: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class BalanceSheet:
    """produced = stored + queued + expired + refused, for one epoch of one gateway.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
        epoch: The epoch.
        produced: What the gateway says it produced, or the highest seq seen where that is more.
        stored: In the store.
        queued: Not here yet, and the gateway says that it still holds it. Where the gateway never reported
            (``as_of`` is None): not here yet, and nobody can say more.
        expired: Dropped by the gateway's rule.
        refused: In the dead letters.
        lost: Not here and nobody holds it: 0, or the books do not close.
        as_of: The time of the gateway's report; None where it never reported.
    """

    site: str
    gateway: str
    epoch: str
    produced: int
    stored: int
    queued: int
    expired: int
    refused: int
    lost: int
    as_of: datetime | None

    @property
    def closes(self) -> bool:
        """Whether the equation holds."""
        return self.lost == 0


@dataclass(frozen=True)
class SeriesQuestion:
    """Which series to read.

    Attributes:
        measurement: Which table.
        fields: Which of its number fields; counters (``in``, ``out``, ``entries``, ``exits``, ``frames``,
            ``count``, ``window_s``, ``observed_s``, ``impaired_s``, ``present_s``) are summed over a bucket,
            ``*_peak*`` and ``*_max_s`` taken at their highest, others averaged: speeds by how many they are of.
            ``occupancy_mean`` and ``density_mean_per_m2`` are averaged within each series and then summed, so
            that classes add up. ``docs/data-model.md`` has the whole list.
        start: From, inclusive, UTC.
        end: To, exclusive, UTC.
        bucket_s: Length of a bucket in seconds, aligned to the epoch; a multiple of the window makes sense.
        where: Tags (or text fields, as ``see``) and the values to keep; an absent tag keeps all.
        group_by: Tags to keep apart; all others are merged.
    """

    measurement: Measurement
    fields: tuple[str, ...]
    start: datetime
    end: datetime
    bucket_s: int
    where: Mapping[str, tuple[str, ...]]
    group_by: tuple[str, ...]


@dataclass(frozen=True)
class Series:
    """One answer: a line in a chart.

    Attributes:
        tags: The values of ``group_by``.
        times: Start of every bucket between start and end that has a row in this series.
        values: For each field, a value per time; None where the bucket has rows but none with that field.
    """

    tags: Mapping[str, str]
    times: tuple[datetime, ...]
    values: Mapping[str, tuple[float | None, ...]]


class Store(Protocol):
    """Where rows and the books live. Implementations: embedded (DuckDB), InfluxDB.

    One thread writes; any number read. Every method may raise StoreBusyError: try again later. The same call
    may be made again after any failure: nothing is counted twice.
    """

    def write(self, entries: Sequence[Entry]) -> WriteOutcome:
        """Make rows and the books durable; entries whose identity is in the books already are duplicates."""
        ...

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Make dead letters durable, and count those with an identity in the books."""
        ...

    def dead_letters(self, *, limit: int = 100) -> Sequence[Refusal]:
        """The latest dead letters, newest first."""
        ...

    def accounts(self) -> Sequence[Account]:
        """The books of every gateway and epoch."""
        ...

    def save_statuses(self, reports: Sequence[StatusReport]) -> None:
        """Keep the newest report of each gateway and epoch; those without books are passed over."""
        ...

    def statuses(self) -> Sequence[StatusReport]:
        """The newest report with books of each gateway and epoch."""
        ...

    def series(self, question: SeriesQuestion) -> Sequence[Series]:
        """Read series, sorted by tags."""
        ...

    def latest(self, measurement: Measurement, *, since: datetime) -> Sequence[Row]:
        """The newest row of every series (full tag set) of a measurement that is not older than ``since``."""
        ...

    def newest(self, measurement: Measurement, *, since: datetime, limit: int) -> Sequence[Row]:
        """The newest rows of a measurement, newest first, so many at most and none older than ``since``."""
        ...

    def tag_values(self, measurement: Measurement, tag: str) -> Sequence[str]:
        """The values of a tag that the store knows, sorted."""
        ...

    def close(self) -> None:
        """Flush and close."""
        ...
