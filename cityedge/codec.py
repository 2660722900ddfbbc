"""Messages to bytes and back. JSON, because people read it with ``mosquitto_sub``.

Reading is lenient where it can be (unknown fields are ignored, as new gateways meet old clouds) and strict
where it must be: an unknown kind or version, a missing field or a value out of range is a contract error.
Writing checks nothing: what is wrong with a message is found, named and kept by who reads it.
"""

from typing import Final

import msgspec

from cityedge import wording
from cityedge.errors import ContractError
from cityedge.messages import KINDS, SCHEMA_VERSION, Message
from cityedge.plain import Plain, value_at
from cityedge.type_walk import kind_at

MAX_BYTES: Final = 256 * 1024
"""A payload over this is no message of ours: a window of a hundred lines and all classes is 40 kB."""

_encoder: Final = msgspec.json.Encoder()
_decoder: Final[msgspec.json.Decoder[Message]] = msgspec.json.Decoder(Message)
_plain: Final[msgspec.json.Decoder[Plain]] = msgspec.json.Decoder()
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def encode(message: Message) -> bytes:
    """A message as it goes over the wire.

    Args:
        message: Any wire message. A number that is not finite becomes ``null``.

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
    if len(payload) > MAX_BYTES:
        raise ContractError(f"payload of {len(payload)} bytes is over the limit of {MAX_BYTES}")
    try:
        message = _decoder.decode(payload)
    except _UNREADABLE as error:
        raise ContractError(_why(payload, error)) from error
    if message.schema > SCHEMA_VERSION:
        raise ContractError(_too_new(message.schema))
    return message


def _why(payload: bytes, error: Exception) -> str:
    """What is wrong; an unknown version or kind goes before anything that follows from it."""
    try:
        tree = _plain.decode(payload)
    except _UNREADABLE:
        return f"not readable as JSON: {str(error) or 'nested too deeply'}"
    if not isinstance(tree, dict):
        return f"needs an object, got {wording.show(tree)}"
    version, kind = tree.get("schema"), tree.get("kind")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        return _too_new(version)
    if kind is None or (isinstance(kind, str) and kind not in KINDS):
        return f"kind: {wording.unknown(kind, KINDS)}"
    path, what = wording.split(str(error))
    said = wording.plainly(what, value=value_at(tree, path), kind=kind_at(tree, Message, path))
    return f"{path}: {said}" if path else said


def _too_new(version: int) -> str:
    return f"schema: version {version} is newer than {SCHEMA_VERSION}, the newest known here; update this side"
