"""How the machine is: what it says of itself under ``/proc`` and ``/sys``; None where it does not say."""

import ctypes
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_TIME_ERROR: Final = 5
_STA_UNSYNC: Final = 0x0040
_STA_NANO: Final = 0x2000


@dataclass(frozen=True)
class Machine:
    """How the machine is at this moment.

    Attributes:
        disk_free_bytes: Where the outbox lies.
        memory_bytes: What this process occupies (resident set).
        temp_c: The hottest thermal zone; None where there is none.
        clock_offset_s: What the kernel still corrects its clock by; None where nothing synchronises it.
    """

    disk_free_bytes: int
    memory_bytes: int
    temp_c: float | None
    clock_offset_s: float | None


def read_machine(state_dir: Path, *, proc: Path = Path("/proc"), sys: Path = Path("/sys")) -> Machine:
    """Ask the machine.

    Args:
        state_dir: A folder on the disk in question.
        proc: Where the kernel shows processes.
        sys: Where the kernel shows devices.

    Returns:
        What it says.
    """
    return Machine(
        disk_free_bytes=_disk_free_bytes(state_dir),
        memory_bytes=_memory_bytes(proc),
        temp_c=_temp_c(sys),
        clock_offset_s=_clock_offset_s(),
    )


def _disk_free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0  # a disk that does not even answer has no room for us


def _memory_bytes(proc: Path) -> int:
    try:
        resident_pages = int((proc / "self" / "statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return resident_pages * os.sysconf("SC_PAGE_SIZE")


def _temp_c(sys: Path) -> float | None:
    found = []
    for zone in sys.glob("class/thermal/thermal_zone*/temp"):
        try:
            found.append(int(zone.read_text(encoding="ascii")) / 1000.0)
        except (OSError, ValueError):
            continue  # zones that are switched off answer with an error
    return max(found, default=None)


class _Timex(ctypes.Structure):
    """The head of the kernel's ``struct timex`` (adjtimex(2)), and room for its tail."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("freq", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("tail", ctypes.c_byte * 256),
    )


def _clock_offset_s() -> float | None:
    try:
        adjtimex = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return None
    timex = _Timex()
    state = int(adjtimex(ctypes.byref(timex)))
    if state < 0 or state == _TIME_ERROR or timex.status & _STA_UNSYNC:
        return None
    return float(timex.offset) / (1e9 if timex.status & _STA_NANO else 1e6)
