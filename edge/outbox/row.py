"""One row of the outbox: a numbered message, encoded, with what decides over sending and dropping it."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from cityedge.codec import encode
from cityedge.messages import CountMessage, ExpiredMessage, HealthMessage, SequencedMessage, with_identity
from cityedge.topics import source_of
from edge.types import OutboxRow


class Priority(IntEnum):
    """What is dropped first when it gets too much; the numbers stand in the file and keep their meaning."""

    DIAGNOSTICS = 0
    """Health: the past of it is of little use."""
    SUMMARY = 1
    """Counts, by far the most rows."""
    ALERT = 2
    """Few, and somebody was meant to act on them."""
    LIFE_CYCLE = 3
    """The record of what was dropped: never dropped itself, or the books would not close."""


@dataclass(frozen=True)
class Row(OutboxRow):
    """A message as the outbox holds it.

    Attributes:
        priority: Its class.
        created_s: When it came to be, Unix time.
    """

    priority: Priority
    created_s: float


def priority_of(message: SequencedMessage) -> Priority:
    """The class of a message."""
    if isinstance(message, HealthMessage):
        return Priority.DIAGNOSTICS
    if isinstance(message, CountMessage):
        return Priority.SUMMARY
    return Priority.LIFE_CYCLE if isinstance(message, ExpiredMessage) else Priority.ALERT


def number(message: SequencedMessage, *, epoch: str, seq: int) -> tuple[SequencedMessage, Row]:
    """Give a message its identity.

    Args:
        message: Not numbered yet.
        epoch: The outbox's epoch.
        seq: The number that is next.

    Returns:
        The message with its identity, and its row.
    """
    numbered = with_identity(message, epoch=epoch, seq=seq)
    row = Row(
        seq=seq,
        priority=priority_of(message),
        created_s=_time_of(message).timestamp(),
        kind=str(type(message).__struct_config__.tag),
        source=source_of(message),
        payload=encode(numbered),
    )
    return numbered, row


def _time_of(message: SequencedMessage) -> datetime:
    return message.end if isinstance(message, CountMessage) else message.time
