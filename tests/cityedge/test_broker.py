import gc
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import pytest

from cityedge import settings
from cityedge.broker import BrokerSettings, TlsSettings, is_loopback, make_client
from cityedge.errors import ConfigError
from tests.support.certificates import TlsFiles, make_certificates
from tests.support.mosquitto import Mosquitto
from tests.support.waiting import wait_for

SECRET = "năm mươi"


@dataclass
class Line:
    """One connection, with what came over it."""

    client: mqtt.Client
    reason: str = ""
    heard: list[mqtt.MQTTMessage] = field(default_factory=list)
    subscribed: bool = False
    session_present: bool = False

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


def connected(broker: BrokerSettings, *, name: str = "one", expiry_s: int = 0, **options: Any) -> Line:
    """A line on which the broker has answered, with yes or no."""
    options = {"receive_maximum": 100, **options}
    client, properties = make_client(broker, client_id=name, session_expiry_s=expiry_s, **options)
    line = Line(client)

    def on_connect(_client: object, _data: object, flags: Any, reason: object, _properties: object) -> None:
        line.session_present, line.reason = bool(flags.session_present), str(reason)

    client.on_connect = on_connect
    client.on_message = lambda _client, _data, message: line.heard.append(message)
    client.on_subscribe = lambda *_: setattr(line, "subscribed", True)
    client.connect(broker.host, broker.port_or_default, clean_start=False, properties=properties)
    client.loop_start()
    wait_for(lambda: line.reason, what="the broker's answer")
    return line


def subscribe(line: Line, topic: str) -> None:
    line.client.subscribe(topic, qos=1)
    wait_for(lambda: line.subscribed)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> TlsFiles:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    with Mosquitto(tmp_path_factory.mktemp("plain")) as broker:
        yield broker


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, certificates: TlsFiles) -> Iterator[Mosquitto]:
    """TLS, and a name and password."""
    with Mosquitto(tmp_path_factory.mktemp("guarded"), tls=certificates, users={"box-7": SECRET}) as broker:
        yield broker


@pytest.fixture(scope="module")
def mutual(tmp_path_factory: pytest.TempPathFactory, certificates: TlsFiles) -> Iterator[Mosquitto]:
    """TLS both ways."""
    with Mosquitto(tmp_path_factory.mktemp("mutual"), tls=certificates, client_cert_needed=True) as broker:
        yield broker


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "host: broker.example.org",
            "f:1: tls: is needed, because broker 'broker.example.org' is reached over a network",
            id="a name without TLS",
        ),
        pytest.param("host: 192.168.1.5", "f:1: tls: is needed", id="an address of the same house"),
        pytest.param("host: 0.0.0.0", "f:1: tls: is needed", id="no real address"),
        pytest.param("host: localhost.example.org", "f:1: tls: is needed", id="a name that looks local"),
        pytest.param("host: ''", "f:1: host: needs text of length >= 1, got ''", id="nowhere"),
        pytest.param("port: 0", "f:1: port: needs a whole number >= 1, got 0", id="port 0"),
        pytest.param(
            "root: city/",
            "f:1: root: topic root 'city/' may hold letters, digits, '-', '_' and inner slashes only",
            id="a root that a broker would misread",
        ),
        pytest.param(
            "password_file: p", "f:1: password_file: needs a username beside it", id="a password of nobody"
        ),
        pytest.param("password: x", "f:1: password: unknown key; did you mean 'password_file'?", id="a password"),
        pytest.param(
            "tls:\n  cert_file: c",
            "f:2: tls.cert_file: cert_file and key_file belong together",
            id="half an identity",
        ),
    ],
)
def test_what_would_not_be_safe_or_not_work_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ConfigError) as caught:
        settings.parse(text, BrokerSettings, name="f")

    assert caught.value.problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("broker", "address"),
    [
        pytest.param(BrokerSettings(), "127.0.0.1:1883", id="on this machine"),
        pytest.param(BrokerSettings(tls=TlsSettings()), "127.0.0.1:8883", id="with TLS"),
        pytest.param(BrokerSettings(host="b.example", tls=TlsSettings()), "b.example:8883", id="far"),
        pytest.param(BrokerSettings(host="b.example", allow_plaintext=True), "b.example:1883", id="allowed"),
        pytest.param(BrokerSettings(port=2000), "127.0.0.1:2000", id="named"),
    ],
)
def test_the_port_follows_from_the_security_unless_it_is_named(broker: BrokerSettings, address: str) -> None:
    assert broker.address == address


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1"])
def test_this_machine_needs_no_tls(host: str) -> None:
    assert is_loopback(host)
    assert BrokerSettings(host=host).tls is None


