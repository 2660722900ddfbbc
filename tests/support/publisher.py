"""A gateway's voice without the gateway: publishes messages with QoS 1 and waits until the broker has them."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from cityedge.broker import BrokerSettings, make_client
from cityedge.codec import encode
from cityedge.messages import Message, StatusMessage
from cityedge.topics import topic_of
from tests.support.waiting import wait_for


class Publisher:
    """Connected until the end of the ``with`` block.

    Args:
        broker: Where to.
        client_id: Who it is to the broker.
    """

    def __init__(self, broker: BrokerSettings, *, client_id: str = "publisher") -> None:
        self._broker = broker
        self._client, properties = make_client(
            broker, client_id=client_id, session_expiry_s=0, receive_maximum=100
        )
        self._client.connect(broker.host, broker.port_or_default, clean_start=True, properties=properties)
        self._client.loop_start()
        wait_for(self._client.is_connected, what="the publisher connects")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def send(self, messages: Iterable[Message]) -> None:
        """Publish messages on their topics; return when the broker has acknowledged them all."""
        pairs = [(topic_of(self._broker.root, message), message) for message in messages]
        waiting = [
            self._client.publish(topic, encode(message), qos=1, retain=isinstance(message, StatusMessage))
            for topic, message in pairs
        ]
        for sent in waiting:
            sent.wait_for_publish(20)

    def send_bytes(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """Publish whatever it is."""
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(20)
