"""Says in a person's words why a source could not be opened or read, and what to do about it."""

import errno
import socket
from dataclasses import dataclass

import av.error

from edge.capture.address import Address
from edge.errors import SourceMissingError

_SILENT = (av.error.ExitError, av.error.TimeoutError)
"""libav's words for: the time was up."""


@dataclass(frozen=True)
class _Fault:
    what: str
    cure: str


def explain(error: Exception, address: Address, *, took_s: float, timeout_s: float) -> SourceMissingError:
    """What a failure to open or read means.

    libav's own errors carry the URL, password included, so the result has no cause and must be raised outside
    of the ``except`` that caught ``error``.

    Args:
        error: From libav or the operating system.
        address: What was opened.
        took_s: How long it took to fail, in seconds.
        timeout_s: How long it was given.

    Returns:
        The error to raise.
    """
    if address.kind in {"rtsp", "http"}:
        fault = _network_fault(error, address, silent_s=timeout_s if took_s >= timeout_s else None)
    elif address.kind == "v4l2":
        fault = _device_fault(error)
    else:
        fault = _file_fault(error)
    return SourceMissingError(f"source {address.label}: {fault.what}", cure=fault.cure)


def no_video(address: Address) -> SourceMissingError:
    """Something was opened, but there is no picture in it.

    Args:
        address: What was opened.
    """
    return SourceMissingError(
        f"source {address.label}: there is no video in it",
        cure="Give the address of a video stream or file",
    )


def _network_fault(error: Exception, address: Address, *, silent_s: float | None) -> _Fault:
    camera = f"{address.host}:{address.port}"
    if isinstance(error, socket.gaierror):
        return _Fault(
            f"the name '{address.host}' cannot be resolved",
            "Check its spelling and the name server, or use the camera's IP address",
        )
    if isinstance(error, _SILENT) or silent_s is not None:
        waited = f" within {silent_s:g} s" if silent_s is not None else ""
        return _Fault(
            f"no answer from {camera}{waited}", "Check that the camera has power and network, and its address"
        )
    return _answered_fault(error, camera)


def _answered_fault(error: Exception, camera: str) -> _Fault:
    if isinstance(error, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
        return _Fault(
            f"{camera} refuses this user and password (unauthorised)",
            "Check the user in the url and the password in password_file",
        )
    if isinstance(error, av.error.HTTPNotFoundError):
        return _Fault(
            f"{camera} has no such stream (not found)",
            "Look up the path of the stream in the camera's manual or on its web page",
        )
    if isinstance(error, ConnectionRefusedError):
        return _Fault(
            f"nobody listens at {camera} (connection refused)",
            "Check that the camera is on, its address and port, and that the stream is enabled in it",
        )
    if isinstance(error, av.error.InvalidDataError) or _errno(error) == errno.EIO:
        return _Fault(f"what {camera} sends is not a video stream", "Check the port and the path of the url")
    return _Fault(f"cannot be read ({_words(error)})", "Check the camera and the network to it")


def _device_fault(error: Exception) -> _Fault:
    if isinstance(error, PermissionError):
        return _Fault(
            "this user may not open the device (permission denied)",
            "Add the user to group video: sudo usermod -aG video USER, then log in again or restart the service",
        )
    if isinstance(error, FileNotFoundError) or _errno(error) in {errno.ENODEV, errno.ENXIO}:
        return _Fault(
            "there is no such device", "Plug the camera in; ls /dev/video* shows the devices that there are"
        )
    if _errno(error) == errno.EBUSY:
        return _Fault("another programme is using the device", "Stop the programme: fuser /dev/video* names it")
    return _Fault(
        f"is not a camera that can be read ({_words(error)})",
        "Many cameras make several devices: try the next number, such as /dev/video1",
    )


def _file_fault(error: Exception) -> _Fault:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return _Fault("there is no such file or folder", "Check the path; it is taken from the working directory")
    if isinstance(error, PermissionError):
        return _Fault("it may not be read (permission denied)", "Let the gateway's user read it")
    if isinstance(error, av.error.InvalidDataError):
        return _Fault("it is not a video that can be read", "Give a video file, or a folder of pictures")
    return _Fault(f"it cannot be read ({_words(error)})", "Check the file and the disk that it is on")


def _errno(error: Exception) -> int | None:
    return error.errno if isinstance(error, OSError | av.error.FFmpegError) else None


def _words(error: Exception) -> str:
    # Not str(error): libav puts the URL there.
    said = error.strerror if isinstance(error, OSError | av.error.FFmpegError) else None
    return said or type(error).__name__
