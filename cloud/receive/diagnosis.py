"""What a failed connection means and what to do about it, in words for the person who operates."""

import ssl
from typing import Final

from paho.mqtt.reasoncodes import ReasonCode

from cityedge.broker import BrokerSettings

_LOOK: Final = "Check 'broker.host' and 'broker.port', the broker, and the network between."
_CREDENTIALS: Final = "Correct 'broker.username' and 'broker.password_file', or the broker's list of users."
_REASONS: Final = {
    0x84: ("does not speak MQTT 5", "Use a broker that does: Mosquitto 1.6 or newer, EMQX, HiveMQ, VerneMQ."),
    0x86: ("refuses the user name or password", _CREDENTIALS),
    0x87: ("does not let this client in", _CREDENTIALS),
    0x8E: (
        "gave our session to another client of the same id",
        "Does another collector have the same 'collector.client_id'? Give each its own, or stop one.",
    ),
}


def of_error(error: OSError, broker: BrokerSettings) -> str:
    """What kept us from reaching the broker.

    Args:
        error: From connecting.
        broker: Where to.

    Returns:
        What is wrong and what to do.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        what = f"shows a certificate that is not trusted: {error.verify_message}"
        cure = "Give 'broker.tls.ca_file' the authority that signed it, and 'broker.host' the name in it."
    elif isinstance(error, ssl.SSLError):
        what = f"does not agree on TLS: {error.reason or error}"
        cure = "Check that the port is its TLS port, and that it accepts this client's certificate."
    elif isinstance(error, ConnectionRefusedError):
        what, cure = "is not there: nobody listens at that address", f"Start the broker. {_LOOK}"
    else:
        what, cure = f"cannot be reached: {error.strerror or error}", _LOOK
    return _said(broker, what, cure)


def of_reason(reason: ReasonCode, broker: BrokerSettings) -> str:
    """What a broker's refusal or good-bye means.

    Args:
        reason: Of its CONNACK or DISCONNECT.
        broker: Which broker.

    Returns:
        What is wrong and what to do.
    """
    return _said(broker, *_REASONS.get(reason.value, (f"says '{reason}'", "Look into the broker's log.")))


def of_loss(broker: BrokerSettings) -> str:
    """The connection broke without a good-bye; Mosquitto 2.0 says none to a client that is pushed out either."""
    cure = "If it breaks again and again: does another collector have the same 'collector.client_id'?"
    return _said(broker, "is gone: the connection broke", cure)


def of_silence(broker: BrokerSettings) -> str:
    """Somebody took the connection and never answered as a broker does."""
    cure = "Check the port: is it a broker's, with TLS where 'broker.tls' is set and without where not?"
    return _said(broker, "took the connection and does not speak MQTT", cure)


def of_refused_subscription(refused: str, broker: BrokerSettings) -> str:
    """The broker will not send us what we are here for."""
    cure = f"Let this client read '{broker.root}/#' in the broker's access rules."
    return _said(broker, f"refuses a subscription: {refused}", cure)


def _said(broker: BrokerSettings, what: str, cure: str) -> str:
    return f"broker {broker.address} {what}. {cure}"
