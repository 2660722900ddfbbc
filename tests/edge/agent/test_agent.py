"""The whole agent: frames in, windows out, books that close, and what it says when something is missing."""

import itertools
from pathlib import Path
from typing import cast

from cityedge.classes import CLASSES
from cityedge.messages import AlertMessage, CountMessage, HealthMessage, StatusMessage
from edge.agent.agent import config_rev
from edge.settings import GatewaySettings, SourceSettings
from models.detector import Detector
from models.types import Detections, FloatArray, Letterbox, Picture
from tests.edge.agent.conftest import StartAgent, a_camera
from tests.edge.capture.clips import write_clip
from tests.edge.capture.mjpeg import mjpeg_camera
from tests.support.gateway_messages import GATEWAY, SITE
from tests.support.listener import Listener
from tests.support.mosquitto import Mosquitto
from tests.support.ports import free_port
from tests.support.real_models import nanodet
from tests.support.waiting import wait_for


def counts(cloud: Listener, camera: str) -> list[CountMessage]:
    found = [row for row in cloud.rows if isinstance(row, CountMessage) and row.camera == camera]
    return sorted(found, key=lambda message: message.start)


def alerts(cloud: Listener, source: str) -> list[tuple[str, str]]:
    found = [row for row in cloud.rows if isinstance(row, AlertMessage) and row.source == source]
    return [(message.rule, message.state) for message in found]


def camera_state(status: StatusMessage | None) -> str:
    return status.cameras[0].see if status and status.cameras else ""


def rates_of_those_who_see(cloud: Listener) -> list[float]:
    cameras = [camera for status in cloud.statuses[-1:] for camera in status.cameras]
    return [camera.rate_fps for camera in cameras if camera.see == "ok" and camera.rate_fps]


def test_every_frame_of_a_recording_is_counted_and_the_books_close(
    broker: Mosquitto, start_agent: StartAgent, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=75, fps=10)
    camera = a_camera("north", SourceSettings(url=str(clip), pace="fast"))
    with Listener(broker.port, stores=True) as cloud:
        agent = start_agent(broker.port, camera, until_end=True)

        assert agent.wait() == 0

        status = cloud.wait_for_status(online=False)
        windows = counts(cloud, "north")
    assert sum(window.frames for window in windows) == 75
    assert all(before.end == after.start for before, after in itertools.pairwise(windows))
    assert status.books is not None
    assert (status.books.produced, status.books.queued) == (len(cloud.seqs), 0)
    assert cloud.seqs == list(range(1, len(cloud.seqs) + 1))


def test_a_window_that_was_watched_has_a_row_for_every_line_zone_and_class(
    broker: Mosquitto, start_agent: StartAgent, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=20, fps=10)
    camera = a_camera("north", SourceSettings(url=str(clip), pace="fast"))
    with Listener(broker.port, stores=True) as cloud:
        start_agent(broker.port, camera, until_end=True).wait()

        watched = [window for window in counts(cloud, "north") if window.observed]
        assert watched
        for window in watched:
            assert [row.class_ for row in window.crossings] == list(CLASSES)
            assert [row.class_ for row in window.zones] == list(CLASSES)
            assert window.model.startswith("nanodet-m-416@")


def test_two_cameras_are_both_counted(broker: Mosquitto, start_agent: StartAgent, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=40, fps=10)
    cameras = [a_camera(name, SourceSettings(url=str(clip), pace="fast")) for name in ("north", "south")]
    with Listener(broker.port, stores=True) as cloud:
        start_agent(broker.port, *cameras, until_end=True).wait()

        for name in ("north", "south"):
            assert sum(window.frames for window in counts(cloud, name)) == 40


def test_a_camera_played_as_live_is_counted_as_it_plays(
    broker: Mosquitto, start_agent: StartAgent, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=30, fps=10)
    camera = a_camera("north", SourceSettings(url=str(clip), loop=True))
    with Listener(broker.port, stores=True) as cloud:
        agent = start_agent(broker.port, camera)
        wait_for(lambda: [w for w in counts(cloud, "north") if w.observed > 0.5])
        rates_fps = wait_for(lambda: rates_of_those_who_see(cloud))
        assert agent.stop() == 0

        final = cloud.wait_for_status(online=False)
    assert rates_fps[0] < 13.0
    assert final.books is not None
    assert final.books.queued == 0
    assert [row for row in cloud.rows if isinstance(row, HealthMessage)]


