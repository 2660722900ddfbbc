import os
import subprocess
import sys
from pathlib import Path

import pytest

from cityedge.paths import REPOSITORY, configs_dir

ASK = "from cityedge.paths import cache_dir; print(cache_dir())"


def cache_dir_under(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a process with that environment says; the environment of this one is not touched."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={**kept, "HOME": str(tmp_path / "home"), "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        pytest.param({}, "home/.cache/cityedge", id="under the home"),
        pytest.param({"XDG_CACHE_HOME": "xdg"}, "xdg/cityedge", id="where the desktop says"),
        pytest.param({"XDG_CACHE_HOME": "xdg", "CITYEDGE_CACHE": "own"}, "own", id="where we are told"),
        pytest.param({"XDG_CACHE_HOME": "", "CITYEDGE_CACHE": ""}, "home/.cache/cityedge", id="set to nothing"),
    ],
)
def test_the_cache_lies_where_the_environment_says_and_is_made(
    tmp_path: Path, environment: dict[str, str], place: str
) -> None:
    full = {name: str(tmp_path / value) if value else "" for name, value in environment.items()}

    said = cache_dir_under(tmp_path, **full)

    assert Path(said.stdout.strip()) == tmp_path / place
    assert (tmp_path / place).is_dir()


def test_a_cache_that_cannot_be_made_is_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")

    said = cache_dir_under(tmp_path, CITYEDGE_CACHE=str(tmp_path / "file" / "cache"))

    assert f"the cache folder '{tmp_path}/file/cache' cannot be made: Not a directory" in said.stderr
    assert "Set CITYEDGE_CACHE to a folder that may be written." in said.stderr


def test_the_samples_of_a_checkout_are_the_repositorys() -> None:
    assert configs_dir() == REPOSITORY / "configs"
