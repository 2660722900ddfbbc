"""One MQTT connection, from CONNECT to its end, as a list of events: the only file here that knows paho.

Each connection is a client of its own. What paho still held of the last one is forgotten on purpose: the
outbox holds it, and clients that flood a broker with old packets after a reconnection get thrown out.
"""

import struct
import time
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import paho.mqtt.client as mqtt
from paho.mqtt.exception import MQTTException
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from cityedge.broker import BrokerSettings, make_client
from edge.publish import diagnosis
from edge.publish.diagnosis import Diagnosis
from edge.publish.wakeup import Wakeup

_CONNACK_WITHIN_S: Final = 10.0
_RECEIVE_MOST: Final = 20
_DEFAULT_RECEIVE_MAXIMUM: Final = 65_535
"""What a broker means that names none (MQTT 5, 3.2.2.3.3)."""
_QOS: Final = 1


@dataclass(frozen=True)
class Message:
    """What is published or arrives.

    Attributes:
        topic: Its topic.
        payload: Its bytes.
        retain: Whether the broker is to keep it, or kept it.
    """

    topic: str
    payload: bytes
    retain: bool = False


@dataclass(frozen=True)
class Opened:
    """The broker lets us in.

    Attributes:
        receive_maximum: How many unacknowledged messages it takes.
        session_present: Whether it remembers us.
    """

    receive_maximum: int
    session_present: bool


@dataclass(frozen=True)
class Subscribed:
    """The broker answered a subscription; ``refused`` says why not, and is empty where it was granted."""

    refused: str


@dataclass(frozen=True)
class Answered:
    """The broker acknowledged a message.

    Attributes:
        mid: Which.
        code: Its reason code; failures from 0x80 on.
        reason: The code in words.
    """

    mid: int
    code: int
    reason: str


@dataclass(frozen=True)
class Closed:
    """The connection is over.

    Attributes:
        why: What happened and what to do.
        taken_over: Another client of the same id took our place.
    """

    why: Diagnosis
    taken_over: bool = False


Event: TypeAlias = Opened | Subscribed | Answered | Message | Closed


def check_files(settings: BrokerSettings) -> None:
    """Find out early whether the files that a connection needs can be read.

    Args:
        settings: What names them.

    Raises:
        ConfigError: A certificate, key or password file cannot be read.
    """
    make_client(settings, client_id="check", session_expiry_s=0, receive_maximum=1)


