"""How both sides reach the MQTT broker: settings that are safe by default, and the client made from them."""

import ipaddress
import ssl
from pathlib import Path
from typing import Annotated

import paho.mqtt.client as mqtt
from msgspec import Meta, Struct
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from cityedge.errors import ConfigError
from cityedge.topics import check_root


class TlsSettings(Struct, frozen=True, kw_only=True):
    """TLS towards the broker; with ``cert_file`` and ``key_file`` the client proves who it is (mTLS).

    Attributes:
        ca_file: The authority that signed the broker's certificate; the system's authorities where None.
        cert_file: The client's certificate.
        key_file: Its key.
    """

    ca_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None

    def __post_init__(self) -> None:
        if (self.cert_file is None) != (self.key_file is None):
            raise ValueError("cert_file: cert_file and key_file belong together")


class BrokerSettings(Struct, frozen=True, kw_only=True):
    """Where the broker is and how to speak to it.

    Attributes:
        host: Name or address.
        port: 8883 with TLS, 1883 without, where None.
        root: First levels of every topic.
        tls: How to secure the connection; None only on this machine, or with ``allow_plaintext``.
        allow_plaintext: Accept an unsecured connection over a network that nobody else uses.
        username: For brokers that ask for one.
        password_file: A file that holds the password alone; never the password itself.
        keepalive_s: Silence after which the connection counts as dead.
    """

    host: Annotated[str, Meta(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65535)] | None = None
    root: str = "city"
    tls: TlsSettings | None = None
    allow_plaintext: bool = False
    username: str | None = None
    password_file: str | None = None
    keepalive_s: Annotated[int, Meta(ge=5, le=3600)] = 30

    def __post_init__(self) -> None:
        try:
            check_root(self.root)
        except ValueError as error:
            raise ValueError(f"root: {error}") from error
        if self.password_file and not self.username:
            raise ValueError("password_file: needs a username beside it")
        if self.tls is None and not self.allow_plaintext and not is_loopback(self.host):
            raise ValueError(
                f"tls: is needed, because broker '{self.host}' is reached over a network; "
                "give at least 'tls: {}', or 'allow_plaintext: true' on a network that nobody else uses"
            )

    @property
    def port_or_default(self) -> int:
        """The port to connect to."""
        return self.port or (8883 if self.tls is not None else 1883)

    @property
    def address(self) -> str:
        """Host and port as people write them."""
        return f"{self.host}:{self.port_or_default}"


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine, so that nobody can listen in."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def make_client(
    settings: BrokerSettings,
    *,
    client_id: str,
    session_expiry_s: int,
    receive_maximum: int,
    manual_ack: bool = False,
) -> tuple[mqtt.Client, Properties]:
    """A paho client for MQTT 5, and the properties to connect with.

    Connect with ``client.connect(host, port, keepalive, clean_start=False, properties=properties)`` every
    time: paho's default cleans the session at the first connection, and without an expiry the broker keeps
    nothing (field notes: paho issues 855 and 877).

    Args:
        settings: Where and how.
        client_id: Fixed for the session's life.
        session_expiry_s: How long the broker keeps the session while we are away.
        receive_maximum: How many unacknowledged messages the broker may send: the back-pressure.
        manual_ack: Acknowledge by ``client.ack`` after the work rather than on arrival.

    Returns:
        The client, not yet connected, and the CONNECT properties.

    Raises:
        ConfigError: A certificate, key or password file cannot be read.
    """
    client = mqtt.Client(
        CallbackAPIVersion.VERSION2,
        client_id=client_id,
        protocol=MQTTProtocolVersion.MQTTv5,
        manual_ack=manual_ack,
    )
    if settings.username:
        client.username_pw_set(settings.username, _password(settings))
    if settings.tls is not None:
        client.tls_set_context(_tls_context(settings.tls))
    properties = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]  # paho leaves it untyped
    properties.SessionExpiryInterval = session_expiry_s
    properties.ReceiveMaximum = receive_maximum
    return client, properties


def _password(settings: BrokerSettings) -> str | None:
    if settings.password_file is None:
        return None
    try:
        return Path(settings.password_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise ConfigError(
            [f"broker.password_file: '{settings.password_file}' cannot be read: {reason}"]
        ) from error


def _tls_context(tls: TlsSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=tls.ca_file)
    except (OSError, ssl.SSLError) as error:
        raise ConfigError([f"broker.tls.ca_file: '{tls.ca_file}' cannot be used: {_reason(error)}"]) from error
    if tls.cert_file and tls.key_file:
        try:
            # The empty password keeps OpenSSL from asking the terminal for one.
            context.load_cert_chain(tls.cert_file, tls.key_file, password="")
        except (OSError, ssl.SSLError) as error:
            both = f"'{tls.cert_file}' with key_file '{tls.key_file}'"
            raise ConfigError([f"broker.tls.cert_file: {both} cannot be used: {_reason(error)}"]) from error
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _reason(error: OSError) -> str:
    """What OpenSSL means, where it says it in riddles."""
    if "KEY_VALUES_MISMATCH" in str(error):
        return "the key does not belong to the certificate"
    if isinstance(error, ssl.SSLError):
        return "not a PEM file, or a key that asks for a password"
    return error.strerror or str(error)
