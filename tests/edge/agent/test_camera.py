"""One camera in the agent: what it says of how it sees, what it keeps, and what ends with it."""

import random
import threading
from pathlib import Path

import numpy as np
import pytest

from cityedge.clock import ManualClock, from_unix_s
from cityedge.messages import AlertMessage, CountMessage
from edge.agent.alerts import AlertBoard
from edge.agent.camera import Camera, Surroundings
from edge.capture import ReaderState
from edge.detect import Sighting
from edge.pipeline import CameraPipeline
from edge.see import ReferenceFile
from edge.settings import CameraSettings, CrowdingAlarm, GatewaySettings, SourceSettings, ZoneSettings
from edge.types import Picture
from tests.edge.scripted import NOON, STREET, SURE, Thing, frame, seen
from tests.support.gateway_messages import GATEWAY, SITE

EVERYWHERE = ZoneSettings(name="all", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
SETTINGS = CameraSettings(
    name="north",
    source=SourceSettings(url="none"),
    zones=(EVERYWHERE,),
    alarms=(CrowdingAlarm(zone="all", people=1, hold_s=0),),
)
NIGHT = np.zeros((240, 320, 3), np.uint8)


class Corner:
    """A camera to which the test shows pictures."""

    def __init__(self, folder: Path) -> None:
        self.references = ReferenceFile(folder / "references")
        self.alerts: list[AlertMessage] = []
        self.windows: list[CountMessage] = []
        clock = ManualClock(from_unix_s(NOON))
        board = AlertBoard(SITE, GATEWAY, clock=clock, send=self.alerts.extend)
        rng = random.Random(1)
        around = Surroundings(clock, rng, threading.Condition(), self.windows.extend, board, self.references)
        gateway = GatewaySettings(site=SITE, gateway=GATEWAY, cameras=(SETTINGS,))
        pipeline = CameraPipeline(
            SETTINGS,
            gateway,
            model="m",
            sure_scores=SURE,
            config_rev="1",
            reference=self.references.read("north"),
        )
        self.camera = Camera(SETTINGS, pipeline=pipeline, around=around)
        self.camera._on_state(ReaderState("running", "", clock.now()))

    def show(
        self, picture: Picture | None, *things: Thing, seconds: int, begin_s: float = 0.0, fps: int = 5
    ) -> None:
        """Show it a picture for a while; the street where None."""
        for index in range(seconds * fps):
            shown = STREET.picture() if picture is None else picture
            self.camera.count(Sighting(frame(begin_s + index / fps), shown, seen(*things), 0.0, 0.0, 0.0))

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(message.rule, message.state) for message in self.alerts]


@pytest.fixture
def corner(tmp_path: Path) -> Corner:
    return Corner(tmp_path)


def test_its_status_and_an_alert_say_that_it_sees_nothing(corner: Corner) -> None:
    corner.show(None, seconds=5)
    assert corner.camera.status().see == "ok"

    corner.show(NIGHT, seconds=10, begin_s=5.0)

    assert corner.camera.status().see == "dark"
    assert corner.said == [("camera_dark", "raised")]


def test_it_learns_how_it_looks_and_keeps_it(corner: Corner, tmp_path: Path) -> None:
    corner.show(None, seconds=5)
    corner.camera.tick()
    assert corner.references.read("north") is None

    corner.show(None, seconds=35, begin_s=5.0)
    corner.camera.tick()

    kept = corner.references.read("north")
    assert kept is not None
    assert Corner(tmp_path).camera._pipeline.reference == kept


def test_a_reference_that_is_kept_is_not_overwritten(corner: Corner, tmp_path: Path) -> None:
    corner.show(None, seconds=40)
    corner.camera.tick()
    path = corner.references.path("north")
    before = path.stat().st_mtime_ns

    again = Corner(tmp_path)
    again.show(None, seconds=40)
    again.camera.tick()

    assert path.stat().st_mtime_ns == before


def test_a_disk_that_does_not_take_the_reference_does_not_stop_the_camera(corner: Corner, tmp_path: Path) -> None:
    corner.show(None, seconds=40)
    (tmp_path / "references").write_text("no folder", encoding="utf-8")

    corner.camera.tick()
    corner.show(None, seconds=1, begin_s=40.0)

    assert corner.camera.status().see == "ok"


def test_its_alarms_end_when_the_agent_stops(corner: Corner) -> None:
    person: Thing = ("person", 400, 400, 120)
    corner.show(None, person, seconds=5)
    corner.camera.flush()

    assert corner.said == [("crowding", "raised"), ("crowding", "cleared")]
    assert corner.alerts[0].place == "all"
    assert sum(window.frames for window in corner.windows) == 25
