"""What may be stored: the message fits its topic, and what it says can be true. Pure.

Brokers grant rights by topic, so a message that speaks for somebody else than its topic is refused, and not
even counted: one gateway must not be able to write off what another sent.
"""

from datetime import UTC, datetime, timedelta
from typing import Final, TypeAlias

import msgspec

from cityedge import topics
from cityedge.codec import decode
from cityedge.errors import ContractError
from cityedge.messages import (
    CountMessage,
    ExpiredMessage,
    Message,
    Name,
    Seq,
    SequencedMessage,
    StoredMessage,
    UpMessage,
)
from cloud.types import Identity, Received, Refusal

EARLIEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""Before this there was no gateway: its clock was never set."""
LONGEST_WINDOW: Final = timedelta(days=1)
MOST: Final = 10**9
"""More objects or frames than any camera can see in a day."""
FASTEST_MPS: Final = 100.0
"""360 km/h: nothing on a street is faster, a calibration that says so is wrong."""
DENSEST_PER_M2: Final = 20.0
"""Three times what a crowd can be; a calibration that says so is wrong."""
MOST_IN_CELL: Final = 1_000
"""More objects than can stand in one cell of a heat grid at a time."""

Verdict: TypeAlias = UpMessage | Refusal


def judge(received: Received, *, root: str, max_future_s: float) -> Verdict:
    """What is to become of a message.

    Args:
        received: The message.
        root: The city's root, first levels of every topic.
        max_future_s: How far in the future a message may be.

    Returns:
        The message where it is accepted, else a refusal with the reason.
    """
    try:
        topic = topics.parse(root, received.topic)
        message = decode(received.payload)
        topics.check_belongs(topic, message)
        return _plausible(message, latest=received.at + timedelta(seconds=max_future_s))
    except ContractError as error:
        return Refusal(
            topic=received.topic,
            payload=received.payload,
            reason=error.message,
            received=received.at,
            identity=_identity(received, root),
        )


def identity_of(message: SequencedMessage) -> Identity:
    """Who an accepted message is."""
    return Identity(message.site, message.gateway, message.epoch, message.seq)


def _plausible(message: Message, *, latest: datetime) -> UpMessage:
    if isinstance(message, StoredMessage):
        raise ContractError("'stored' is the cloud's own word: no gateway says it")
    at = message.end if isinstance(message, CountMessage) else message.time
    if at > latest:
        raise ContractError(f"time {at.isoformat()} lies in the future: the gateway's clock is wrong")
    if at < EARLIEST:
        raise ContractError(f"time {at.isoformat()} lies before 2020: the gateway's clock was never set")
    if isinstance(message, CountMessage):
        _check_window(message)
        _check_ground(message)
    if isinstance(message, ExpiredMessage):
        for first, last in message.ranges:
            if last >= message.seq:
                raise ContractError(f"ranges: {first} to {last} are not older than the notice, {message.seq}")
    return message


def _check_window(message: CountMessage) -> None:
    if message.end - message.start > LONGEST_WINDOW:
        raise ContractError(f"a window of {message.end - message.start} is longer than a day")
    tallies = [message.frames, *(flow.count for flow in message.flows), *(speed.count for speed in message.speeds)]
    tallies += [tally for crossing in message.crossings for tally in (crossing.in_, crossing.out)]
    for use in message.zones:
        tallies += [use.occupancy_peak, use.entries, use.exits, use.queue_peak]
    if max(tallies) > MOST:
        raise ContractError(f"a tally of {max(tallies)} in one window cannot be true")


def _check_ground(message: CountMessage) -> None:
    """What is measured on the ground, and only as good as the calibration and the clock are."""
    for speed in message.speeds:
        fastest = max(speed.mean_mps, speed.p85_mps)
        if fastest > FASTEST_MPS:
            raise ContractError(f"line '{speed.line}': a speed of {fastest:g} m/s cannot be true")
    for use in message.zones:
        densest = max(use.density_mean_per_m2 or 0.0, use.density_peak_per_m2 or 0.0)
        if densest > DENSEST_PER_M2:
            raise ContractError(f"zone '{use.zone}': a density of {densest:g} per m² cannot be true")
    longest_s = MOST_IN_CELL * (message.end - message.start).total_seconds()
    for cell in message.heat.cells if message.heat else ():
        if cell.present_s > longest_s:
            where = f"heat at column {cell.column}, row {cell.row}"
            raise ContractError(f"{where}: {cell.present_s:g} s of presence in one window cannot be true")


class _Envelope(msgspec.Struct):
    """The identity alone, of whatever kind and version."""

    site: Name
    gateway: Name
    epoch: Name
    seq: Seq


_envelope: Final = msgspec.json.Decoder(_Envelope)


def _identity(received: Received, root: str) -> Identity | None:
    """Who a refused message is, where that much can be read and agrees with its topic."""
    try:
        topic = topics.parse(root, received.topic)
        said = _envelope.decode(received.payload)
    except (ContractError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if (said.site, said.gateway) != (topic.site, topic.gateway):
        return None
    return Identity(said.site, said.gateway, said.epoch, said.seq)
