import subprocess
import sys
import threading
import time
from itertools import islice
from pathlib import Path

import pytest

from cityedge.clock import SystemClock
from edge.capture import Source, open_source
from edge.errors import SourceEndedError
from edge.settings import SourceSettings
from tests.edge.capture.clips import number_of
from tests.edge.capture.mjpeg import mjpeg_camera
from tests.support.waiting import wait_for


def _open(url: str, *, timeout_s: float = 3.0, max_fps: float | None = None) -> Source:
    return open_source(SourceSettings(url=url, timeout_s=timeout_s), clock=SystemClock(), max_fps=max_fps)


def test_frames_are_timed_by_their_arrival() -> None:
    with mjpeg_camera() as camera:
        source = _open(camera.url)
        frames = list(islice(source.frames(), 12))
        source.close()
    assert [number_of(frame) for frame in frames] == list(range(12))
    # 20 a second is what the camera sends, 25 what libav makes up.
    assert frames[11].time_s - frames[3].time_s == pytest.approx(8 * 0.05, rel=0.25)
    assert abs(time.time() - frames[-1].captured_unix_s) < 2.0


def test_frames_over_the_rate_are_left_out() -> None:
    with mjpeg_camera() as camera:
        source = _open(camera.url, max_fps=5)
        frames = list(islice(source.frames(), 4))
        source.close()
    assert frames[-1].time_s - frames[0].time_s == pytest.approx(0.6, abs=0.15)
    assert source.counters.left_out >= 8


def test_damaged_pictures_are_counted_and_the_others_come() -> None:
    with mjpeg_camera() as camera:
        camera.damage(range(6, 9))
        source = _open(camera.url)
        frames = list(islice(source.frames(), 10))
        source.close()
    assert [number_of(frame) for frame in frames] == [0, 1, 2, 3, 4, 5, 9, 10, 11, 12]
    assert source.counters.bad == 3


def test_a_user_and_a_password_open_a_locked_camera(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss word/\n")
    with mjpeg_camera(login=("anna", "p@ss word/")) as camera:
        settings = SourceSettings(
            url=camera.url.replace("//", "//anna@"), password_file=str(tmp_path / "password")
        )
        source = open_source(settings, clock=SystemClock())
        assert number_of(next(iter(source.frames()))) == 0
        source.close()


def test_a_camera_that_falls_silent_ends_the_source_after_its_time() -> None:
    with mjpeg_camera() as camera:
        source = _open(camera.url, timeout_s=1.0)
        frames = source.frames()
        next(frames)
        camera.fall_silent()
        began_s = time.monotonic()
        with pytest.raises(SourceEndedError, match=r"silent for 1 s|no answer"):
            list(frames)
    assert time.monotonic() - began_s < 3.0


def test_a_camera_that_sends_nothing_but_damaged_pictures_ends_the_source() -> None:
    with mjpeg_camera() as camera:
        camera.damage(range(3, 600))
        source = _open(camera.url, timeout_s=1.0)
        with pytest.raises(SourceEndedError, match="no whole picture for 1 s"):
            list(source.frames())


def test_a_camera_that_hangs_up_ends_the_source() -> None:
    with mjpeg_camera() as camera:
        source = _open(camera.url)
        frames = source.frames()
        next(frames)
        camera.hang_up()
        with pytest.raises(SourceEndedError):
            list(frames)


def test_when_decoding_falls_behind_it_goes_on_with_fresh_pictures() -> None:
    with mjpeg_camera() as camera:
        source = _open(camera.url)
        frames = source.frames()
        next(frames)
        # Whoever takes the frames is busy for a while.
        wait_for(lambda: source.counters.left_out >= 15)
        fresh = list(islice(frames, 10))[-1]
        source.close()
    assert number_of(fresh) >= 20
    assert abs(time.time() - fresh.captured_unix_s) < 1.5


def test_closing_ends_frames_while_the_camera_is_silent() -> None:
    with mjpeg_camera() as camera:
        source = _open(camera.url, timeout_s=60.0)
        frames = source.frames()
        next(frames)
        camera.fall_silent()
        threading.Timer(0.3, source.close).start()
        began_s = time.monotonic()
        list(frames)
        assert time.monotonic() - began_s < 1.3


def test_a_process_can_end_while_a_camera_is_silent() -> None:
    program = (
        "import sys\n"
        "from cityedge.clock import SystemClock\n"
        "from edge.capture import open_source\n"
        "from edge.settings import SourceSettings\n"
        "source = open_source(SourceSettings(url=sys.argv[1], timeout_s=60.0), clock=SystemClock())\n"
        "next(iter(source.frames()))\n"
        "sys.stdin.readline()\n"
        "source.close()\n"
    )
    with mjpeg_camera() as camera:
        camera.fall_silent(after=10)
        process = subprocess.Popen([sys.executable, "-c", program, camera.url], stdin=subprocess.PIPE)
        process.communicate(b"\n", timeout=20.0)
    assert process.returncode == 0
