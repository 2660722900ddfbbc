"""Somebody at the other end of the broker: hears what gateways send, and says what is stored, as a cloud does."""

import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from cityedge import topics
from cityedge.broker import BrokerSettings, make_client
from cityedge.codec import decode, encode
from cityedge.errors import ContractError
from cityedge.messages import Message, SequencedMessage, StatusMessage, StoredMessage
from tests.support.ports import wait_until_answers
from tests.support.waiting import wait_for


class Listener:
    """Subscribes to everything below ``root`` with QoS 1 and, where told to, publishes the watermark.

    Args:
        port: The broker's, on this machine.
        root: The city's root.
        stores: Whether it acknowledges end to end, as a collector does after writing.
        session_expiry_s: How long the broker keeps its session after :meth:`leave`.
    """

    def __init__(self, port: int, *, root: str = "city", stores: bool = False, session_expiry_s: int = 0) -> None:
        self.root = root
        self.stores = stores
        self._lock = threading.Lock()
        self._heard: list[tuple[str, Message]] = []
        self._subscribed = threading.Event()
        self._client, properties = make_client(
            BrokerSettings(port=port),
            client_id="listener",
            session_expiry_s=session_expiry_s,
            receive_maximum=1000,
        )
        self._client.on_connect = lambda client, *_: client.subscribe(f"{root}/#", qos=1)
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_message = self._on_message
        wait_until_answers(port)
        self._client.connect("127.0.0.1", port, clean_start=False, properties=properties)
        self._client.loop_start()
        assert self._subscribed.wait(10), "the listener could not subscribe"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def leave(self) -> None:
        """Disconnect."""
        self._client.disconnect()
        self._client.loop_stop()

    @property
    def heard(self) -> list[Message]:
        """Everything so far, in order, repetitions included."""
        with self._lock:
            return [message for _, message in self._heard]

    @property
    def rows(self) -> list[SequencedMessage]:
        """The sequenced messages so far, in order, repetitions included."""
        return [message for message in self.heard if isinstance(message, SequencedMessage)]

    @property
    def seqs(self) -> list[int]:
        """Their numbers."""
        return [message.seq for message in self.rows]

    @property
    def stored_up_to(self) -> int:
        """The last watermark on the broker."""
        found = [message.seq for message in self.heard if isinstance(message, StoredMessage)]
        return found[-1] if found else 0

    @property
    def statuses(self) -> list[StatusMessage]:
        """The live states so far, in order."""
        return [message for message in self.heard if isinstance(message, StatusMessage)]

    def wait_for_seqs(self, seqs: set[int], *, within_s: float = 30.0) -> None:
        """Return when all of these numbers were heard."""
        wait_for(lambda: seqs <= set(self.seqs), within_s=within_s, what=f"rows {sorted(seqs)[:20]}")

    def wait_for_status(self, *, online: bool, within_s: float = 30.0) -> StatusMessage:
        """The last status, when it says so."""

        def last() -> StatusMessage | None:
            found = self.statuses
            return found[-1] if found and found[-1].online is online else None

        found = wait_for(last, within_s=within_s, what=f"a status with online={online}")
        assert found is not None
        return found

    def say_stored(self, row: SequencedMessage, *, up_to: int | None = None) -> None:
        """Publish the watermark of a row's gateway and epoch: retained, as a collector does."""
        stored = StoredMessage(
            site=row.site,
            gateway=row.gateway,
            epoch=row.epoch,
            seq=row.seq if up_to is None else up_to,
            time=datetime.now(UTC),
        )
        self._client.publish(topics.topic_of(self.root, stored), encode(stored), qos=1, retain=True)

    def _on_message(self, _: object, __: object, arrived: object) -> None:
        topic, payload = str(arrived.topic), bytes(arrived.payload)  # type: ignore[attr-defined]  # paho's message
        try:
            message = decode(payload)
            topics.check_belongs(topics.parse(self.root, topic), message)
        except ContractError as error:
            raise AssertionError(f"{topic}: breaks the wire contract: {error}") from error
        with self._lock:
            self._heard.append((topic, message))
        if self.stores and isinstance(message, SequencedMessage):
            self.say_stored(message, up_to=self._contiguous(message.epoch))

    def _contiguous(self, epoch: str) -> int:
        seqs = {row.seq for row in self.rows if row.epoch == epoch}
        seq = 0
        while seq + 1 in seqs:
            seq += 1
        return seq
