"""An MQTT broker for the demo: rumqttd out of the ``iotcore`` wheel, on this machine only, sessions in memory.

It needs no root and no Debian package. A city runs Mosquitto or a broker cluster instead: what this one holds
ends with it.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from iotcore import Broker

from cityedge.errors import CityEdgeError

_TOML: Final = """\
id = 0

[router]
id = 0
max_connections = 200
max_outgoing_packet_count = 200
max_segment_size = 104857600
max_segment_count = 10

[v5.1]
name = "demo"
listen = "127.0.0.1:{port}"
next_connection_delay_ms = 1

[v5.1.connections]
connection_timeout_ms = 60000
max_payload_size = 1048576
max_inflight_count = 500
dynamic_filters = true
"""


@contextlib.contextmanager
def running(port: int, folder: Path) -> Iterator[str]:
    """A broker that runs as long as the block does.

    Args:
        port: Where it listens, on 127.0.0.1.
        folder: Where its configuration is written.

    Yields:
        Its address, ``host:port``.

    Raises:
        CityEdgeError: It did not come up.
    """
    config = folder / "broker.toml"
    config.write_text(_TOML.format(port=port), encoding="utf-8")
    broker = Broker(config_path=str(config))
    try:
        broker.start()
    except (OSError, RuntimeError) as error:
        raise CityEdgeError(f"the demo's MQTT broker did not start on port {port}: {error}") from error
    try:
        yield f"127.0.0.1:{port}"
    finally:
        broker.stop()
