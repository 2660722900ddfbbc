"""One MQTT connection, from CONNECT to its end: the only file of the cloud that knows paho.

The session belongs to the broker, not to the connection: each connection is a client of its own, so that an
acknowledgement can never reach a later one, where its number may name another message.
"""

import select
import struct
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import paho.mqtt.client as mqtt
from paho.mqtt.exception import MQTTException
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from cityedge.broker import BrokerSettings, make_client
from cloud.receive import diagnosis
from cloud.receive.bell import Bell
from cloud.settings import CollectorSettings

_CONNACK_WITHIN_S: Final = 10.0
_READS_A_TURN: Final = 200
"""So that acknowledgements go out while messages pour in."""
_QOS: Final = 1


class Connection:
    """A connection to the broker, driven by the thread that calls :meth:`turn`. Not thread-safe.

    Args:
        broker: Where to and how.
        settings: Who we are, and how long the broker keeps our session.
        on_message: Called with topic, payload and number of each message; number 0 needs no acknowledgement.

    Attributes:
        session_present: Whether the broker remembered us; None until it let us in.
        ended: Why the connection is over and what to do; None while it is not.

    Raises:
        ConfigError: A certificate, key or password file cannot be read.
    """

    def __init__(
        self,
        broker: BrokerSettings,
        settings: CollectorSettings,
        *,
        on_message: Callable[[str, bytes, int], None],
    ) -> None:
        self.session_present: bool | None = None
        self.ended: str | None = None
        self._broker = broker
        self._deliver = on_message
        self._arrived = 0
        self._deadline_s = 0.0
        self._client, self._properties = make_client(
            broker,
            client_id=settings.client_id,
            session_expiry_s=settings.session_expiry_s,
            receive_maximum=settings.receive_maximum,
            manual_ack=True,
        )
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_message = self._on_message

    def open(self) -> None:
        """Reach the broker and ask to be let in.

        Raises:
            OSError: Nobody answers there, or TLS fails; see :func:`cloud.receive.diagnosis.of_error`.
        """
        self._deadline_s = time.monotonic() + _CONNACK_WITHIN_S
        self._client.connect(
            self._broker.host,
            self._broker.port_or_default,
            self._broker.keepalive_s,
            clean_start=False,
            properties=self._properties,
        )

    def turn(self, timeout_s: float, bell: Bell) -> None:
        """Wait until something happens, and do what MQTT needs done.

        Args:
            timeout_s: How long to wait at most.
            bell: Ends the wait early.
        """
        sock: Any = self._client.socket()
        if sock is None:
            self.abandon(diagnosis.of_loss(self._broker))
            return
        try:
            self._move(sock, timeout_s, bell)
        except (OSError, ValueError, LookupError, struct.error, MQTTException):
            # paho trips over bytes that are not MQTT.
            self.abandon(diagnosis.of_silence(self._broker))
        if self.session_present is None and time.monotonic() > self._deadline_s:
            self.abandon(diagnosis.of_silence(self._broker))

    def subscribe(self, filters: Sequence[str]) -> None:
        """Ask for messages; a refusal ends the connection."""
        self._client.subscribe([(name, _QOS) for name in filters])

    def acknowledge(self, number: int) -> None:
        """The message of that number is safe: the broker may forget it."""
        self._client.ack(number, _QOS)

    def publish(self, topic: str, payload: bytes) -> None:
        """Publish a message that the broker keeps for those who come later."""
        self._client.publish(topic, payload, qos=_QOS, retain=True)

    def close(self) -> None:
        """Say good-bye, and leave the session's expiry as it is: the broker goes on collecting for us."""
        self._client.disconnect()
        self.abandon("closed")

    def abandon(self, why: str) -> None:
        """Drop the connection without a word, where it is still open."""
        if self.ended is None:
            self.ended = why
        sock = self._client.socket()
        if sock is not None:
            sock.close()

    def _move(self, sock: Any, timeout_s: float, bell: Bell) -> None:
        # Bytes that TLS has decrypted already do not make the socket readable again.
        waiting = getattr(sock, "pending", int)() > 0
        writing = [sock] if self._client.want_write() else []
        readable, writable, _ = select.select([bell, sock], writing, [], 0.0 if waiting else timeout_s)
        if bell in readable:
            bell.hush()
        if writable:
            self._client.loop_write()
        if waiting or sock in readable:
            self._read()
        self._client.loop_misc()

    def _read(self) -> None:
        """Read what is there: paho takes one packet at a time, and does not say when nothing is left."""
        for _ in range(_READS_A_TURN):
            before = self._arrived
            self._client.loop_read()
            if self._arrived == before:
                return

    def _on_connect(
        self, _: mqtt.Client, __: object, flags: mqtt.ConnectFlags, reason: ReasonCode, ___: object
    ) -> None:
        if reason.is_failure:
            self.abandon(diagnosis.of_reason(reason, self._broker))
        else:
            self.session_present = flags.session_present

    def _on_disconnect(
        self, _: mqtt.Client, __: object, flags: mqtt.DisconnectFlags, reason: ReasonCode, ___: object
    ) -> None:
        if flags.is_disconnect_packet_from_server:
            self.abandon(diagnosis.of_reason(reason, self._broker))
        elif self.session_present is None:
            self.abandon(diagnosis.of_silence(self._broker))
        else:
            self.abandon(diagnosis.of_loss(self._broker))

    def _on_subscribe(
        self, _: mqtt.Client, __: object, ___: int, reasons: list[ReasonCode], ____: Properties | None
    ) -> None:
        refused = ", ".join(str(reason) for reason in reasons if reason.is_failure)
        if refused:
            self.abandon(diagnosis.of_refused_subscription(refused, self._broker))

    def _on_message(self, _: mqtt.Client, __: Any, message: mqtt.MQTTMessage) -> None:
        self._arrived += 1
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = "(a topic that is not UTF-8)"
        self._deliver(topic, bytes(message.payload), message.mid)
