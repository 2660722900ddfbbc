"""What the set-up says: one line a step, on standard error; the noise of other tools goes into a log."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from scripts.setup.errors import SetupError

_TAIL_LINES = 15


def say(text: str) -> None:
    """Print one line for the person at the keyboard; standard output stays free for machines."""
    print(f"set-up: {text}", file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and when it is done how long it took.

    Args:
        what: For example ``Python packages``.
    """
    say(f"{what} …")
    started_s = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - started_s:.0f} s")


def run_logged(words: Sequence[str], log: Path, *, env: Mapping[str, str] | None = None) -> None:
    """Run a noisy command; what it prints is appended to a log.

    Args:
        words: The command.
        log: The file; its folder is made where it is missing.
        env: Variables to set beside those of this process.

    Raises:
        SetupError: The command failed; the end of what it printed is in the message.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"$ {' '.join(words)}\n")
        file.flush()
        begin = file.tell()
        code = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            check=False,
        ).returncode
    if code != 0:
        with log.open(encoding="utf-8", errors="replace") as file:
            file.seek(begin)
            tail = "".join(file.readlines()[-_TAIL_LINES:])
        raise SetupError(
            f"'{' '.join(words[:4])} …' failed with exit code {code}:\n{tail}",
            cure=f"All that it printed is in {log}.",
        )
