"""The collector as a black box: a backlog waits in a real Mosquitto, and the collector works it off."""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from cityedge.codec import decode, encode
from cityedge.messages import StoredMessage
from cityedge.topics import topic_of
from tests.benchmarks.messages import counts, numbered
from tests.benchmarks.process import FailedRunError
from tests.support.mosquitto import Mosquitto
from tests.support.ports import free_port

_ROOT: Final = "city"
_GATEWAYS: Final = 10
_EACH: Final = 3_000
_ROWS_A_MESSAGE: Final = 19
"""One of ``camera``, two lines and one zone of six classes each."""
_EPOCH: Final = "20260101T000000Z-a1b2c3"
_WITHIN_S: Final = 300.0
_NO_LIMITS: Final = ("max_queued_messages 0", "max_queued_bytes 0", "max_inflight_messages 0")


@dataclass(frozen=True)
class CollectorFigures:
    """What one collector does.

    Attributes:
        messages: How many were waiting.
        messages_per_s: Stored and accounted for, from the first watermark to the last.
        rows_per_s: Rows of the data model that they made, in the same time.
        peak_bytes: Most resident memory of the collector's process.
    """

    messages: int
    messages_per_s: float
    rows_per_s: float
    peak_bytes: int


class _Watermarks:
    """Follows what the cloud says is stored.

    Attributes:
        by_gateway: Highest seq by gateway.
        marks: When how many messages were accounted for, over all gateways.
    """

    def __init__(self) -> None:
        self.by_gateway: dict[str, int] = {}
        self.marks: list[tuple[float, int]] = []
        self._changed = threading.Condition()

    def take(self, _client: mqtt.Client, _data: Any, message: mqtt.MQTTMessage) -> None:
        stored = decode(bytes(message.payload))
        if not isinstance(stored, StoredMessage):
            return
        with self._changed:
            self.by_gateway[stored.gateway] = stored.seq
            self.marks.append((time.perf_counter(), sum(self.by_gateway.values())))
            self._changed.notify_all()

    def reach(self, total: int, *, within_s: float) -> bool:
        """Wait until so many messages are accounted for, over all gateways; False where they are not in time."""
        with self._changed:
            return self._changed.wait_for(lambda: sum(self.by_gateway.values()) >= total, within_s)


def measure_collector(scratch: Path) -> CollectorFigures:
    """Measure with the embedded store on the disk that holds ``scratch``.

    Args:
        scratch: A folder; made where it is missing.

    Returns:
        The figures.

    Raises:
        FailedRunError: The collector did not get through, or ended by itself.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=scratch) as text,
        Mosquitto(Path(text), extra=[*_NO_LIMITS, "log_type none"]) as broker,
        _connected(broker.port) as client,
    ):
        folder = Path(text)
        config = _configure(folder, broker.port)
        watermarks = _Watermarks()
        client.on_message = watermarks.take
        client.subscribe(f"{_ROOT}/v1/+/+/stored/+", qos=1)
        # A first, short life: the broker learns who is to get the backlog.
        with _collector(config, folder):
            _publish_until_stored(client, watermarks)
        _publish(client, gateways=_GATEWAYS, each=_EACH)
        watermarks.marks.clear()
        with _collector(config, folder) as process:
            if not watermarks.reach(_GATEWAYS * _EACH, within_s=_WITHIN_S):
                raise FailedRunError(f"the collector stored only {watermarks.by_gateway} in {_WITHIN_S} s")
            peak_bytes = _peak_bytes(process.pid)
        return _figures(watermarks.marks, peak_bytes)


def _figures(marks: list[tuple[float, int]], peak_bytes: int) -> CollectorFigures:
    (first_s, first), (last_s, last) = marks[0], marks[-1]
    per_s = (last - first) / (last_s - first_s)
    return CollectorFigures(_GATEWAYS * _EACH, per_s, per_s * _ROWS_A_MESSAGE, peak_bytes)


def _configure(folder: Path, port: int) -> Path:
    config = folder / "cloud.yaml"
    config.write_text(
        f"broker: {{host: 127.0.0.1, port: {port}}}\n"
        f"store: {{kind: embedded, path: {folder / 'city.duckdb'}}}\n"
        f"http: {{port: {free_port()}}}\n",
        encoding="utf-8",
    )
    return config


@contextmanager
def _collector(config: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    words = [sys.executable, "-m", "cityedge", "cloud", "run", str(config)]
    log = folder / "collector.log"
    with log.open("ab") as file:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    try:
        yield process
        if process.poll() is not None:
            raise FailedRunError(f"the collector ended by itself:\n{log.read_text(encoding='utf-8')[-2000:]}")
    finally:
        process.terminate()
        process.wait(timeout=60)


@contextmanager
def _connected(port: int) -> Iterator[mqtt.Client]:
    client = mqtt.Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv5)
    client.max_inflight_messages_set(1_000)
    client.connect("127.0.0.1", port)
    client.loop_start()
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def _publish(client: mqtt.Client, *, gateways: int, each: int) -> None:
    """Hand the broker every gateway's messages, and wait until it has acknowledged them."""
    messages = (
        message
        for number in range(gateways)
        for message in numbered(counts("north-gate", each, gateway=f"gw-{number}"), epoch=_EPOCH)
    )
    handed = [client.publish(topic_of(_ROOT, message), encode(message), qos=1) for message in messages]
    for info in handed:
        info.wait_for_publish(_WITHIN_S)


def _publish_until_stored(client: mqtt.Client, watermarks: _Watermarks) -> None:
    """The first message, again and again: nobody gets what is sent before the collector has subscribed."""
    deadline_s = time.monotonic() + _WITHIN_S
    while time.monotonic() < deadline_s:
        _publish(client, gateways=1, each=1)
        if watermarks.reach(1, within_s=1.0):
            return
    raise FailedRunError(f"the collector stored nothing in {_WITHIN_S} s")


def _peak_bytes(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    (figure,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(figure) * 1024
