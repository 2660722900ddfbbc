"""The Python that has the tracking metrics: an environment of its own, beside the one that counts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cityedge.paths import REPOSITORY
from models.errors import ScoringError

LIBRARY: Final = "trackeval"
VARIABLE: Final = "CITYEDGE_SCORING_PYTHON"
BESIDE: Final = Path(".venv-scoring") / "bin" / "python"


def find(python: Path | None = None) -> Path:
    """Find the interpreter that has the library.

    Args:
        python: The one that somebody named; the environment variable, the checkout's own environment and the
            running interpreter are tried in this order where None.

    Returns:
        Its path.

    Raises:
        ScoringError: None has it; says which were tried and what to do.
    """
    tried = []
    for candidate in _candidates(python):
        if _has_library(candidate):
            return candidate
        tried.append(str(candidate))
    raise ScoringError(
        f"the Python package '{LIBRARY}', which scores tracks, is in none of: {', '.join(tried)}",
        cure="In a checkout: make scoring. Elsewhere: put it into an environment of its own "
        f"(python3 -m venv scoring && scoring/bin/pip install {LIBRARY}), and name its bin/python with --python "
        f"or in {VARIABLE}.",
    )


def _candidates(python: Path | None) -> Iterator[Path]:
    named = python or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if named is not None:
        yield named  # who names one wants that one, or to hear what is wrong with it
        return
    if (REPOSITORY / BESIDE).exists():
        yield REPOSITORY / BESIDE
    yield Path(sys.executable)


def _has_library(python: Path) -> bool:
    words = [
        str(python),
        "-I",
        "-c",
        f"import importlib.util as u; raise SystemExit(u.find_spec('{LIBRARY}') is None)",
    ]
    try:
        return subprocess.run(words, capture_output=True, check=False).returncode == 0  # noqa: S603 - an interpreter
    except OSError:
        return False