def test_a_camera_that_falls_silent_is_reported_and_so_is_its_return(
    broker: Mosquitto, start_agent: StartAgent
) -> None:
    with mjpeg_camera() as street, Listener(broker.port, stores=True) as cloud:
        start_agent(broker.port, a_camera("north", SourceSettings(url=street.url, timeout_s=1.0)))
        wait_for(lambda: camera_state(cloud.statuses[-1] if cloud.statuses else None) == "ok")

        street.fall_silent()
        wait_for(lambda: alerts(cloud, "north") == [("camera_offline", "raised")])
        wait_for(lambda: camera_state(cloud.statuses[-1]) == "offline")
        wait_for(lambda: [w for w in counts(cloud, "north") if w.see == "offline" and not w.crossings])

        street.speak_again()
        wait_for(lambda: alerts(cloud, "north")[-1] == ("camera_offline", "cleared"))
        wait_for(lambda: camera_state(cloud.statuses[-1]) == "ok")


def test_a_camera_that_is_not_there_does_not_stop_the_others(
    broker: Mosquitto, start_agent: StartAgent, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=30, fps=10)
    missing = a_camera("missing", SourceSettings(url=f"rtsp://127.0.0.1:{free_port()}/street"))
    there = a_camera("there", SourceSettings(url=str(clip), loop=True))
    with Listener(broker.port, stores=True) as cloud:
        start_agent(broker.port, missing, there)

        wait_for(lambda: [w for w in counts(cloud, "there") if w.frames])
        wait_for(lambda: alerts(cloud, "missing") == [("camera_offline", "raised")])
        (text,) = [row.text for row in cloud.rows if isinstance(row, AlertMessage)]
    assert "nobody listens at 127.0.0.1" in text


def test_a_broker_that_comes_late_gets_everything_from_the_beginning(
    start_agent: StartAgent, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=30, fps=10)
    broker = Mosquitto(tmp_path)
    agent = start_agent(broker.port, a_camera("north", SourceSettings(url=str(clip), loop=True)))
    wait_for(lambda: agent.agent._outbox.books().queued >= 3)

    with broker, Listener(broker.port, stores=True) as cloud:
        wait_for(lambda: agent.agent._outbox.books().queued == 0)
        assert agent.stop() == 0

        assert cloud.seqs == list(range(1, len(cloud.seqs) + 1))


def test_a_recording_that_cannot_be_read_is_a_failure_of_a_run_until_the_end(
    broker: Mosquitto, start_agent: StartAgent, tmp_path: Path
) -> None:
    camera = a_camera("north", SourceSettings(url=str(tmp_path / "none.mp4"), pace="fast"))

    assert start_agent(broker.port, camera, until_end=True).wait() == 1


class TiredEye:
    """The real detector, but it fails while it is told to."""

    def __init__(self) -> None:
        self.fails = False
        self.card = nanodet().card

    def letterbox(self, width_px: int, height_px: int) -> Letterbox:
        return nanodet().letterbox(width_px, height_px)

    def prepare(self, scaled_bgr: Picture, letterbox: Letterbox) -> FloatArray:
        if self.fails:
            raise RuntimeError("no more today")
        return nanodet().prepare(scaled_bgr, letterbox)

    def infer(self, blob: FloatArray) -> dict[str, FloatArray]:
        return nanodet().infer(blob)

    def read(self, outputs: dict[str, FloatArray], letterbox: Letterbox) -> Detections:
        return nanodet().read(outputs, letterbox)


def test_a_worker_that_dies_is_replaced_and_the_operator_told(
    broker: Mosquitto, start_agent: StartAgent, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=30, fps=10)
    eye = TiredEye()
    with Listener(broker.port, stores=True) as cloud:
        camera = a_camera("north", SourceSettings(url=str(clip), loop=True))
        start_agent(broker.port, camera, detector=cast("Detector", eye))
        wait_for(lambda: camera_state(cloud.statuses[-1] if cloud.statuses else None) == "ok")
        eye.fails = True
        wait_for(lambda: ("worker_restarted", "raised") in alerts(cloud, "gateway"))
        eye.fails = False

        frames = sum(window.frames for window in counts(cloud, "north"))
        wait_for(lambda: sum(window.frames for window in counts(cloud, "north")) > frames)


def test_the_revision_of_a_configuration_changes_with_anything_in_it() -> None:
    settings = GatewaySettings(site=SITE, gateway=GATEWAY)

    assert config_rev(settings) == config_rev(GatewaySettings(site=SITE, gateway=GATEWAY))
    assert config_rev(settings) != config_rev(GatewaySettings(site=SITE, gateway=GATEWAY, window_s=30))