def test_a_password_file_opens_the_door(tmp_path: Path, guarded: Mosquitto, certificates: TlsFiles) -> None:
    password = tmp_path / "password"
    password.write_text(f"{SECRET}\n", encoding="utf-8")
    tls = TlsSettings(ca_file=certificates.ca_file)
    broker = BrokerSettings(
        host="localhost", port=guarded.port, tls=tls, username="box-7", password_file=str(password)
    )

    line = connected(broker)

    line.close()
    assert line.reason == "Success"


def test_a_wrong_password_does_not(tmp_path: Path, guarded: Mosquitto, certificates: TlsFiles) -> None:
    password = tmp_path / "password"
    password.write_text("guess", encoding="utf-8")
    tls = TlsSettings(ca_file=certificates.ca_file)
    broker = BrokerSettings(port=guarded.port, tls=tls, username="box-7", password_file=str(password))

    line = connected(broker)

    line.close()
    assert line.reason == "Not authorized"


def tls_refusal(broker: BrokerSettings) -> str:
    """Why the client would not speak to the broker."""
    client, properties = make_client(broker, client_id="x", session_expiry_s=0, receive_maximum=1)
    refusal = ""
    try:
        client.connect(broker.host, broker.port_or_default, properties=properties)
    except OSError as error:
        refusal = str(error)
    # paho leaves the socket open when the handshake fails: the warning comes here, not in another test.
    gc.collect()
    return refusal


