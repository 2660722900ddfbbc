"""Measures CityEdge on this machine: ``make bench``, or ``python -m tests.benchmarks --peers PYTHON``."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from cityedge.errors import CityEdgeError
from models import registry
from simulators import footage
from tests.benchmarks.collector import measure_collector
from tests.benchmarks.counting import compare
from tests.benchmarks.machine import describe
from tests.benchmarks.outbox import measure_outbox
from tests.benchmarks.process import FailedRunError
from tests.benchmarks.report import carrying_table, counting_table, stage_table
from tests.support.modules import REPOSITORY

_PREFACE = """\
# Benchmarks

Written by `make bench WRITE=1` on {day}, on this machine: {machine}.

`make bench` repeats it on any machine; figures of other machines are theirs.

The clip is `vtest.avi` of OpenCV's documentation (PETS 2009, S2.L1, view 1): 795 pictures of 768×576, seven a
second. The plain loop is what one would write today: OpenCV's capture, the whole of every picture through the same
model file with ONNX Runtime on both cores, ByteTrack of `trackers` 2.6.1, the line zone of `supervision` 0.31
(`tests/benchmarks/plain_loop.py`). All ways run in turn, {times} times each.
"""


def main(words: Sequence[str]) -> int:
    """Run all benchmarks.

    Args:
        words: Of the command line.

    Returns:
        0 measured, 1 something that was to be measured failed.
    """
    parser = argparse.ArgumentParser("tests.benchmarks", description="Measures CityEdge on this machine.")
    parser.add_argument("--peers", type=Path, required=True, help="interpreter of the peers' environment")
    parser.add_argument("--times", type=int, default=5, help="how often each way of counting runs")
    parser.add_argument("--write", type=Path, help="a Markdown file to write the report to")
    args = parser.parse_args(words)
    try:
        report = _report(args.peers, args.times)
    except (CityEdgeError, FailedRunError) as error:
        _progress(str(error))
        return 1
    print(report)
    if args.write:
        args.write.write_text(report, encoding="utf-8")
        _progress(f"written to {args.write}")
    return 0


def _report(peers: Path, times: int) -> str:
    scratch = REPOSITORY / "build" / "bench"
    clip, model = footage.fetch(_progress), registry.find(registry.DEFAULT).onnx
    _progress("outbox")
    outbox = measure_outbox(scratch)
    _progress("collector")
    collector = measure_collector(scratch)
    counters = compare(clip, model, peers, times=times, progress=_progress)
    preface = _PREFACE.format(day=f"{datetime.now(UTC):%Y-%m-%d}", machine=describe(), times=times)
    sections = [
        preface,
        "## Counting\n\n" + counting_table(counters),
        "## Where the time goes\n\n" + stage_table(counters[0], clock="processor"),
        stage_table(counters[1], clock="wall"),
        "## Keeping and carrying\n\n" + carrying_table(outbox, collector),
    ]
    return "\n\n".join(sections) + "\n"


def _progress(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
