from pathlib import Path

import av
import pytest

from cityedge.clock import SystemClock
from edge.capture import open_source
from edge.capture.address import read_address
from edge.capture.failures import explain
from edge.capture.live import input_format, open_options
from edge.errors import SourceMissingError
from edge.settings import SourceSettings


def test_a_device_that_is_not_there_says_so() -> None:
    with pytest.raises(SourceMissingError, match="source /dev/video97: there is no such device") as caught:
        open_source(SourceSettings(url="/dev/video97"), clock=SystemClock())
    assert "ls /dev/video*" in caught.value.cure


def test_a_device_that_is_no_camera_says_so() -> None:
    with pytest.raises(SourceMissingError, match="source /dev/null: is not a camera"):
        open_source(SourceSettings(url="/dev/null"), clock=SystemClock())


def test_a_device_that_may_not_be_opened_says_which_group_may() -> None:
    # As root, which tests may run as, no device refuses: so the error is handed in.
    address = read_address(SourceSettings(url="/dev/video0"))
    error = explain(PermissionError(13, "Permission denied"), address, took_s=0.0, timeout_s=10.0)
    assert "permission denied" in error.message
    assert "Add the user to group video" in error.cure


def test_libav_reads_devices_through_its_own_v4l2_input() -> None:
    address = read_address(SourceSettings(url="/dev/video0"))
    name = input_format(address)
    assert name is not None
    assert av.format.ContainerFormat(name, "r").is_input


def test_a_device_is_asked_for_no_more_than_the_wanted_rate() -> None:
    address = read_address(SourceSettings(url="/dev/video0"))
    assert open_options(address, max_fps=15.0) == {"framerate": "15"}
    assert open_options(address, max_fps=None) == {}


def test_a_device_is_live() -> None:
    assert read_address(SourceSettings(url=str(Path("/dev/v4l/by-id/usb-camera")))).live
