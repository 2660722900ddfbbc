import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from cityedge import log
from cityedge.paths import REPOSITORY


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged; afterwards the logging of this process is as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    log.set_up(stream=stream)
    yield stream
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        pytest.param("rtsp://guard:pass@cam/1", "rtsp://guard:***@cam/1", id="a camera's"),
        pytest.param("http://:pass@cam", "http://:***@cam", id="of no user"),
        pytest.param("rtsp://guard:p@ss:w@cam/1", "rtsp://guard:***@cam/1", id="with an at sign in it"),
        pytest.param("see rtsp://a:b@c/ and http://d:e@f/", "see rtsp://a:***@c/ and http://d:***@f/", id="two"),
        pytest.param("rtsp://guard@cam/1", "rtsp://guard@cam/1", id="none"),
        pytest.param("http://cam:8080/a@b", "http://cam:8080/a@b", id="a port is no password"),
        pytest.param("[tcp @ 0x55d] rtsp://a:b@c", "[tcp @ 0x55d] rtsp://a:***@c", id="said by FFmpeg"),
    ],
)
def test_a_password_in_an_address_is_not_logged(lines: io.StringIO, said: str, logged: str) -> None:
    logging.getLogger("x").warning("opening %s", said)

    assert lines.getvalue().endswith(f"WARNING x: opening {logged}\n")


def test_a_password_in_a_traceback_is_not_logged(lines: io.StringIO) -> None:
    try:
        open_camera("rtsp://guard:secret@cam/1")
    except OSError:
        logging.getLogger("x").exception("it failed")

    assert "rtsp://guard:***@cam/1" in lines.getvalue()
    assert "guard:secret" not in lines.getvalue()


def open_camera(url: str) -> None:
    raise OSError(f"cannot open {url}")


def test_details_are_logged_when_asked_for(lines: io.StringIO) -> None:
    logging.getLogger("x").debug("quiet")
    log.set_up(verbose=True, stream=lines)
    logging.getLogger("x").debug("loud")

    assert [line.rpartition(" ")[2] for line in lines.getvalue().splitlines()] == ["loud"]


def test_a_second_set_up_does_not_log_twice(lines: io.StringIO) -> None:
    log.set_up(stream=lines)
    logging.getLogger("x").info("once")

    assert lines.getvalue().count("once") == 1


@pytest.mark.parametrize(
    ("environment", "pattern"),
    [
        pytest.param({}, r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} INFO    x: hello$", id="on a terminal"),
        pytest.param({"JOURNAL_STREAM": "8:1"}, r"^INFO    x: hello$", id="journald stamps by itself"),
    ],
)
def test_a_line_on_standard_error_carries_the_time_unless_the_journal_does(
    environment: dict[str, str], pattern: str
) -> None:
    program = "import logging; from cityedge import log; log.set_up(); logging.getLogger('x').info('hello')"
    inherited = {name: value for name, value in os.environ.items() if name != "JOURNAL_STREAM"}
    said = subprocess.run(
        [sys.executable, "-c", program],
        env={**inherited, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stdout == ""
    assert re.match(pattern, said.stderr.strip())
