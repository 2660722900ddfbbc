"""Messages to bytes and back. JSON, because people read it with ``mosquitto_sub``.

Reading is lenient where it can be (unknown fields are ignored, as new gateways meet old clouds) and strict
where it must be: an unknown kind or version, a missing field or a value out of range is a contract error.
"""

from typing import Final

import msgspec

from cityedge.errors import ContractError
from cityedge.messages import SCHEMA_VERSION, Message

_MAX_BYTES: Final = 256 * 1024

_encoder: Final = msgspec.json.Encoder()
_decoder: Final[msgspec.json.Decoder[Message]] = msgspec.json.Decoder(Message)


class _Envelope(msgspec.Struct):
    schema: int | None = None
    kind: str | None = None


_envelope: Final = msgspec.json.Decoder(_Envelope)


def encode(message: Message) -> bytes:
    """A message as it goes over the wire.

    Args:
        message: Any wire message.

    Returns:
        UTF-8 JSON on one line.
    """
    return _encoder.encode(message)


def decode(payload: bytes) -> Message:
    """The message that a payload holds.

    Args:
        payload: What came over the wire.

    Returns:
        The message, of the type that its ``kind`` names.

    Raises:
        ContractError: Not JSON, too large, unknown kind or version, a missing field, a value out of range.
    """
    if len(payload) > _MAX_BYTES:
        raise ContractError(f"payload of {len(payload)} bytes is over the limit of {_MAX_BYTES}")
    try:
        return _decoder.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ContractError(_why(payload, error)) from error


def _why(payload: bytes, error: Exception) -> str:
    """Name an unknown version before anything that follows from it."""
    try:
        version = _envelope.decode(payload).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return str(error) or "not readable as JSON"
    if version is not None and version > SCHEMA_VERSION:
        return f"schema version {version} is newer than {SCHEMA_VERSION}, the newest known here: {error}"
    return str(error)
