"""Topics: ``<root>/v1/<site>/<gateway>/<kind>/<source>``: identity first, verb last.

The root may itself have several levels (``province/quang-nam``); everything after it is fixed.
"""

import re
from dataclasses import dataclass
from typing import Final

from cityedge.errors import ContractError
from cityedge.messages import AlertMessage, CountMessage, Message, StoredMessage

VERSION: Final = "v1"
GATEWAY_SOURCE: Final = "gateway"
"""The source of messages that speak for the gateway itself."""

_ROOT: Final = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")


@dataclass(frozen=True)
class Topic:
    """A topic taken apart.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
        kind: The message kind.
        source: Camera, hotspot, sensor, epoch (for ``stored``) or ``gateway``.
    """

    site: str
    gateway: str
    kind: str
    source: str


def check_root(root: str) -> str:
    """The root itself where it is a valid one.

    Args:
        root: For example ``city`` or ``province/quang-nam``.

    Returns:
        ``root``.

    Raises:
        ValueError: It has a space, a wildcard, or a slash at either end.
    """
    if not _ROOT.fullmatch(root):
        raise ValueError(f"topic root '{root}' may hold letters, digits, '-', '_' and inner slashes only")
    return root


def source_of(message: Message) -> str:
    """What a message speaks for: the last level of its topic."""
    if isinstance(message, CountMessage):
        return message.camera
    if isinstance(message, AlertMessage):
        return message.source
    return message.epoch if isinstance(message, StoredMessage) else GATEWAY_SOURCE


def topic_of(root: str, message: Message) -> str:
    """The topic that a message belongs on.

    Args:
        root: The city's root.
        message: Any wire message.

    Returns:
        The full topic.
    """
    kind = str(type(message).__struct_config__.tag)
    return "/".join((root, VERSION, message.site, message.gateway, kind, source_of(message)))


def up_filter(root: str, kind: str, *, gateway: str = "+") -> str:
    """A subscription for one kind from all gateways (or one).

    Args:
        root: The city's root.
        kind: A kind that gateways send.
        gateway: One gateway's name, or ``+``.

    Returns:
        An MQTT topic filter.
    """
    return f"{root}/{VERSION}/+/{gateway}/{kind}/+"


def down_filter(root: str, *, site: str, gateway: str, kind: str) -> str:
    """A gateway's subscription for one kind that is meant for it."""
    return f"{root}/{VERSION}/{site}/{gateway}/{kind}/+"


def parse(root: str, topic: str) -> Topic:
    """Take a topic apart.

    Args:
        root: The city's root.
        topic: What the broker said.

    Returns:
        Its parts.

    Raises:
        ContractError: It does not begin with the root and version, or does not have four levels after them.
    """
    prefix = f"{root}/{VERSION}/"
    parts = topic.removeprefix(prefix).split("/")
    if not topic.startswith(prefix) or len(parts) != 4 or not all(parts):  # noqa: PLR2004 - the four of Topic
        raise ContractError(f"topic '{topic}' is not {prefix}<site>/<gateway>/<kind>/<source>")
    return Topic(*parts)


def check_belongs(topic: Topic, message: Message) -> None:
    """A message must say of itself what its topic says: brokers grant rights by topic.

    Args:
        topic: Where it came from.
        message: What came.

    Raises:
        ContractError: Site, gateway, kind or source differ.
    """
    kind = str(type(message).__struct_config__.tag)
    said = Topic(message.site, message.gateway, kind, source_of(message))
    if said != topic:
        raise ContractError(f"message speaks for {said} but came on the topic of {topic}")
