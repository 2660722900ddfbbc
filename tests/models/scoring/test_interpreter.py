"""Which Python scores tracks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cityedge.paths import REPOSITORY
from models.errors import ScoringError
from models.scoring.interpreter import find

FIND = "from models.scoring.interpreter import find; print(find())"


def found_with(variable: str) -> subprocess.CompletedProcess[str]:
    """What a process finds in whose environment the variable is set."""
    env = {**os.environ, "CITYEDGE_SCORING_PYTHON": variable}
    return subprocess.run(
        [sys.executable, "-c", FIND], env=env, cwd=REPOSITORY, capture_output=True, text=True, check=False
    )


def python(path: Path, *, has_library: bool) -> Path:
    """A stand-in for an interpreter that has the library or does not."""
    path.write_text(f"#!/bin/sh\nexit {0 if has_library else 1}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_one_that_is_named_is_taken(tmp_path: Path) -> None:
    named = python(tmp_path / "python", has_library=True)

    assert find(named) == named


def test_the_environments_variable_names_one(tmp_path: Path) -> None:
    named = python(tmp_path / "python", has_library=True)

    assert found_with(str(named)).stdout.strip() == str(named)


def test_one_that_is_named_and_lacks_the_library_is_not_passed_over(tmp_path: Path) -> None:
    named = python(tmp_path / "python", has_library=False)

    with pytest.raises(ScoringError, match=f"is in none of: {named}\\.") as caught:
        find(named)

    assert "CITYEDGE_SCORING_PYTHON" in caught.value.cure


def test_one_is_found_where_set_up_has_run() -> None:
    words = [str(find()), "-I", "-c", "import numpy, scipy.optimize, trackeval.metrics"]

    subprocess.run(words, check=True, capture_output=True)
