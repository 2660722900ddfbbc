"""Steps of the set-up, called by the Makefile: ``python3 -m scripts.setup STEP…``.

Standard library only: it runs before anything is installed.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from scripts.setup import debian
from scripts.setup.console import say
from scripts.setup.environment import Environment, build
from scripts.setup.errors import SetupError

_ROOT: Final = Path(__file__).resolve().parents[2]
_MAIN: Final = Environment(_ROOT / ".venv", _ROOT / "requirements" / "lock.txt", project=_ROOT)
_PEERS: Final = Environment(_ROOT / ".venv-peers", _ROOT / "requirements" / "peers.txt")
_SCORING: Final = Environment(_ROOT / ".venv-scoring", _ROOT / "requirements" / "scoring.txt", listed=True)


def _environment() -> None:
    build(_MAIN)


def _peers() -> None:
    build(_PEERS)


def _scoring() -> None:
    build(_SCORING)


def _model() -> None:
    if _cityedge("models", "pull") != 0:
        raise SetupError("the default model could not be had; nothing can be counted without it")


def _footage() -> None:
    if _cityedge("sim", "footage") != 0:
        say("no real footage on this machine: the demo and the tests that need it say so; all else works")


def _system() -> None:
    debian.ensure(debian.FOR_TESTS)


def _bench_system() -> None:
    debian.ensure(debian.FOR_BENCH)


def _cityedge(*words: str) -> int:
    # What the verb prints is for people: standard output belongs to what is being made.
    command = [str(_MAIN.python), "-m", "cityedge", *words]
    return subprocess.run(command, cwd=_ROOT, stdout=sys.stderr, check=False).returncode


_STEPS: Final[Mapping[str, Callable[[], None]]] = {
    "environment": _environment,
    "peers": _peers,
    "scoring": _scoring,
    "model": _model,
    "footage": _footage,
    "system": _system,
    "bench-system": _bench_system,
}


def main(words: Sequence[str]) -> int:
    """Do the steps that are named, in that order.

    Args:
        words: Names of steps.

    Returns:
        0 done, 1 a step failed, 2 there is no such step.
    """
    unknown = [word for word in words if word not in _STEPS]
    if unknown or not words:
        say(f"steps are: {', '.join(_STEPS)}" + (f"; there is no '{unknown[0]}'" if unknown else ""))
        return 2
    try:
        for word in words:
            _STEPS[word]()
    except SetupError as error:
        say(error.message)
        if error.cure:
            print(f"  → {error.cure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
