"""The uplink against a real broker: what is sent, when a row may go, and what happens when things go away."""

import socket
import threading
from pathlib import Path
from typing import Self

import pytest

from cityedge.broker import TlsSettings
from tests.edge.publish.conftest import StartUplink
from tests.support.certificates import make_certificates
from tests.support.listener import Listener
from tests.support.mosquitto import Mosquitto
from tests.support.ports import free_port
from tests.support.waiting import wait_for


def test_rows_arrive_in_order_and_leave_the_outbox_when_the_cloud_has_them(
    broker: Mosquitto, start_uplink: StartUplink
) -> None:
    with Listener(broker.port, stores=True) as cloud:
        gateway = start_uplink(broker.port)
        gateway.append(minutes=300)

        wait_for(lambda: gateway.outbox.books().queued == 0)

        assert cloud.seqs == list(range(1, 301))


def test_a_row_that_only_the_broker_has_stays(broker: Mosquitto, start_uplink: StartUplink) -> None:
    with Listener(broker.port) as reader:
        gateway = start_uplink(broker.port)
        gateway.append(minutes=3)
        reader.wait_for_seqs({1, 2, 3})

        assert gateway.outbox.books().queued == 3


def test_rows_up_to_the_watermark_leave_and_the_rest_stay(broker: Mosquitto, start_uplink: StartUplink) -> None:
    with Listener(broker.port) as reader:
        gateway = start_uplink(broker.port)
        gateway.append(minutes=5)
        reader.wait_for_seqs({5})

        reader.say_stored(reader.rows[0], up_to=3)

        wait_for(lambda: gateway.outbox.books().queued == 2)
        assert gateway.outbox.books().held_from == 4


def test_a_row_that_the_cloud_does_not_store_in_time_is_sent_again(
    broker: Mosquitto, start_uplink: StartUplink
) -> None:
    with Listener(broker.port) as reader:
        gateway = start_uplink(broker.port, resend_s=0.3)
        gateway.append(minutes=2)

        wait_for(lambda: reader.seqs.count(1) >= 2 and reader.seqs.count(2) >= 2)


def test_what_is_stored_already_is_not_sent_again_after_a_restart(
    broker: Mosquitto, start_uplink: StartUplink
) -> None:
    with Listener(broker.port, stores=True) as cloud:
        first = start_uplink(broker.port)
        first.append(minutes=10)
        wait_for(lambda: first.outbox.books().queued == 0)
        cloud.stores = False
        first.append(minutes=1, first=10)
        cloud.wait_for_seqs({11})
        first.stop(drain_s=0.0)
        first.outbox.close()
        cloud.say_stored(cloud.rows[-1], up_to=11)
        wait_for(lambda: cloud.stored_up_to == 11)

        again = start_uplink(broker.port)
        again.append(minutes=1, first=11)
        cloud.wait_for_seqs({12})

        assert cloud.seqs == list(range(1, 13))


def test_where_nobody_listens_rows_stay_and_arrive_when_somebody_does(
    broker: Mosquitto, start_uplink: StartUplink, caplog: pytest.LogCaptureFixture
) -> None:
    gateway = start_uplink(broker.port)
    gateway.append(minutes=50)
    wait_for(lambda: "nobody listens to city/" in caplog.text)
    assert gateway.outbox.books().queued == 50

    with Listener(broker.port, stores=True) as cloud:
        cloud.wait_for_seqs(set(range(1, 51)))
        wait_for(lambda: gateway.outbox.books().queued == 0)


def test_a_broker_that_is_not_there_is_named_with_the_cure_and_found_when_it_comes(
    tmp_path: Path, start_uplink: StartUplink, caplog: pytest.LogCaptureFixture
) -> None:
    broker = Mosquitto(tmp_path)
    gateway = start_uplink(broker.port)
    gateway.append(minutes=3)
    said = f"broker 127.0.0.1:{broker.port} is not there: nobody listens at that address"
    wait_for(lambda: said in caplog.text)
    assert "Start the broker" in caplog.text

    with broker, Listener(broker.port, stores=True) as cloud:
        cloud.wait_for_seqs({1, 2, 3})
        wait_for(lambda: gateway.outbox.books().queued == 0)
        assert caplog.text.count(said) == 1
        gateway.stop()


