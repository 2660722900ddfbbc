"""The outbox on this machine's disk: rows a second when it is flooded, bytes written when it is not."""

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cityedge.clock import SystemClock
from cityedge.codec import encode
from edge.outbox.notes import Owner
from edge.outbox.outbox import Outbox
from edge.settings import OutboxSettings
from tests.benchmarks.messages import WINDOWS_A_DAY, counts, numbered

_ROWS: Final = 20_000
_GROUP: Final = 500


@dataclass(frozen=True)
class OutboxFigures:
    """What keeping a camera's windows costs.

    Attributes:
        rows_per_s: Durable rows a second, in groups.
        group_rows: Rows in a group: what a gateway catches up with after a stall.
        commits_per_s: Durable groups of one row a second: what a single window waits for, the other way round.
        disk_bytes_a_day: Written to the disk for one camera's day of windows, each its own commit and each
            accounted for by the cloud before the next.
        uplink_bytes_a_day: Payload of one camera's day.
    """

    rows_per_s: float
    group_rows: int
    commits_per_s: float
    disk_bytes_a_day: int
    uplink_bytes_a_day: int


def measure_outbox(scratch: Path) -> OutboxFigures:
    """Measure on the disk that holds ``scratch``.

    Args:
        scratch: A folder; made where it is missing. A folder in memory would measure nothing.

    Returns:
        The figures.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        flooded_s = _flood(Path(folder))
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        day_s, disk_bytes = _day(Path(folder))
    payloads = numbered(counts("north-gate", WINDOWS_A_DAY), epoch="20260101T000000Z-a1b2c3")
    return OutboxFigures(
        rows_per_s=_ROWS / flooded_s,
        group_rows=_GROUP,
        commits_per_s=WINDOWS_A_DAY / day_s,
        disk_bytes_a_day=disk_bytes,
        uplink_bytes_a_day=sum(len(encode(message)) for message in payloads),
    )


def _open(folder: Path) -> Outbox:
    owner = Owner(site="old-town", gateway="gw-1")
    return Outbox(folder, owner=owner, limits=OutboxSettings(), clock=SystemClock())


def _flood(folder: Path) -> float:
    messages = list(counts("north-gate", _ROWS))
    outbox = _open(folder)
    started_s = time.perf_counter()
    for first in range(0, _ROWS, _GROUP):
        outbox.append(messages[first : first + _GROUP])
    took_s = time.perf_counter() - started_s
    outbox.close()
    return took_s


def _day(folder: Path) -> tuple[float, int]:
    """Seconds and bytes for a day of windows, one commit each."""
    outbox = _open(folder)
    began_bytes = _written_bytes()
    started_s = time.perf_counter()
    for seq, message in enumerate(counts("north-gate", WINDOWS_A_DAY), 1):
        outbox.append([message])
        outbox.accounted(outbox.epoch, seq)
    took_s = time.perf_counter() - started_s
    outbox.close()
    return took_s, _written_bytes() - began_bytes


def _written_bytes() -> int:
    """What this process has caused to be written to disks so far, by the kernel's count."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    (figure,) = (line.split()[1] for line in lines if line.startswith("write_bytes:"))
    return int(figure)
