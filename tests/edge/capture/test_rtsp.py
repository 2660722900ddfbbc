import threading
import time
from collections.abc import Iterator
from itertools import islice, pairwise
from pathlib import Path

import pytest

from cityedge.clock import SystemClock
from edge.capture import Source, open_source
from edge.errors import SourceEndedError, SourceMissingError
from edge.settings import SourceSettings
from tests.edge.capture.clips import number_of, write_street
from tests.support.ports import free_port
from tests.support.rtsp import RtspCamera, rtsp_camera

PASSWORD = "se cret@/:?"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_street(tmp_path_factory.mktemp("rtsp") / "street.mp4")


@pytest.fixture(scope="module")
def camera(clip: Path) -> Iterator[RtspCamera]:
    with rtsp_camera(clip, port=free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def locked_camera(clip: Path) -> Iterator[RtspCamera]:
    with rtsp_camera(clip, port=free_port(), login=("anna", PASSWORD)) as running:
        yield running


def _open(url: str, *, max_fps: float | None = None, password_file: Path | None = None) -> Source:
    settings = SourceSettings(url=url, timeout_s=3.0, password_file=str(password_file) if password_file else None)
    return open_source(settings, clock=SystemClock(), max_fps=max_fps)


def test_frames_of_a_camera_come_with_its_own_timing(camera: RtspCamera) -> None:
    source = _open(camera.url)
    frames = list(islice(source.frames(), 12))
    source.close()
    assert source.live
    numbers = [number_of(frame) for frame in frames]
    assert numbers == list(range(numbers[0], numbers[0] + 12))
    steps_s = [after.time_s - before.time_s for before, after in pairwise(frames[1:])]
    assert steps_s == pytest.approx([0.1] * 10, abs=0.002)


def test_the_first_frame_is_the_first_whole_picture_and_frames_are_fresh(camera: RtspCamera) -> None:
    began_s = time.monotonic()
    source = _open(camera.url)
    frames = source.frames()
    first = next(frames)
    assert number_of(first) == 0
    assert time.monotonic() - began_s < 2.5
    for frame in frames:
        if frame.time_s > 1.0:
            lag_s = (time.monotonic() - began_s) - number_of(frame) / 10
            assert lag_s < 1.5
            assert abs(time.time() - frame.captured_unix_s) < 0.5
            break
    source.close()


def test_capture_time_never_runs_backwards_and_a_backlog_is_thinned(camera: RtspCamera) -> None:
    source = _open(camera.url, max_fps=5)
    frames = list(islice(source.frames(), 8))
    source.close()
    captured_s = [frame.captured_unix_s for frame in frames]
    assert captured_s == sorted(captured_s)
    assert (len(frames) - 1) / (captured_s[-1] - captured_s[0]) < 6.5
    assert source.counters.left_out >= 7


def test_a_user_and_a_password_from_a_file_open_a_locked_camera(locked_camera: RtspCamera, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD + "\n")
    source = _open(locked_camera.url, password_file=tmp_path / "password")
    assert number_of(next(iter(source.frames()))) == 0
    source.close()
    assert PASSWORD not in source.label
    assert "anna:***@" in source.label


@pytest.mark.parametrize(
    "password", [pytest.param("wr0ng", id="a wrong password"), pytest.param(None, id="no password")]
)
def test_a_locked_camera_refuses(locked_camera: RtspCamera, tmp_path: Path, password: str | None) -> None:
    (tmp_path / "password").write_text(password or "")
    with pytest.raises(SourceMissingError, match="refuses this user and password") as caught:
        _open(locked_camera.url, password_file=tmp_path / "password" if password else None)
    assert "wr0ng" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_a_stream_that_the_camera_does_not_have(camera: RtspCamera) -> None:
    with pytest.raises(SourceMissingError, match="no such stream"):
        _open(camera.url.replace("street", "garden"))


def test_closing_from_another_thread_ends_frames_at_once(camera: RtspCamera) -> None:
    source = _open(camera.url)
    frames = source.frames()
    next(frames)
    threading.Timer(0.3, source.close).start()
    began_s = time.monotonic()
    rest = list(frames)
    assert time.monotonic() - began_s < 1.3
    assert len(rest) < 20


def test_a_camera_that_loses_power_ends_the_source(clip: Path) -> None:
    with rtsp_camera(clip, port=free_port()) as camera:
        source = _open(camera.url)
        frames = source.frames()
        next(frames)
        camera.switch_off()
        with pytest.raises(SourceEndedError, match="Check"):
            list(frames)


def test_waiting_for_a_camera_that_never_answers_can_be_given_up(silent_port: int) -> None:
    stop = threading.Event()
    threading.Timer(0.2, stop.set).start()
    settings = SourceSettings(url=f"rtsp://127.0.0.1:{silent_port}/street", timeout_s=60.0)
    began_s = time.monotonic()
    with pytest.raises(SourceEndedError, match="given up"):
        open_source(settings, clock=SystemClock(), stop=stop)
    assert time.monotonic() - began_s < 1.5
