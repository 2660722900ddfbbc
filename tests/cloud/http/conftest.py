from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest

from cityedge.clock import ManualClock
from cityedge.messages import Flow, Speed
from cloud.http.server import HttpServer
from cloud.live import LiveState
from cloud.settings import HttpSettings
from cloud.store.embedded import EmbeddedStore
from tests.support.city import GatewayInStore
from tests.support.ports import free_port

NOON: Final = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TRIP: Final = Flow(from_="stop", to="kiosk", class_="person", count=3)
SPEED: Final = Speed(line="kerb", class_="car", mean_mps=5.5, p85_mps=7.0, count=4)


@dataclass(frozen=True)
class Served:
    """A real server over a real store, at twenty past twelve."""

    http: httpx.Client
    store: EmbeddedStore
    live: LiveState
    gateway: GatewayInStore


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Ten minutes of camera ``north``: watched, but half dark in the fifth, which alone has a trip and a speed,
    offline in the sixth and without word in the eighth."""
    folder: Path = tmp_path_factory.mktemp("served")
    store, live = EmbeddedStore(folder / "cloud.duckdb"), LiveState()
    live.note_connected(connected=True)
    gateway = GatewayInStore(store, live, name="gw-1", site="plaza")
    for minute in range(10):
        start = NOON + timedelta(minutes=minute)
        if minute == 5:
            gateway.count("north", start, observed=0.0, see="offline")
        elif minute != 7:
            gateway.count(
                "north",
                start,
                lines={"kerb": {"car": (1, 2)}},
                zones={"stop": {"person": 2.5}},
                see="dark" if minute == 4 else "ok",
                impaired=0.5 if minute == 4 else 0.0,
                flows=[TRIP] if minute == 4 else (),
                speeds=[SPEED] if minute == 4 else (),
            )
    now = NOON + timedelta(minutes=20)
    gateway.alert("north", NOON + timedelta(minutes=11), rule="camera_dark")
    gateway.alert("north", NOON + timedelta(minutes=12), rule="crowding", place="stop", value=9)
    gateway.say(now)
    settings = HttpSettings(port=free_port())
    with (
        HttpServer(settings, store, live, clock=ManualClock(now)) as server,
        httpx.Client(base_url=server.url) as http,
    ):
        yield Served(http, store, live, gateway)
    store.close()
