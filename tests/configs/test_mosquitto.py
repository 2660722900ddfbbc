"""The sample configuration of the broker, held to its word by a real Mosquitto."""

import getpass
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from paho.mqtt.reasoncodes import ReasonCode

from cityedge.broker import BrokerSettings, TlsSettings, make_client
from cityedge.codec import MAX_BYTES
from cityedge.messages import KINDS_UP
from cityedge.paths import REPOSITORY
from tests.support.ports import free_port, wait_until_answers
from tests.support.waiting import wait_for

FOLDER = REPOSITORY / "configs" / "mosquitto"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the shell blocks of README.md were run, as its reader would run them."""
    folder = tmp_path_factory.mktemp("certificates")
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    script = "\n".join(blocks).replace("BROKER=broker.example.org", "BROKER=localhost")
    script += "\ncertificate other-box other-box\n"
    subprocess.run(["bash", "-euc", script], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def port(certificates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a Mosquitto that runs the sample, moved to other folders and a free port of this machine."""
    home = tmp_path_factory.mktemp("etc")
    data = tmp_path_factory.mktemp("var")
    (home / "certs").symlink_to(certificates)
    shutil.copy(FOLDER / "cityedge.acl", home)
    number = free_port()
    text = (FOLDER / "mosquitto.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/mosquitto", str(home)).replace("/var/lib/mosquitto", str(data))
    text = text.replace("listener 8883", f"listener {number} 127.0.0.1\nuser {getpass.getuser()}")
    (home / "mosquitto.conf").write_text(text, encoding="utf-8")
    program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin:/usr/local/sbin")
    assert program, "mosquitto is not installed"
    broker = subprocess.Popen([program, "-c", str(home / "mosquitto.conf")], stderr=subprocess.DEVNULL)
    try:
        wait_until_answers(number)
        yield number
    finally:
        broker.terminate()
        broker.wait(timeout=10)


class Peer:
    """One connected client that remembers what it heard, and what the broker said to what it sent."""

    def __init__(self, name: str, port: int, certificates: Path) -> None:
        files = [str(certificates / file) for file in ("ca.pem", f"{name}.pem", f"{name}.key")]
        tls = TlsSettings(ca_file=files[0], cert_file=files[1], key_file=files[2])
        settings = BrokerSettings(host="localhost", port=port, tls=tls)
        self.heard: list[str] = []
        self.answers: dict[int, ReasonCode] = {}
        self.client, properties = make_client(settings, client_id=name, session_expiry_s=0, receive_maximum=100)
        self.client.on_message = lambda _client, _data, message: self.heard.append(message.topic)
        self.client.on_publish = lambda _client, _data, mid, reason, _properties: self.answers.update(
            {mid: reason}
        )
        self.client.on_subscribe = lambda _client, _data, mid, reasons, _properties: self.answers.update(
            {mid: reasons[0]}
        )
        self.client.connect("localhost", port, clean_start=False, properties=properties)
        self.client.loop_start()
        wait_for(self.client.is_connected, what=f"{name} connects")

    def publish(self, topic: str) -> bool:
        """Whether the broker let it."""
        mid = self.client.publish(topic, b"{}", qos=1).mid
        wait_for(lambda: mid in self.answers, what=f"an answer to {topic}")
        return not self.answers[mid].is_failure

    def subscribe(self, topic: str) -> None:
        mid = self.client.subscribe(topic, qos=1)[1]
        wait_for(lambda: mid in self.answers, what=f"an answer to {topic}")

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def box(port: int, certificates: Path) -> Iterator[Peer]:
    peer = Peer("box-7", port, certificates)
    yield peer
    peer.close()


@pytest.fixture
def collector(port: int, certificates: Path) -> Iterator[Peer]:
    peer = Peer("collector", port, certificates)
    yield peer
    peer.close()


@pytest.mark.parametrize("kind", KINDS_UP)
def test_what_a_gateway_says_reaches_the_collector(box: Peer, collector: Peer, kind: str) -> None:
    collector.subscribe(f"city/v1/+/+/{kind}/+")

    assert box.publish(f"city/v1/tran-phu/box-7/{kind}/gateway")
    wait_for(lambda: f"city/v1/tran-phu/box-7/{kind}/gateway" in collector.heard)


def test_what_the_collector_says_reaches_the_gateway_that_is_meant(
    box: Peer, collector: Peer, port: int, certificates: Path
) -> None:
    other = Peer("other-box", port, certificates)
    box.subscribe("city/v1/tran-phu/box-7/stored/+")
    other.subscribe("city/v1/tran-phu/box-7/stored/+")

    assert collector.publish("city/v1/tran-phu/other-box/stored/e1")
    assert collector.publish("city/v1/tran-phu/box-7/stored/e1")

    wait_for(lambda: box.heard)
    other.close()
    assert (box.heard, other.heard) == (["city/v1/tran-phu/box-7/stored/e1"], [])


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param("city/v1/tran-phu/other-box/count/north-gate", id="in another gateway's name"),
        pytest.param("city/v1/tran-phu/other-box/status/gateway", id="another gateway's state"),
        pytest.param("city/v1/tran-phu/box-7/stored/e1", id="that its own rows are stored"),
        pytest.param("city/v1/tran-phu/box-7/picture/north-gate", id="a kind that there is not"),
        pytest.param("anything", id="anything else"),
    ],
)
def test_a_gateway_may_not_say(box: Peer, collector: Peer, topic: str) -> None:
    collector.subscribe("city/v1/+/+/count/+")

    assert not box.publish(topic)
    assert collector.heard == []


def test_a_gateway_does_not_hear_what_others_count(box: Peer, port: int, certificates: Path) -> None:
    box.subscribe("city/v1/+/+/count/+")
    box.subscribe("#")
    box.subscribe("city/v1/tran-phu/box-7/stored/+")
    other = Peer("other-box", port, certificates)
    collector = Peer("collector", port, certificates)

    other.publish("city/v1/tran-phu/other-box/count/c")
    collector.publish("city/v1/tran-phu/box-7/stored/e9")

    wait_for(lambda: box.heard)
    other.close()
    collector.close()
    assert set(box.heard) == {"city/v1/tran-phu/box-7/stored/e9"}


def test_who_shows_no_certificate_is_not_let_in(port: int, certificates: Path) -> None:
    tls = TlsSettings(ca_file=str(certificates / "ca.pem"))
    settings = BrokerSettings(host="localhost", port=port, tls=tls)
    client, properties = make_client(settings, client_id="nobody", session_expiry_s=0, receive_maximum=1)
    refused: list[bool] = []
    client.on_disconnect = lambda *_: refused.append(True)
    connected: list[bool] = []
    client.on_connect = lambda *_: connected.append(True)

    try:
        client.connect("localhost", port, properties=properties)
        client.loop_start()
        wait_for(lambda: refused, what="the broker hangs up")
    except OSError:
        refused.append(True)
    finally:
        client.loop_stop()

    assert refused
    assert not connected


def test_the_broker_takes_no_message_that_nobody_would_read() -> None:
    text = (FOLDER / "mosquitto.conf").read_text(encoding="utf-8")

    assert f"\nmessage_size_limit {MAX_BYTES}\n" in text