leaves_a_socket = pytest.mark.filterwarnings(
    "ignore:unclosed:ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@leaves_a_socket
def test_a_broker_that_another_authority_vouches_for_is_not_trusted(guarded: Mosquitto) -> None:
    broker = BrokerSettings(host="localhost", port=guarded.port, tls=TlsSettings())

    assert "CERTIFICATE_VERIFY_FAILED" in tls_refusal(broker)


@leaves_a_socket
def test_a_broker_that_shows_a_certificate_of_somebody_else_is_not_trusted(
    tmp_path: Path, certificates: TlsFiles
) -> None:
    stolen = replace(
        certificates,
        server_cert_file=certificates.client_cert_file,
        server_key_file=certificates.client_key_file,
    )
    with Mosquitto(tmp_path, tls=stolen) as impostor:
        tls = TlsSettings(ca_file=certificates.ca_file)

        assert "Hostname mismatch" in tls_refusal(BrokerSettings(host="localhost", port=impostor.port, tls=tls))


def test_a_clients_certificate_opens_the_door(mutual: Mosquitto, certificates: TlsFiles) -> None:
    tls = TlsSettings(
        ca_file=certificates.ca_file,
        cert_file=certificates.client_cert_file,
        key_file=certificates.client_key_file,
    )

    line = connected(BrokerSettings(host="localhost", port=mutual.port, tls=tls))

    line.close()
    assert line.reason == "Success"


@pytest.fixture(scope="module")
def odd_files(tmp_path_factory: pytest.TempPathFactory, certificates: TlsFiles) -> dict[str, str]:
    """Files that are not what they should be."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "garbage.pem").write_text("hello", encoding="utf-8")
    locked = str(folder / "locked.key")
    encrypt = ["openssl", "pkey", "-in", certificates.client_key_file, "-aes256", "-passout", "pass:x"]
    subprocess.run([*encrypt, "-out", locked], check=True, capture_output=True)
    return {
        "missing": str(folder / "missing.pem"),
        "garbage": str(folder / "garbage.pem"),
        "locked": locked,
        "ca": certificates.ca_file,
        "cert": certificates.client_cert_file,
        "key": certificates.client_key_file,
        "other_key": certificates.server_key_file,
    }


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        pytest.param(
            {"ca_file": "missing"},
            "broker.tls.ca_file: '{missing}' cannot be used: No such file or directory",
            id="no authority",
        ),
        pytest.param(
            {"ca_file": "garbage"},
            "broker.tls.ca_file: '{garbage}' cannot be used: not a PEM file, or a key that asks for a password",
            id="no certificate in it",
        ),
        pytest.param(
            {"cert_file": "cert", "key_file": "missing"},
            "broker.tls.cert_file: '{cert}' with key_file '{missing}' cannot be used: No such file or directory",
            id="no key",
        ),
        pytest.param(
            {"cert_file": "cert", "key_file": "other_key"},
            "broker.tls.cert_file: '{cert}' with key_file '{other_key}' cannot be used: "
            "the key does not belong to the certificate",
            id="another's key",
        ),
        pytest.param(
            {"cert_file": "cert", "key_file": "locked"},
            "broker.tls.cert_file: '{cert}' with key_file '{locked}' cannot be used: "
            "not a PEM file, or a key that asks for a password",
            id="a key that would ask the terminal",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_the_reason(
    odd_files: dict[str, str], files: dict[str, str], problem: str
) -> None:
    tls = TlsSettings(**{name: odd_files[file] for name, file in files.items()})

    with pytest.raises(ConfigError) as caught:
        make_client(BrokerSettings(tls=tls), client_id="x", session_expiry_s=0, receive_maximum=1)

    assert caught.value.message == problem.format(**odd_files)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(None, "No such file or directory", id="missing"),
        pytest.param(b"\xff\xfe", "is not UTF-8 text", id="not text"),
    ],
)
def test_a_password_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, reason: str) -> None:
    file = tmp_path / "password"
    if content is not None:
        file.write_bytes(content)
    broker = BrokerSettings(username="x", password_file=str(file))

    with pytest.raises(ConfigError) as caught:
        make_client(broker, client_id="x", session_expiry_s=0, receive_maximum=1)

    assert caught.value.message == f"broker.password_file: '{file}' cannot be read: {reason}"


def test_the_broker_keeps_messages_for_a_session_that_is_away(plain: Mosquitto) -> None:
    broker = BrokerSettings(port=plain.port)
    first = connected(broker, name="away", expiry_s=60)
    subscribe(first, "kept/#")
    first.close()
    sender = connected(broker, name="sender")
    sender.client.publish("kept/a", b"while you were out", qos=1).wait_for_publish(5)
    sender.close()

    again = connected(broker, name="away", expiry_s=60)

    wait_for(lambda: again.heard)
    again.close()
    assert again.session_present
    assert again.heard[0].payload == b"while you were out"


def test_the_broker_sends_no_more_than_the_window_until_something_is_acknowledged(plain: Mosquitto) -> None:
    broker = BrokerSettings(port=plain.port)
    slow = connected(broker, name="slow", receive_maximum=3, manual_ack=True)
    subscribe(slow, "window/#")
    sender = connected(broker, name="sender")
    for number in range(5):
        sender.client.publish("window/a", str(number), qos=1).wait_for_publish(5)
    sender.close()
    wait_for(lambda: len(slow.heard) == 3)

    slow.client.ack(slow.heard[0].mid, 1)

    wait_for(lambda: len(slow.heard) == 4)
    slow.close()
    assert [message.payload for message in slow.heard] == [b"0", b"1", b"2", b"3"]
