"""An uplink of one gateway: real outbox, real thread, real broker."""

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cityedge import __version__
from cityedge.broker import BrokerSettings
from cityedge.clock import SystemClock
from cityedge.messages import CameraStatus, StatusMessage
from edge.outbox.notes import Owner
from edge.outbox.outbox import Outbox
from edge.publish.uplink import Uplink, UplinkSettings
from edge.settings import OutboxSettings
from tests.support.gateway_messages import GATEWAY, SITE, a_count
from tests.support.mosquitto import Mosquitto


class RunningUplink:
    """An uplink in its thread."""

    def __init__(self, outbox: Outbox, broker: BrokerSettings, *, gateway: str, resend_s: float) -> None:
        self.outbox = outbox
        self.reports: list[tuple[str, str]] = []
        self._gateway = gateway
        self._clock = SystemClock()
        settings = UplinkSettings(broker, SITE, gateway, status_interval_s=1.0, resend_s=resend_s)
        self.uplink = Uplink(
            settings,
            queue=outbox,
            status=self._status,
            report=lambda rule, text: self.reports.append((rule, text)),
            rng=random.Random(1),
        )
        self._thread = threading.Thread(target=self.uplink.run, args=(lambda: None,))
        self._thread.start()

    def append(self, *, minutes: int, first: int = 0) -> None:
        """Count for some minutes."""
        self.outbox.append([a_count(minute) for minute in range(first, first + minutes)])
        self.uplink.wake()

    def reported(self, rule: str) -> list[str]:
        """What was said under a rule, its end (empty) included."""
        return [text for said, text in self.reports if said == rule]

    def stop(self, *, drain_s: float = 5.0) -> None:
        """Stop it and wait for its thread."""
        self.uplink.stop(drain_s=drain_s)
        self._thread.join(20)
        assert not self._thread.is_alive(), "the uplink did not stop"

    def _status(self) -> StatusMessage:
        return StatusMessage(
            site=SITE,
            gateway=self._gateway,
            online=True,
            time=self._clock.now(),
            version=__version__,
            books=self.outbox.books(),
            cameras=(CameraStatus(camera="north", see="ok", rate_fps=14.0),),
        )


StartUplink = Callable[..., RunningUplink]


@pytest.fixture
def start_uplink(tmp_path: Path) -> Iterator[StartUplink]:
    """Starts uplinks; stops at the end what the test left running."""
    running: list[RunningUplink] = []

    def start(
        port: int, *, gateway: str = GATEWAY, folder: str = "a", resend_s: float = 30.0, **broker: Any
    ) -> RunningUplink:
        outbox = Outbox(
            tmp_path / folder, owner=Owner(SITE, gateway), limits=OutboxSettings(), clock=SystemClock()
        )
        running.append(
            RunningUplink(outbox, BrokerSettings(port=port, **broker), gateway=gateway, resend_s=resend_s)
        )
        return running[-1]

    yield start
    for uplink in running:
        uplink.stop(drain_s=0.0)
        uplink.outbox.close()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with Mosquitto(tmp_path) as running:
        yield running
