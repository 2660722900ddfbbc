"""A whole agent in this process: real model, real outbox, real broker."""

import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cityedge.broker import BrokerSettings
from cityedge.clock import SystemClock
from edge.agent.agent import Agent
from edge.settings import CameraSettings, GatewaySettings, LineSettings, SourceSettings, ZoneSettings
from models.detector import Detector
from tests.support.gateway_messages import GATEWAY, SITE
from tests.support.mosquitto import Mosquitto
from tests.support.real_models import nanodet

LINE = LineSettings(name="mid", points=((0.5, 0.0), (0.5, 1.0)))
ZONE = ZoneSettings(name="all", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))


def a_camera(name: str, source: SourceSettings) -> CameraSettings:
    return CameraSettings(name=name, source=source, max_fps=30.0, lines=(LINE,), zones=(ZONE,))


class RunningAgent:
    """An agent in its thread."""

    def __init__(self, settings: GatewaySettings, detector: Detector, *, until_end: bool) -> None:
        self.agent = Agent(settings, detector, clock=SystemClock(), rng=random.Random(1), drain_s=2.0)
        self.exit_code: int | None = None
        self._until_end = until_end
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def stop(self) -> int:
        """Stop it as a signal would, and wait. Returns its exit code."""
        if self._thread.is_alive():
            self.agent.stop()
        return self.wait()

    def wait(self, within_s: float = 60.0) -> int:
        """Wait until it has stopped by itself. Returns its exit code."""
        self._thread.join(within_s)
        assert not self._thread.is_alive(), "the agent did not stop"
        assert self.exit_code is not None, "the agent crashed"
        return self.exit_code

    def _run(self) -> None:
        self.exit_code = self.agent.run(until_end=self._until_end)


StartAgent = Callable[..., RunningAgent]


@pytest.fixture
def start_agent(tmp_path: Path) -> Iterator[StartAgent]:
    """Starts agents; stops at the end what the test left running."""
    running: list[RunningAgent] = []

    def start(
        port: int, *cameras: CameraSettings, until_end: bool = False, detector: Detector | None = None
    ) -> RunningAgent:
        settings = GatewaySettings(
            site=SITE,
            gateway=GATEWAY,
            state_dir=str(tmp_path / "state"),
            window_s=2,
            lateness_s=0.5,
            status_interval_s=1.0,
            broker=BrokerSettings(port=port),
            cameras=cameras,
        )
        running.append(RunningAgent(settings, detector or nanodet(), until_end=until_end))
        return running[-1]

    yield start
    for agent in running:
        agent.stop()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with Mosquitto(tmp_path) as running:
        yield running
