"""What the outbox has said it took is there after a kill -9 in the middle of its work."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from cityedge.clock import SystemClock
from cityedge.paths import REPOSITORY
from edge.outbox.notes import Owner
from edge.outbox.outbox import Outbox
from edge.settings import OutboxSettings
from tests.support.gateway_messages import GATEWAY, SITE

_WRITER = """
import sys
from pathlib import Path
from cityedge.clock import SystemClock
from edge.outbox.notes import Owner
from edge.outbox.outbox import Outbox
from edge.settings import OutboxSettings
from tests.support.gateway_messages import GATEWAY, SITE, a_count

outbox = Outbox(Path(sys.argv[1]), owner=Owner(SITE, GATEWAY), limits=OutboxSettings(), clock=SystemClock())
group = [a_count(minute) for minute in range(int(sys.argv[2]))]
while True:
    numbered = outbox.append(group)
    print(numbered[-1].seq, flush=True)
    if numbered[-1].seq % 3 == 0:
        outbox.accounted(outbox.epoch, numbered[-1].seq // 2)
"""


@pytest.mark.parametrize("group", [pytest.param(1, id="one by one"), pytest.param(250, id="in groups")])
def test_after_a_kill_every_acknowledged_row_is_there_and_no_number_is_missing(tmp_path: Path, group: int) -> None:
    acknowledged, previous_epoch = 0, None
    for life in range(3):
        said = kill_in_the_middle(tmp_path, group=group, after_s=0.05 * (life + 1))
        acknowledged = max(acknowledged, said)

        outbox = Outbox(tmp_path, owner=Owner(SITE, GATEWAY), limits=OutboxSettings(), clock=SystemClock())
        books = outbox.books()
        seqs = [row.seq for row in outbox.pending(after=0, limit=10**6)]
        outbox.close()

        assert books.produced >= acknowledged
        assert books.produced % group == 0, "a group is there as a whole or not at all"
        assert seqs == list(range(books.held_from, books.produced + 1))
        assert previous_epoch in {None, books.epoch}
        previous_epoch = books.epoch


def kill_in_the_middle(folder: Path, *, group: int, after_s: float) -> int:
    """Let a process write, kill it while it does. Returns the last seq that it said was taken."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(folder), str(group)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    ) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(after_s)  # anywhere in the middle of a write is the point
        writer.kill()
        said = [first, *writer.stdout]
    whole = [int(line) for line in said if line.endswith("\n")]
    return whole[-1]
