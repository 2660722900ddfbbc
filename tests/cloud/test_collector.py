"""The collector between a real broker and a real store: nothing lost, nothing twice, whatever happens."""

import logging
import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cityedge.broker import BrokerSettings, TlsSettings
from cityedge.clock import SystemClock
from cityedge.codec import encode
from cityedge.messages import CountMessage
from cityedge.topics import topic_of
from cloud.collector import Collector
from cloud.live import LiveState
from cloud.settings import CollectorSettings
from tests.support.busy_store import BusyStore, busy
from tests.support.certificates import make_certificates
from tests.support.entries import a_count, a_report, an_alert
from tests.support.listener import Listener
from tests.support.mosquitto import Mosquitto
from tests.support.publisher import Publisher
from tests.support.waiting import wait_for

ROOMY = ("max_queued_messages 100000",)


class Office:
    """One collector with its store, as often started anew as a test likes."""

    def __init__(self, folder: Path, broker: BrokerSettings) -> None:
        self.store = BusyStore(folder / "store.duckdb")
        self.live = LiveState()
        self._broker = broker

    def collector(self) -> Collector:
        """A new collector: not started, and with nothing seen yet."""
        self.live = LiveState()
        return Collector(
            self._broker,
            CollectorSettings(batch_wait_s=0.02),
            store=self.store,
            live=self.live,
            clock=SystemClock(),
            rng=random.Random(1),
        )

    def wait_for_stored(self, count: int) -> None:
        """Return when so many messages are stored by the books."""
        wait_for(
            lambda: sum(account.stored for account in self.store.accounts()) >= count,
            what=f"{count} messages stored; it has {self.store.accounts()}",
        )

    def wait_for_broker(self) -> None:
        """Return when the collector is connected."""
        wait_for(lambda: self.live.health().connected, what="the collector to connect")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with Mosquitto(tmp_path, extra=ROOMY) as broker:
        yield broker


@pytest.fixture
def office(tmp_path: Path, broker: Mosquitto) -> Iterator[Office]:
    office = Office(tmp_path, BrokerSettings(port=broker.port))
    yield office
    office.store.close()


@pytest.fixture
def publisher(broker: Mosquitto) -> Iterator[Publisher]:
    with Publisher(BrokerSettings(port=broker.port)) as publisher:
        yield publisher


def counts(first: int, last: int) -> list[CountMessage]:
    return [a_count(seq, minute=seq / 10) for seq in range(first, last + 1)]


def test_what_gateways_send_is_stored_and_shown(office: Office, publisher: Publisher) -> None:
    with office.collector():
        office.wait_for_broker()
        publisher.send([*counts(1, 20), an_alert(21), a_report(produced=21, held_from=1).message])
        office.wait_for_stored(21)
        wait_for(lambda: office.live.statuses() and office.store.statuses())

    (account,) = office.store.accounts()
    assert (account.watermark, account.highest) == (21, 21)
    assert office.store.rows() == 20
    assert office.live.counts()["old-town", "gw-1", "north"].seq == 20
    assert office.live.health().stored == 21
    assert office.store.statuses()[0].message.books == a_report(produced=21, held_from=1).message.books


def test_what_is_stored_is_acknowledged_so_that_it_does_not_come_again(
    office: Office, publisher: Publisher
) -> None:
    with office.collector():
        office.wait_for_broker()
        publisher.send(counts(1, 50))
        office.wait_for_stored(50)

    with office.collector():
        publisher.send(counts(51, 52))
        office.wait_for_stored(52)

    assert office.live.health().messages == 2


def test_the_broker_collects_while_the_collector_is_away(office: Office, publisher: Publisher) -> None:
    with office.collector():
        office.wait_for_broker()

    publisher.send(counts(1, 3000))
    with office.collector():
        office.wait_for_stored(3000)

    assert office.store.rows() == 3000
    assert office.live.health().session_lost == 0


def test_each_gateway_is_told_up_to_where_its_rows_are_safe_and_hears_it_again_from_the_broker(
    office: Office, publisher: Publisher, broker: Mosquitto
) -> None:
    with office.collector(), Listener(broker.port) as listener:
        office.wait_for_broker()
        publisher.send([*counts(1, 10), *counts(12, 14)])
        wait_for(lambda: listener.stored_up_to == 10)
        publisher.send(counts(11, 11))
        wait_for(lambda: listener.stored_up_to == 14)

    with Listener(broker.port) as late:
        wait_for(lambda: late.stored_up_to == 14, what="the retained watermark")


