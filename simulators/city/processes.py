"""The demo's processes: ``cityedge`` itself, each with a log, stopped in order and gently."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cityedge.errors import CityEdgeError

_READY_S: Final = 60.0
_STOP_S: Final = 40.0
_POLL_S: Final = 0.2
_LOG_LINES: Final = 15


class DemoError(CityEdgeError):
    """A part of the demo did not come up, or went away."""


class Process:
    """One running ``cityedge`` command.

    Args:
        name: What to call it.
        words: Its verb and arguments.
        log: Where its output goes.
    """

    def __init__(self, name: str, words: Sequence[str], log: Path) -> None:
        self.name = name
        self._log = log
        with log.open("ab") as output:
            # A session of its own: Ctrl-C in the terminal is for the demo, which then stops its parts in order.
            self._popen = subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "cityedge", *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """Do nothing while it runs.

        Raises:
            DemoError: It has ended; the message ends with the last lines of its log.
        """
        code = self._popen.poll()
        if code is not None:
            lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:]
            raise DemoError(f"the demo's {self.name} ended with code {code}; it last said:\n" + "\n".join(lines))

    def stop(self) -> int:
        """Ask it to stop, wait for it, and kill it where it does not.

        Returns:
            Its exit code; negative where it had to be killed.
        """
        if self._popen.poll() is None:
            self._popen.terminate()
        try:
            return self._popen.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            return self._popen.wait()


def wait_for(ready: Callable[[], bool], process: Process) -> None:
    """Wait until a process can be used.

    Args:
        ready: Whether it can.
        process: The process.

    Raises:
        DemoError: It ended, or took too long.
    """
    deadline_s = time.monotonic() + _READY_S
    while not ready():
        process.check()
        if time.monotonic() > deadline_s:
            raise DemoError(f"the demo's {process.name} was not ready within {_READY_S:.0f} s")
        time.sleep(_POLL_S)


def answers(url: str) -> bool:
    """Whether a web server answers at all."""
    try:
        with urllib.request.urlopen(url, timeout=5):  # noqa: S310 - our own http address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def free_port() -> int:
    """A port on this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Whether a port on this machine can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
