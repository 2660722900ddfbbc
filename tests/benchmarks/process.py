"""Runs a program as a black box and measures it: wall and processor time, memory, what it printed."""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Run:
    """What a finished program cost, its children included.

    Attributes:
        wall_s: From start to end, imports and all.
        cpu_s: Processor time, user and system, of all threads.
        peak_bytes: Most resident memory.
        answer: The JSON object on the last line of its standard output.
    """

    wall_s: float
    cpu_s: float
    peak_bytes: int
    answer: Mapping[str, Any]


class FailedRunError(Exception):
    """A program that was to be measured failed; the message has the end of what it said."""


def measure(words: Sequence[str]) -> Run:
    """Run a program to its end.

    Args:
        words: The command.

    Returns:
        What it cost and what it said.

    Raises:
        FailedRunError: It did not end well, or its last line is no JSON object.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as errors:
        started_s = time.perf_counter()
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - started_s
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode != 0:
            raise FailedRunError(f"{' '.join(words)}: exit code {process.returncode}\n{errors.read()[-2000:]}")
        lines = out.read().splitlines()
    # Linux reports the peak in KiB.
    peak_bytes = usage.ru_maxrss * 1024
    return Run(wall_s, usage.ru_utime + usage.ru_stime, peak_bytes, json.loads(lines[-1] if lines else ""))