def test_watermarks_that_a_broker_forgot_are_told_again(
    office: Office, publisher: Publisher, broker: Mosquitto
) -> None:
    with office.collector():
        office.wait_for_broker()
        publisher.send(counts(1, 5))
        office.wait_for_stored(5)
    broker.restart()

    with office.collector(), Listener(broker.port) as listener:
        wait_for(lambda: listener.stored_up_to == 5)


def test_while_the_store_takes_nothing_nothing_is_acknowledged(office: Office, publisher: Publisher) -> None:
    office.store.says = busy
    with office.collector():
        office.wait_for_broker()
        publisher.send(counts(1, 20))
        wait_for(lambda: office.live.health().store_error == "no room at all")
    assert office.store.accounts() == []

    office.store.says = None
    with office.collector():
        office.wait_for_stored(20)

    assert office.store.rows() == 20


@pytest.mark.parametrize(
    "trouble", [pytest.param(busy, id="busy"), pytest.param(lambda: KeyError("ours"), id="a fault of ours")]
)
def test_the_collector_waits_for_the_store_and_then_goes_on(
    office: Office, publisher: Publisher, trouble: Callable[[], Exception]
) -> None:
    office.store.says = trouble
    with office.collector():
        office.wait_for_broker()
        publisher.send([*counts(1, 20), a_report().message])
        wait_for(lambda: office.store.calls >= 2, what="a second attempt")
        assert office.live.health().store_error

        office.store.says = None
        office.wait_for_stored(20)
        wait_for(lambda: not office.live.health().store_error)

    assert office.store.rows() == 20
    assert office.live.health().duplicates == 0


def test_a_failure_that_nobody_foresaw_is_said_and_leaves_everything_with_the_broker(
    office: Office, publisher: Publisher
) -> None:
    collector = office.collector()
    collector._watermarks = None  # type: ignore[assignment]  # a fault of our own
    with collector:
        wait_for(lambda: collector.failed)
        office.wait_for_broker()
        publisher.send(counts(1, 5))

    with office.collector():
        office.wait_for_stored(5)


def test_what_cannot_be_understood_is_kept_and_holds_nobody_up(office: Office, publisher: Publisher) -> None:
    topic = topic_of("city", a_count(1))
    with office.collector():
        office.wait_for_broker()
        publisher.send(counts(1, 3))
        publisher.send_bytes(topic, b"\xff{not json")
        publisher.send_bytes(topic, encode(a_count(4)).replace(b'"observed":1.0', b'"observed":9'))
        publisher.send_bytes("city/v1/old-town/gw-2/count/north", encode(a_count(5)))
        publisher.send(counts(6, 6))
        office.wait_for_stored(4)

    (account,) = office.store.accounts()
    assert (account.stored, account.refused, account.missing) == (4, 1, ((5, 5),))
    assert {letter.payload for letter in office.store.dead_letters()} >= {b"\xff{not json", encode(a_count(5))}
    assert office.live.health().dead_letters == 3

    with office.collector():
        publisher.send(counts(7, 7))
        office.wait_for_stored(5)
    assert office.live.health().dead_letters == 0, "they were acknowledged"


def test_what_the_store_names_as_bad_is_kept_with_its_bytes(office: Office, publisher: Publisher) -> None:
    office.store.refuses = frozenset({2})
    with office.collector():
        office.wait_for_broker()
        publisher.send(counts(1, 3))
        office.wait_for_stored(2)
        wait_for(office.store.dead_letters)

    (letter,) = office.store.dead_letters()
    (account,) = office.store.accounts()
    assert (letter.payload, letter.topic) == (encode(counts(2, 2)[0]), topic_of("city", a_count(2)))
    assert letter.reason == "a value that I do not like"
    assert (account.watermark, account.refused) == (3, 1)