@pytest.mark.parametrize("way", ["restart", "kill"])
def test_over_a_restart_of_the_broker_nothing_is_lost(
    broker: Mosquitto, start_uplink: StartUplink, way: str
) -> None:
    gateway = start_uplink(broker.port)
    with Listener(broker.port, stores=True):
        gateway.append(minutes=200)
        if way == "kill":
            broker.kill()
            gateway.append(minutes=200, first=200)
            broker.start()
        else:
            broker.restart()
            gateway.append(minutes=200, first=200)

        # The listener comes back by itself, as a collector does.
        wait_for(lambda: gateway.outbox.books().queued == 0)
        assert gateway.outbox.books().produced == 400


def test_the_number_of_rows_on_their_way_follows_the_brokers_receive_maximum(
    tmp_path: Path, start_uplink: StartUplink
) -> None:
    with (
        Mosquitto(tmp_path, extra=["max_inflight_messages 3"]) as broker,
        Listener(broker.port, stores=True) as cloud,
    ):
        gateway = start_uplink(broker.port)
        gateway.append(minutes=100)
        wait_for(lambda: gateway.outbox.books().queued == 0)

        assert cloud.seqs == list(range(1, 101))
        assert "receive maximum" not in broker.log.lower()


# The live state.


def test_the_live_state_is_retained_with_books_and_cameras(broker: Mosquitto, start_uplink: StartUplink) -> None:
    gateway = start_uplink(broker.port)
    gateway.append(minutes=4)

    wait_for(lambda: "New client connected" in broker.log)
    with Listener(broker.port) as late:
        status = late.wait_for_status(online=True)

    assert status.books is not None
    assert status.books.epoch == gateway.outbox.epoch
    assert status.cameras[0].camera == "north"


def test_the_live_state_comes_again_and_again(broker: Mosquitto, start_uplink: StartUplink) -> None:
    with Listener(broker.port) as reader:
        start_uplink(broker.port)

        wait_for(lambda: len(reader.statuses) >= 3)


def test_before_a_clean_stop_the_rest_is_stored_and_the_last_state_has_the_final_books(
    broker: Mosquitto, start_uplink: StartUplink
) -> None:
    with Listener(broker.port, stores=True) as cloud:
        gateway = start_uplink(broker.port)
        cloud.wait_for_status(online=True)
        gateway.append(minutes=100)
        gateway.stop(drain_s=10.0)

        status = cloud.wait_for_status(online=False)

    assert status.books is not None
    assert (status.books.produced, status.books.queued, status.books.held_from) == (100, 0, 101)


def test_a_stop_does_not_wait_for_ever_for_a_cloud_that_does_not_store(
    broker: Mosquitto, start_uplink: StartUplink, caplog: pytest.LogCaptureFixture
) -> None:
    with Listener(broker.port) as reader:
        gateway = start_uplink(broker.port)
        gateway.append(minutes=2)
        reader.wait_for_seqs({1, 2})
        gateway.stop(drain_s=0.5)

        status = reader.wait_for_status(online=False)

    assert status.books is not None
    assert status.books.queued == 2
    assert "2 rows stay in the outbox" in caplog.text


def test_a_stop_without_a_broker_is_quick(start_uplink: StartUplink) -> None:
    gateway = start_uplink(free_port())
    gateway.append(minutes=2)

    gateway.stop(drain_s=60.0)

    assert gateway.outbox.books().queued == 2


def test_when_the_gateway_dies_the_broker_says_so(broker: Mosquitto, start_uplink: StartUplink) -> None:
    with Listener(broker.port) as reader, Relay(broker.port) as relay:
        start_uplink(relay.port)
        reader.wait_for_status(online=True)

        relay.cut()

        assert wait_for(lambda: [s for s in reader.statuses if not s.online])


