"""The plaza's footage: real, from the cache that set-up filled."""

import subprocess
import sys
from pathlib import Path

import av

from simulators import footage


def test_set_up_brought_the_footage_that_is_known_here() -> None:
    assert footage.is_here(), "run 'cityedge sim footage' (make setup does)"


def test_the_footage_has_795_frames_of_768_by_576() -> None:
    with av.open(str(footage.footage_path())) as container:
        frames = [(frame.width, frame.height) for frame in container.decode(video=0)]
    assert len(frames) == 795
    assert set(frames) == {(768, 576)}


def test_fetching_again_touches_nothing() -> None:
    before = footage.footage_path().stat().st_mtime_ns
    said: list[str] = []
    footage.fetch(said.append)
    assert footage.footage_path().stat().st_mtime_ns == before
    assert not said


def test_a_machine_without_debian_tools_is_told_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cityedge", "sim", "footage"],
        env={"CITYEDGE_CACHE": str(tmp_path), "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no apt-get" in done.stderr
    assert "do without the plaza" in done.stderr