def test_a_broker_that_is_not_there_is_named_and_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broker = Mosquitto(tmp_path)
    office = Office(tmp_path, BrokerSettings(port=broker.port))
    with ExitStack() as stack, caplog.at_level(logging.WARNING):
        stack.callback(office.store.close)
        stack.enter_context(office.collector())
        wait_for(lambda: f"127.0.0.1:{broker.port}" in caplog.text)
        assert "Start the broker" in caplog.text

        stack.enter_context(broker)
        office.wait_for_broker()
        stack.enter_context(publisher := Publisher(BrokerSettings(port=broker.port)))
        publisher.send(counts(1, 2))
        office.wait_for_stored(2)


def test_a_broker_that_forgot_the_session_is_noticed_and_subscribed_to_again(
    office: Office, broker: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    with office.collector():
        office.wait_for_broker()
        broker.kill()
        wait_for(lambda: not office.live.health().connected)
        broker.start()
        office.wait_for_broker()

        with Publisher(BrokerSettings(port=broker.port)) as publisher:
            publisher.send(counts(1, 5))
            office.wait_for_stored(5)

    assert office.live.health().session_lost == 1
    assert "lost our session" in caplog.text


def test_a_first_start_is_no_lost_session(office: Office) -> None:
    with office.collector():
        office.wait_for_broker()

    assert office.live.health().session_lost == 0


def test_what_was_in_hand_when_the_connection_broke_is_stored_once(
    tmp_path: Path, publisher_of: Callable[[Mosquitto], Publisher]
) -> None:
    with Mosquitto(tmp_path, persistence=True, extra=ROOMY) as broker, ExitStack() as stack:
        office = Office(tmp_path, BrokerSettings(port=broker.port))
        stack.callback(office.store.close)
        with office.collector() as collector:
            office.wait_for_broker()
            office.store.says = busy
            publisher_of(broker).send(counts(1, 300))
            wait_for(lambda: office.live.health().store_error)
            for _ in range(2):
                broker.restart()
                wait_for(lambda: not office.live.health().connected)
                office.wait_for_broker()
            assert collector._inbox._queue.qsize() <= 300, "what comes again does not pile up"
            office.store.says = None
            office.wait_for_stored(300)
            office.wait_for_broker()
            publisher_of(broker).send(counts(301, 302))
            office.wait_for_stored(302)

        assert office.store.rows() == 302
        assert office.live.health().session_lost == 0


@pytest.fixture
def publisher_of() -> Iterator[Callable[[Mosquitto], Publisher]]:
    """Publishers for brokers that come and go."""
    with ExitStack() as stack:
        yield lambda broker: stack.enter_context(
            Publisher(BrokerSettings(port=broker.port), client_id=f"publisher-{random.random()}")
        )


def test_a_second_collector_of_the_same_name_is_noticed(
    office: Office, tmp_path: Path, broker: Mosquitto, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other", BrokerSettings(port=broker.port))
    with office.collector(), other.collector():
        wait_for(lambda: "does another collector have the same 'collector.client_id'?" in caplog.text)
    other.store.close()


def test_a_wrong_password_is_named_and_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "password").write_text("wrong", encoding="utf-8")
    with Mosquitto(tmp_path, users={"collector": "right"}) as broker:
        settings = BrokerSettings(port=broker.port, username="collector", password_file=str(tmp_path / "password"))
        office = Office(tmp_path, settings)
        with office.collector():
            wait_for(lambda: "Correct 'broker.username'" in caplog.text)
        office.store.close()


def test_over_tls_with_a_certificate_of_its_own(tmp_path: Path) -> None:
    files = make_certificates(tmp_path)
    tls = TlsSettings(ca_file=files.ca_file, cert_file=files.client_cert_file, key_file=files.client_key_file)
    with Mosquitto(tmp_path, tls=files, client_cert_needed=True) as broker:
        settings = BrokerSettings(host="localhost", port=broker.port, tls=tls)
        office = Office(tmp_path, settings)
        with office.collector(), Publisher(settings) as publisher:
            office.wait_for_broker()
            publisher.send(counts(1, 200))
            office.wait_for_stored(200)
        office.store.close()


def test_a_port_that_speaks_something_else_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Mosquitto(tmp_path, tls=make_certificates(tmp_path)) as broker:
        office = Office(tmp_path, BrokerSettings(port=broker.port))
        with office.collector():
            wait_for(lambda: "does not speak MQTT" in caplog.text)
        office.store.close()
