"""A real RTSP camera for tests: GStreamer's server in a process of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_SERVER = Path(__file__).with_name("rtsp_server.py")
_PYTHON = "/usr/bin/python3"
"""GStreamer's bindings come with the system's Python, not with a virtual environment's."""


@dataclass
class RtspCamera:
    """A camera at ``rtsp://127.0.0.1:port/street`` that can be switched off and on.

    Attributes:
        clip: What it shows; see ``tests.edge.capture.clips``.
        port: Where it listens.
        login: User and password that it asks for; ``None``: it asks for none.
    """

    clip: Path
    port: int
    login: tuple[str, str] | None = None
    _process: "subprocess.Popen[str] | None" = field(default=None, init=False)

    @property
    def url(self) -> str:
        """The stream's address; the user is in it, the password is not."""
        user = f"{self.login[0]}@" if self.login else ""
        return f"rtsp://{user}127.0.0.1:{self.port}/street"

    def switch_on(self) -> None:
        """Start it, and return when it listens."""
        command = [_PYTHON, str(_SERVER), str(self.clip), str(self.port), *(self.login or ())]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        if self._process.stdout.readline() != "ready\n":
            self.switch_off()
            raise RuntimeError("the RTSP server did not start: is gir1.2-gst-rtsp-server-1.0 installed?")

    def switch_off(self) -> None:
        """Pull the plug."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


@contextmanager
def rtsp_camera(clip: Path, *, port: int, login: tuple[str, str] | None = None) -> Iterator[RtspCamera]:
    """A camera that is switched on, and off at the end."""
    camera = RtspCamera(clip, port, login)
    camera.switch_on()
    try:
        yield camera
    finally:
        camera.switch_off()