class Relay:
    """A wire between two ports that can be cut without a goodbye."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        for thread in self._threads:
            thread.join(10)

    def cut(self) -> None:
        self._server.close() if self._server.fileno() < 0 else self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for end in self._ends:
            if end.fileno() >= 0:
                end.shutdown(socket.SHUT_RDWR)
                end.close()

    def _accept(self) -> None:
        try:
            near, _ = self._server.accept()
        except OSError:
            return
        far = socket.create_connection(("127.0.0.1", self._target))
        self._ends += [near, far]
        for source, sink in ((near, far), (far, near)):
            self._threads.append(threading.Thread(target=_carry, args=(source, sink)))
            self._threads[-1].start()


def _carry(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
    except OSError:
        return


# What people must be told.


def test_two_gateways_of_one_name_are_reported(broker: Mosquitto, start_uplink: StartUplink) -> None:
    first = start_uplink(broker.port, folder="a")
    wait_for(lambda: "New client connected" in broker.log)

    start_uplink(broker.port, folder="b")

    (text, *_) = wait_for(lambda: first.reported("duplicate_client_id"))
    assert "Two gateways have the same 'site' and 'gateway'" in text


def test_rows_that_the_broker_refuses_stay_and_are_reported_until_it_takes_them(
    tmp_path: Path, start_uplink: StartUplink
) -> None:
    rights = tmp_path / "acl"
    rights.write_text("user gw\ntopic read city/#\nuser cloud\ntopic readwrite city/#\n", encoding="utf-8")
    password = tmp_path / "password"
    password.write_text("secret-word\n", encoding="utf-8")
    with Mosquitto(tmp_path, users={"gw": "secret-word"}, extra=[f"acl_file {rights}"]) as broker:
        gateway = start_uplink(broker.port, resend_s=0.5, username="gw", password_file=str(password))
        gateway.append(minutes=2)

        wait_for(lambda: any("Not authorized" in text for text in gateway.reported("publish_refused")))

        assert gateway.outbox.books().queued == 2


def test_a_wrong_password_is_named_without_showing_it(
    tmp_path: Path, start_uplink: StartUplink, caplog: pytest.LogCaptureFixture
) -> None:
    password = tmp_path / "password"
    password.write_text("wrong-word\n", encoding="utf-8")
    with Mosquitto(tmp_path, users={"gw": "secret-word"}) as broker:
        start_uplink(broker.port, username="gw", password_file=str(password))

        wait_for(lambda: "Correct 'broker.username' and 'broker.password_file'" in caplog.text)

    assert "wrong-word" not in caplog.text


def test_over_tls_with_a_client_certificate_everything_is_the_same(
    tmp_path: Path, start_uplink: StartUplink
) -> None:
    files = make_certificates(tmp_path)
    tls = TlsSettings(ca_file=files.ca_file, cert_file=files.client_cert_file, key_file=files.client_key_file)
    # A second listener of the broker without TLS is for the reader in this test alone.
    plain = free_port()
    extra = [f"listener {plain} 127.0.0.1", "allow_anonymous true"]
    with (
        Mosquitto(tmp_path, tls=files, client_cert_needed=True, extra=extra) as broker,
        Listener(plain, stores=True) as cloud,
    ):
        gateway = start_uplink(broker.port, tls=tls)
        gateway.append(minutes=100)

        wait_for(lambda: gateway.outbox.books().queued == 0)
        assert cloud.seqs == list(range(1, 101))


# paho leaves the socket of a handshake that failed to the garbage collector.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_certificate_of_a_stranger_is_not_trusted(
    tmp_path: Path, start_uplink: StartUplink, caplog: pytest.LogCaptureFixture
) -> None:
    strangers = tmp_path / "strangers"
    strangers.mkdir()
    with Mosquitto(tmp_path, tls=make_certificates(strangers)) as broker:
        (tmp_path / "ours").mkdir()
        tls = TlsSettings(ca_file=make_certificates(tmp_path / "ours").ca_file)
        start_uplink(broker.port, tls=tls)

        wait_for(lambda: "shows a certificate that is not trusted" in caplog.text)


def test_a_port_that_speaks_something_else_is_recognised(
    start_uplink: StartUplink, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=_answer_as_a_web_server, args=(server,))
        answering.start()
        start_uplink(server.getsockname()[1])

        wait_for(lambda: "does not speak MQTT" in caplog.text)
        answering.join(5)


def _answer_as_a_web_server(server: socket.socket) -> None:
    client, _ = server.accept()
    with client:
        client.recv(4096)
        client.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
