"""Debian packages: which are missing, and getting them without a question and without starting a service."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from scripts.setup.console import run_logged, say, step
from scripts.setup.errors import SetupError

FOR_TESTS: Final[Mapping[str, str | None]] = {
    "mosquitto": "mosquitto",
    "influxdb": "influxd",
    "chromium": "chromium",
    "ffmpeg": "ffmpeg",
    "openssl": "openssl",
    # An RTSP server is started through GStreamer's bindings for the system's own Python.
    "python3-gi": None,
    "gir1.2-gst-rtsp-server-1.0": None,
    "gstreamer1.0-plugins-base": None,
    "gstreamer1.0-plugins-good": None,
    "gstreamer1.0-plugins-bad": None,
    "gstreamer1.0-plugins-ugly": None,
}
"""What the tests start, by package, with the program that serves as well where another system brings it."""

FOR_BENCH: Final[Mapping[str, str | None]] = {
    "mosquitto": "mosquitto",
    # OpenCV with its windows, which the peers' packages pull, loads these at import.
    "libgl1": None,
    "libglib2.0-0": None,
}
"""What the benchmarks need."""

_SERVICES: Final = ("mosquitto", "influxdb")
_SBIN: Final = "/usr/local/sbin:/usr/sbin:/sbin"
_QUIET: Final = {
    "DEBIAN_FRONTEND": "noninteractive",
    # Without systemd, packages start their services by run level: in level 1 they start none.
    "RUNLEVEL": "1",
}


def ensure(needed: Mapping[str, str | None]) -> None:
    """Have packages on this machine, installing what is missing.

    Args:
        needed: Package names, each with a program that stands for it, or None.

    Raises:
        SetupError: Something is missing and cannot be installed from here; the command to run is in the cure.
    """
    lacking = missing(needed, installed=_installed(needed), programs=_programs(needed.values()))
    if lacking:
        install(lacking)


def missing(
    needed: Mapping[str, str | None], *, installed: frozenset[str], programs: frozenset[str]
) -> tuple[str, ...]:
    """Which packages are still needed.

    Args:
        needed: Package names, each with a program that stands for it, or None.
        installed: Packages that are installed.
        programs: Programs that are on the PATH.

    Returns:
        Names, in the order of ``needed``.
    """
    return tuple(name for name, program in needed.items() if name not in installed and program not in programs)


def install(packages: Sequence[str]) -> None:
    """Install Debian packages.

    Args:
        packages: Their names.

    Raises:
        SetupError: This is not Debian, nobody here may install, or apt-get failed.
    """
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetupError(
            f"missing on this machine: {names} (Debian's names)",
            cure="Install them by your system's own means.",
        )
    root = _as_root()
    if root is None:
        raise SetupError(
            f"missing on this machine: {names}",
            cure=f"Run this, then try again: sudo apt-get install --no-install-recommends {names}",
        )
    log = Path(tempfile.gettempdir()) / f"cityedge-apt-{os.getuid()}.log"
    with step(f"Debian packages {names} (log: {log})"), _Unstarted(root, packages):
        command = [*root, "apt-get", "install", "--yes", "--no-install-recommends", *packages]
        try:
            run_logged(command, log)
        except SetupError:
            # A machine fresh from its image has no package lists, an old one has stale ones.
            run_logged([*root, "apt-get", "update"], log)
            run_logged(command, log)


class _Unstarted:
    """Keeps services that are installed for tests alone from running: the tests start their own.

    Where systemd runs, Debian starts and enables what it installs. A service that was there before is
    somebody's own and is left alone.
    """

    def __init__(self, root: Sequence[str], packages: Sequence[str]) -> None:
        systemd = Path("/run/systemd/system").is_dir()
        self._systemctl = [*root, "systemctl", "--quiet"]
        self._services = [name for name in packages if name in _SERVICES] if systemd else []

    def __enter__(self) -> None:
        self._call("mask", "--runtime")

    def __exit__(self, *_: object) -> None:
        self._call("unmask", "--runtime")
        self._call("disable")
        if self._services:
            say(f"{' and '.join(self._services)}: installed for the tests, neither started nor enabled")

    def _call(self, *words: str) -> None:
        if self._services:
            # A failure costs no more than a service that runs: not worth stopping the set-up for.
            subprocess.run([*self._systemctl, *words, *self._services], capture_output=True, check=False)


def _installed(names: Iterable[str]) -> frozenset[str]:
    if shutil.which("dpkg-query") is None:
        return frozenset()
    query = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names]
    lines = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return frozenset(line.split()[0] for line in lines if line.endswith(" installed"))


def _programs(names: Iterable[str | None]) -> frozenset[str]:
    path = f"{os.environ.get('PATH', '')}:{_SBIN}"
    return frozenset(name for name in names if name and shutil.which(name, path=path))


def _as_root() -> tuple[str, ...] | None:
    """The words to put before a command so that it runs as root; None where nobody here may."""
    variables = [f"{name}={value}" for name, value in _QUIET.items()]
    if os.getuid() == 0:
        return ("env", *variables)
    probe = ["sudo", "-n", "true"]
    if shutil.which("sudo") and subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        return ("sudo", "-n", "env", *variables)
    return None
