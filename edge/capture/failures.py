"""Says in a person's words why a source could not be opened or read, and what to do about it."""

from collections.abc import Mapping
from typing import Final, TypeAlias

from edge.capture.address import Address
from edge.capture.libav import Reason, reason_of, words_of
from edge.errors import SourceMissingError

_Fault: TypeAlias = tuple[str, str]
"""What is wrong, and what to do. ``{camera}`` is host and port, ``{host}`` the host, ``{words}`` libav's own."""

_CAMERA: Final[Mapping[Reason, _Fault]] = {
    Reason.NAME: (
        "the name '{host}' cannot be resolved",
        "Check its spelling and the name server, or use the camera's IP address",
    ),
    Reason.SILENT: (
        "no answer from {camera} within {timeout_s:g} s",
        "Check that the camera has power and network, and its address",
    ),
    Reason.REFUSED: (
        "nobody listens at {camera} (connection refused)",
        "Check that the camera is on, its address and port, and that the stream is enabled in it",
    ),
    Reason.UNAUTHORISED: (
        "{camera} refuses this user and password (unauthorised)",
        "Check the user in the url and the password in password_file",
    ),
    Reason.NOT_FOUND: (
        "{camera} has no such stream (not found)",
        "Look up the path of the stream in the camera's manual or on its web page",
    ),
    Reason.NO_VIDEO: ("what {camera} sends is not a video stream", "Check the port and the path of the url"),
    Reason.OTHER: ("cannot be read ({words})", "Check the camera and the network to it"),
}
_DEVICE: Final[Mapping[Reason, _Fault]] = {
    Reason.NOT_FOUND: (
        "there is no such device",
        "Plug the camera in; ls /dev/video* shows the devices that there are",
    ),
    Reason.FORBIDDEN: (
        "this user may not open the device (permission denied)",
        "Add the user to group video: sudo usermod -aG video USER, then log in again or restart the service",
    ),
    Reason.BUSY: ("another programme is using the device", "Stop it; fuser /dev/video* names it"),
    Reason.OTHER: (
        "is not a camera that can be read ({words})",
        "Many cameras make several devices: try the next number, such as /dev/video1",
    ),
}
_FILE: Final[Mapping[Reason, _Fault]] = {
    Reason.NOT_FOUND: (
        "there is no such file or folder",
        "Check the path; one that does not begin with / is taken from the working directory",
    ),
    Reason.FORBIDDEN: ("it may not be read (permission denied)", "Let the gateway's user read it"),
    Reason.NO_VIDEO: ("it is not a video that can be read", "Give a video file, or a folder of pictures"),
    Reason.OTHER: ("it cannot be read ({words})", "Check the file and the disk that it is on"),
}


def explain(error: Exception, address: Address, *, took_s: float, timeout_s: float) -> SourceMissingError:
    """What a failure to open or read means.

    libav's own errors carry the URL, password included, so the result has no cause, and must be raised outside
    of the ``except`` that caught ``error``.

    Args:
        error: From libav or the operating system.
        address: What was opened.
        took_s: How long it took to fail, in seconds.
        timeout_s: How long it was given.

    Returns:
        The error to raise.
    """
    network = address.kind in {"rtsp", "http"}
    # libav blames the data when the time is up in the middle of it.
    reason = Reason.SILENT if network and took_s >= timeout_s else reason_of(error)
    faults = _CAMERA if network else _DEVICE if address.kind == "v4l2" else _FILE
    what, cure = faults.get(reason) or faults[Reason.OTHER]
    facts = {
        "camera": f"{address.host}:{address.port}",
        "host": address.host,
        "timeout_s": timeout_s,
        "words": words_of(error),
    }
    return SourceMissingError(f"source {address.label}: {what.format(**facts)}", cure=cure)


def no_video(address: Address) -> SourceMissingError:
    """Something was opened, but there is no picture in it.

    Args:
        address: What was opened.

    Returns:
        The error to raise.
    """
    return SourceMissingError(
        f"source {address.label}: there is no video in it",
        cure="Give the address of a video stream or file",
    )
