import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cityedge.clock import SystemClock
from edge.capture import CameraReader, Mailbox, ReaderState
from edge.settings import CameraSettings, SourceSettings
from tests.edge.capture.clips import number_of, write_clip, write_street
from tests.edge.capture.mjpeg import mjpeg_camera
from tests.support.ports import free_port
from tests.support.rtsp import RtspCamera
from tests.support.waiting import wait_for


class _Reading:
    """A reader, and everything that it said."""

    def __init__(self, source: SourceSettings) -> None:
        self.box = Mailbox()
        self.states: list[ReaderState] = []
        self.reader = CameraReader(
            CameraSettings(name="cam", source=source, max_fps=30.0),
            self.box,
            clock=SystemClock(),
            on_state=self.states.append,
            rng=random.Random(1),
        )
        self.reader.start()

    def phases(self) -> list[str]:
        return [state.phase for state in self.states]

    def wait_until(self, phase: str, *, times: int = 1) -> None:
        wait_for(lambda: self.phases().count(phase) >= times, what=f"{times} x {phase}: {self.states}")


@pytest.fixture
def readings() -> Iterator[list[_Reading]]:
    started: list[_Reading] = []
    yield started
    for reading in started:
        reading.reader.stop()
        assert not reading.reader.alive


def test_a_recording_is_read_to_its_end_and_the_box_closed(tmp_path: Path, readings: list[_Reading]) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=12)
    reading = _Reading(SourceSettings(url=str(clip), pace="fast"))
    readings.append(reading)
    wait_for(lambda: reading.box.closed)
    last = reading.box.take()
    assert last is not None
    assert number_of(last) == 11
    assert reading.box.dropped == 11
    assert reading.reader.counters.decoded == 12
    assert reading.phases() == ["connecting", "running", "ended"]
    assert reading.states[-1].error == ""


def test_a_recording_that_is_not_there_ends_with_the_reason(readings: list[_Reading]) -> None:
    reading = _Reading(SourceSettings(url="/nowhere/clip.mp4"))
    readings.append(reading)
    wait_for(lambda: reading.box.closed)
    assert reading.phases() == ["connecting", "ended"]
    assert "there is no such file or folder" in reading.states[-1].error


def test_a_camera_that_is_not_there_is_waited_for_and_found(tmp_path: Path, readings: list[_Reading]) -> None:
    camera = RtspCamera(write_street(tmp_path / "street.mp4", seconds=20), free_port())
    reading = _Reading(SourceSettings(url=camera.url, timeout_s=3.0))
    readings.append(reading)
    reading.wait_until("waiting")
    assert "connection refused" in reading.states[-1].error
    assert reading.states[-1].since.tzinfo is not None
    try:
        camera.switch_on()
        reading.wait_until("running")
        assert reading.box.take(timeout_s=5.0) is not None
        camera.switch_off()
        reading.wait_until("waiting", times=reading.phases().count("waiting") + 1)
        camera.switch_on()
        reading.wait_until("running", times=2)
        assert reading.box.take(timeout_s=5.0) is not None
        assert reading.reader.openings == 2
    finally:
        camera.switch_off()


def test_a_camera_that_falls_silent_is_opened_again(readings: list[_Reading]) -> None:
    with mjpeg_camera() as camera:
        reading = _Reading(SourceSettings(url=camera.url, timeout_s=1.0))
        readings.append(reading)
        reading.wait_until("running")
        before = reading.reader.counters.decoded
        camera.fall_silent()
        reading.wait_until("waiting")
        assert "silent for 1 s" in reading.states[-1].error or "no answer" in reading.states[-1].error
        camera.speak_again()
        reading.wait_until("running", times=2)
        assert reading.reader.counters.decoded > before


def test_stopping_does_not_wait_for_a_camera_that_never_answers(
    silent_port: int, readings: list[_Reading]
) -> None:
    reading = _Reading(SourceSettings(url=f"rtsp://127.0.0.1:{silent_port}/street", timeout_s=60.0))
    readings.append(reading)
    reading.wait_until("connecting")
    reading.reader.stop(timeout_s=2.0)
    assert not reading.reader.alive
    assert reading.phases() == ["connecting", "ended"]
    assert reading.box.closed


def test_stopping_does_not_wait_for_the_next_attempt(readings: list[_Reading]) -> None:
    reading = _Reading(SourceSettings(url=f"http://127.0.0.1:{free_port()}/stream"))
    readings.append(reading)
    reading.wait_until("waiting", times=3)
    stopping = threading.Thread(target=reading.reader.stop)
    stopping.start()
    stopping.join(2.0)
    assert not reading.reader.alive
