"""What a failed connection means and what to do about it, in words for the person who installs."""

import socket
import ssl
from dataclasses import dataclass
from typing import Final

from paho.mqtt.reasoncodes import ReasonCode

from cityedge.broker import BrokerSettings

TAKEN_OVER: Final = 0x8E
NO_SUBSCRIBERS: Final = 0x10
FAILURE: Final = 0x80
"""Reason codes from here on say that it failed."""


@dataclass(frozen=True)
class Diagnosis:
    """Why there is no connection.

    Attributes:
        what: What is wrong, with the address.
        cure: What to do.
    """

    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.what}. {self.cure}"


def of_error(error: OSError, broker: BrokerSettings) -> Diagnosis:
    """What kept us from reaching the broker.

    Args:
        error: From connecting.
        broker: Where to.

    Returns:
        What is wrong and what to do.
    """
    at = f"broker {broker.address}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return Diagnosis(
            f"{at} shows a certificate that is not trusted: {error.verify_message}",
            "Give 'broker.tls.ca_file' the authority that signed it, and 'broker.host' the name in it.",
        )
    if isinstance(error, ssl.SSLError):
        reason = getattr(error, "reason", None) or error
        return Diagnosis(
            f"{at} does not agree on TLS: {reason}",
            "Check that the port is the broker's TLS port, and that it accepts this client's certificate.",
        )
    if isinstance(error, socket.gaierror):
        return Diagnosis(f"{at}: the name is not known", "Correct 'broker.host', or mend the name service.")
    if isinstance(error, ConnectionRefusedError):
        return Diagnosis(
            f"{at} is not there: nobody listens at that address",
            "Start the broker, or correct 'broker.host' and 'broker.port'.",
        )
    if isinstance(error, TimeoutError):
        return Diagnosis(
            f"{at} does not answer", "Check the network and the firewall between here and the broker."
        )
    reason = error.strerror or str(error)
    return Diagnosis(f"{at} cannot be reached: {reason}", "Check the network, 'broker.host' and 'broker.port'.")


def of_reason(reason: ReasonCode, broker: BrokerSettings) -> Diagnosis:
    """What a broker's refusal or goodbye means.

    Args:
        reason: Of its CONNACK or DISCONNECT.
        broker: Which broker.

    Returns:
        What is wrong and what to do.
    """
    what, cure = _REASONS.get(reason.value, (f"says '{reason}'", "Look into the broker's log."))
    return Diagnosis(f"broker {broker.address} {what}", cure)


def of_rival(broker: BrokerSettings, *, certain: bool) -> Diagnosis:
    """Another client uses our id: the broker said so, or the connection breaks again and again.

    Args:
        broker: Which broker.
        certain: Whether the broker said so.

    Returns:
        What is wrong and what to do.
    """
    what, cure = _REASONS[TAKEN_OVER]
    if certain:
        return Diagnosis(f"broker {broker.address} {what}", cure)
    return Diagnosis(
        f"broker {broker.address} ends the connection again and again soon after it was opened",
        f"Perhaps another client of the same id takes it over. {cure}",
    )


def of_silence(broker: BrokerSettings) -> Diagnosis:
    """Somebody took the connection and never answered as a broker does."""
    return Diagnosis(
        f"broker {broker.address} took the connection and does not speak MQTT",
        "Check the port: is it a broker's, with TLS where 'broker.tls' is set and without where not?",
    )


def of_loss(broker: BrokerSettings) -> Diagnosis:
    """The connection broke without a goodbye."""
    return Diagnosis(
        f"broker {broker.address}: the connection broke",
        "If it stays away, check the broker and the network.",
    )


_CREDENTIALS: Final = "Correct 'broker.username' and 'broker.password_file', or the broker's list of users."
_REASONS: Final = {
    0x84: (
        "does not speak MQTT 5",
        "Use a broker that does: Mosquitto 1.6 or newer, EMQX, HiveMQ, VerneMQ, rumqttd.",
    ),
    0x85: ("refuses the client id", "Look into the broker's rules for client ids."),
    0x86: ("refuses the user name or password", _CREDENTIALS),
    0x87: ("does not let this client in", _CREDENTIALS),
    0x8A: ("has banned this client", "Look into the broker's list of banned clients."),
    0x8B: ("is shutting down", "Nothing to do where it comes back: the connection is tried again."),
    TAKEN_OVER: (
        "gave our session to another client of the same id",
        "Two gateways have the same 'site' and 'gateway', or the agent runs twice: give each its own name.",
    ),
    0x93: ("says that we sent more than it receives at once", "Look into the broker's receive maximum."),
    0x95: ("says that a message was too large", "Raise the broker's largest packet."),
    0x97: ("says that a quota is used up", "Raise the broker's quota for this client."),
    0x9A: ("does not keep retained messages", "Allow retained messages: the gateway's status needs them."),
    0x9B: ("does not support QoS 1", "Use a broker that does: counts are not sent without."),
}
