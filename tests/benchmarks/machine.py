"""What the figures were measured on: without it they mean nothing."""

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Final

_LIBRARIES: Final = ("onnxruntime", "av", "numpy", "paho-mqtt", "duckdb")


def describe() -> str:
    """One line: processor, cores, system, Python and the libraries that do the work."""
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    cores = len(os.sched_getaffinity(0))
    return f"{_processor()}, {cores} cores, {_system()}, Python {platform.python_version()}, {libraries}"


def _processor() -> str:
    # x86 names the processor per core, ARM boards name the board.
    board = Path("/proc/device-tree/model")
    if board.is_file():
        return board.read_text(encoding="utf-8").rstrip("\0")
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()
