import time
from pathlib import Path

import pytest

from cityedge.clock import SystemClock
from edge.capture import open_source
from edge.errors import SourceError, SourceMissingError
from edge.settings import SourceSettings
from tests.edge.capture.mjpeg import mjpeg_camera
from tests.support.ports import free_port


def _refusal(url: str, *, timeout_s: float = 5.0, password_file: Path | None = None) -> SourceError:
    settings = SourceSettings(
        url=url, timeout_s=timeout_s, password_file=str(password_file) if password_file else None
    )
    with pytest.raises(SourceError) as caught:
        open_source(settings, clock=SystemClock())
    assert caught.value.cure, "says what to do"
    return caught.value


def test_a_file_that_is_not_there() -> None:
    error = _refusal("/nowhere/street.mp4")
    assert isinstance(error, SourceMissingError)
    assert "source /nowhere/street.mp4: there is no such file or folder" in error.message


def test_a_file_that_is_no_video(tmp_path: Path) -> None:
    (tmp_path / "letter.mp4").write_text("Dear city, " * 100)
    assert "not a video" in _refusal(str(tmp_path / "letter.mp4")).message


@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_nobody_listens(scheme: str) -> None:
    port = free_port()
    error = _refusal(f"{scheme}://127.0.0.1:{port}/street")
    assert isinstance(error, SourceMissingError)
    assert f"nobody listens at 127.0.0.1:{port} (connection refused)" in error.message


@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_a_name_that_does_not_resolve(scheme: str) -> None:
    error = _refusal(f"{scheme}://camera.invalid/street")
    assert isinstance(error, SourceMissingError)
    assert "the name 'camera.invalid' cannot be resolved" in error.message


@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_somebody_who_never_answers(scheme: str, silent_port: int) -> None:
    began_s = time.monotonic()
    error = _refusal(f"{scheme}://127.0.0.1:{silent_port}/street", timeout_s=1.0)
    assert "no answer from 127.0.0.1" in error.message
    assert time.monotonic() - began_s < 4.0


def test_a_stream_that_the_camera_does_not_have() -> None:
    with mjpeg_camera() as camera:
        error = _refusal(f"http://127.0.0.1:{camera.port}/wrong")
    assert isinstance(error, SourceMissingError)
    assert "no such stream (not found)" in error.message


def test_an_address_that_gives_a_web_page() -> None:
    with mjpeg_camera() as camera:
        assert "not a video stream" in _refusal(f"http://127.0.0.1:{camera.port}/page").message


def test_a_wrong_password_is_said_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("wr@ng/secret\n")
    with mjpeg_camera(login=("anna", "right")) as camera:
        error = _refusal(f"http://anna@127.0.0.1:{camera.port}/stream", password_file=tmp_path / "password")
    assert "refuses this user and password (unauthorised)" in error.message
    whole: BaseException | None = error
    while whole is not None:
        assert "secret" not in repr(whole)
        whole = whole.__cause__ or whole.__context__


def test_a_password_file_that_is_not_there() -> None:
    error = _refusal("rtsp://anna@127.0.0.1/street", password_file=Path("/nowhere/password"))
    assert "password_file /nowhere/password: No such file or directory" in error.message


def test_a_password_file_without_a_user(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("x")
    error = _refusal("rtsp://127.0.0.1/street", password_file=tmp_path / "password")
    assert "password_file needs a user" in error.message


def test_a_password_file_for_a_file(tmp_path: Path) -> None:
    assert "password_file is for" in _refusal("street.mp4", password_file=tmp_path / "password").message


@pytest.mark.parametrize("url", ["ftp://host/a.mp4", "rtmp://host/live"])
def test_a_kind_of_source_that_there_is_not(url: str) -> None:
    assert "is no kind of source" in _refusal(url).message


def test_a_url_that_cannot_be_read_is_not_quoted() -> None:
    error = _refusal("rtsp://anna:sec/ret@camera/street")
    assert "the URL cannot be read" in error.message
    assert "sec" not in str(error)
