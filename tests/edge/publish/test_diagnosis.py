"""What a person is told when there is no connection: what is wrong, at which address, and what to do."""

import socket
import ssl

import pytest
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.reasoncodes import ReasonCode

from cityedge.broker import BrokerSettings
from edge.publish import diagnosis

BROKER = BrokerSettings(host="127.0.0.1", port=1884)


@pytest.mark.parametrize(
    ("error", "what", "cure"),
    [
        pytest.param(ConnectionRefusedError(), "is not there", "Start the broker", id="refused"),
        pytest.param(socket.gaierror(-2, "unknown"), "the name is not known", "'broker.host'", id="no such name"),
        pytest.param(TimeoutError(), "does not answer", "firewall", id="timed out"),
        pytest.param(ssl.SSLError(1, "WRONG_VERSION"), "does not agree on TLS", "TLS port", id="no TLS there"),
        pytest.param(OSError(113, "No route to host"), "No route to host", "Check the network", id="no route"),
    ],
)
def test_an_error_becomes_what_is_wrong_and_what_to_do(error: OSError, what: str, cure: str) -> None:
    found = diagnosis.of_error(error, BROKER)

    assert "127.0.0.1:1884" in found.what
    assert what in found.what
    assert cure in found.cure


@pytest.mark.parametrize(
    ("code", "what", "cure"),
    [
        pytest.param(0x84, "does not speak MQTT 5", "Use a broker that does", id="protocol"),
        pytest.param(0x86, "refuses the user name or password", "password_file", id="password"),
        pytest.param(0x87, "does not let this client in", "password_file", id="not authorised"),
        pytest.param(0x89, "Server busy", "log", id="anything else is quoted"),
    ],
)
def test_a_refusal_becomes_what_is_wrong_and_what_to_do(code: int, what: str, cure: str) -> None:
    found = diagnosis.of_reason(ReasonCode(PacketTypes.CONNACK, identifier=code), BROKER)

    assert what in found.what
    assert cure in found.cure


def test_a_session_that_was_taken_over_means_two_of_one_name() -> None:
    reason = ReasonCode(PacketTypes.DISCONNECT, identifier=diagnosis.TAKEN_OVER)

    assert "give each its own name" in diagnosis.of_reason(reason, BROKER).cure