class Connection:
    """A connection to the broker, driven by the thread that calls :meth:`turn`. Not thread-safe.

    Args:
        settings: Where to and how.
        client_id: Who we are.
        will: What the broker says for us when we vanish; None says nothing.

    Raises:
        ConfigError: A certificate, key or password file cannot be read.
    """

    def __init__(self, settings: BrokerSettings, *, client_id: str, will: Message | None = None) -> None:
        # The outbox is the memory, so the broker need not keep a session while we are away.
        self._client, self._properties = make_client(
            settings, client_id=client_id, session_expiry_s=0, receive_maximum=_RECEIVE_MOST
        )
        self._settings = settings
        self._events: list[Event] = []
        self._opened = False
        self._ended = False
        self._deadline_s = 0.0
        if will is not None:
            self._client.will_set(will.topic, will.payload, qos=_QOS, retain=will.retain)
        self._client.on_connect = self._on_connect
        self._client.on_disconnect = self._on_disconnect
        self._client.on_subscribe = self._on_subscribe
        self._client.on_publish = self._on_publish
        self._client.on_message = self._on_message

    def open(self) -> None:
        """Reach the broker and ask to be let in; :class:`Opened` or :class:`Closed` says how it went.

        Raises:
            OSError: Nobody answers there, or TLS fails; see :func:`edge.publish.diagnosis.of_error`.
        """
        self._deadline_s = time.monotonic() + _CONNACK_WITHIN_S
        self._client.connect(
            self._settings.host,
            self._settings.port_or_default,
            self._settings.keepalive_s,
            clean_start=False,
            properties=self._properties,
        )

    def turn(self, timeout_s: float, wakeup: Wakeup) -> list[Event]:
        """Wait for something to happen, and do what MQTT needs done.

        Args:
            timeout_s: How long to wait at most.
            wakeup: Ends the wait early.

        Returns:
            What happened, in order; ends with :class:`Closed` once the connection is over.
        """
        sock = self._client.socket()
        if sock is None:
            self._end(diagnosis.of_loss(self._settings))
        if sock is None or self._ended:
            return self._take()
        # Bytes that TLS has decrypted already do not make the socket readable again.
        waiting = getattr(sock, "pending", int)() > 0
        can_read, can_write = wakeup.wait(
            0.0 if waiting or self._events else timeout_s,
            readable=sock,
            writable=sock if self._client.want_write() else None,
        )
        try:
            self._move(read=can_read or waiting, write=can_write)
        except (OSError, ValueError, LookupError, struct.error, MQTTException):
            # paho trips over bytes that are not MQTT.
            self._end(diagnosis.of_silence(self._settings))
        if not self._opened and time.monotonic() > self._deadline_s:
            self._end(diagnosis.of_silence(self._settings))
        return self._take()

    def publish(self, message: Message) -> int:
        """Hand a message to paho, with QoS 1.

        Args:
            message: What to publish.

        Returns:
            Its number, which :class:`Answered` will name.
        """
        info = self._client.publish(message.topic, message.payload, qos=_QOS, retain=message.retain)
        return info.mid

    def subscribe(self, topic_filter: str) -> None:
        """Ask for messages; :class:`Subscribed` says whether they will come."""
        self._client.subscribe(topic_filter, qos=_QOS)

    def close(self) -> None:
        """Say goodbye: the broker forgets the will."""
        self._client.disconnect()
        self.abandon()

    def abandon(self) -> None:
        """Drop the connection without a word where it is still open: the broker speaks the will."""
        self._ended = True
        sock = self._client.socket()
        if sock is not None:
            sock.close()

    def _move(self, *, read: bool, write: bool) -> None:
        if write:
            self._client.loop_write()
        if read:
            self._client.loop_read()
        self._client.loop_misc()

    def _take(self) -> list[Event]:
        events, self._events = self._events, []
        return events

    def _end(self, why: Diagnosis, *, taken_over: bool = False) -> None:
        if not self._ended:
            self._events.append(Closed(why, taken_over=taken_over))
        self.abandon()

    def _on_connect(
        self, _: mqtt.Client, __: object, flags: mqtt.ConnectFlags, reason: ReasonCode, found: Any
    ) -> None:
        if reason.is_failure:
            self._end(diagnosis.of_reason(reason, self._settings))
            return
        self._opened = True
        receive_maximum = int(getattr(found, "ReceiveMaximum", _DEFAULT_RECEIVE_MAXIMUM))
        self._events.append(Opened(receive_maximum, session_present=flags.session_present))

    def _on_disconnect(
        self, _: mqtt.Client, __: object, flags: mqtt.DisconnectFlags, reason: ReasonCode, ___: object
    ) -> None:
        if flags.is_disconnect_packet_from_server:
            taken_over = reason.value == diagnosis.TAKEN_OVER
            self._end(diagnosis.of_reason(reason, self._settings), taken_over=taken_over)
        elif self._opened:
            self._end(diagnosis.of_loss(self._settings))
        else:
            self._end(diagnosis.of_silence(self._settings))

    def _on_subscribe(
        self, _: mqtt.Client, __: object, ___: int, reasons: list[ReasonCode], ____: Properties | None
    ) -> None:
        refused = [str(reason) for reason in reasons if reason.is_failure]
        self._events.append(Subscribed(", ".join(refused)))

    def _on_publish(self, _: mqtt.Client, __: object, mid: int, reason: ReasonCode, ___: Properties) -> None:
        self._events.append(Answered(mid, reason.value, str(reason)))

    def _on_message(self, _: mqtt.Client, __: object, message: mqtt.MQTTMessage) -> None:
        self._events.append(Message(message.topic, bytes(message.payload), retain=message.retain))
