import subprocess
import sys
from pathlib import Path

import pytest

from scripts.setup.debian import missing
from tests.support.modules import REPOSITORY

NEEDED = {"mosquitto": "mosquitto", "influxdb": "influxd", "python3-gi": None}


@pytest.mark.parametrize(
    ("installed", "programs", "expected"),
    [
        pytest.param(set(), set(), ("mosquitto", "influxdb", "python3-gi"), id="a fresh machine needs all"),
        pytest.param({"mosquitto", "influxdb", "python3-gi"}, set(), (), id="all packages are there"),
        pytest.param(set(), {"influxd"}, ("mosquitto", "python3-gi"), id="a program stands for its package"),
        pytest.param({"python3-gi"}, {"mosquitto"}, ("influxdb",), id="some of each"),
    ],
)
def test_a_package_is_missing_when_neither_it_nor_its_program_is_there(
    installed: set[str], programs: set[str], expected: tuple[str, ...]
) -> None:
    assert missing(NEEDED, installed=frozenset(installed), programs=frozenset(programs)) == expected


class FakeDebian:
    """Stands in for the package tools: one package is installed, and what apt-get is told is written down."""

    def __init__(self, folder: Path, *, fails_until_updated: bool = False) -> None:
        self.folder = folder
        self.calls = folder / "calls"
        fails = f'grep -q "update" {self.calls} || exit 100' if fails_until_updated else "exit 0"
        self._script("dpkg-query", 'echo "ffmpeg installed"; exit 1')
        self._script("apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {self.calls}; {fails}')
        self._script("sudo", 'shift; exec "$@"')

    def _script(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        # The system's own folders are left out: what is installed there is not to be found.
        env = {"PATH": f"{self.folder}:{self.folder / 'bin'}", "TMPDIR": str(self.folder)}
        (self.folder / "bin").mkdir(exist_ok=True)
        for name in ("env", "sh", "grep", "true"):
            link = self.folder / "bin" / name
            if not link.exists():
                link.symlink_to(f"/usr/bin/{name}")
        return set_up_system(env)


def set_up_system(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "scripts.setup", "system"]
    return subprocess.run(words, cwd=REPOSITORY, env=env, capture_output=True, text=True, check=False)


def test_what_is_missing_is_installed_without_a_question(tmp_path: Path) -> None:
    debian = FakeDebian(tmp_path)

    done = debian.set_up()

    assert done.returncode == 0, done.stderr
    (call,) = debian.calls.read_text(encoding="utf-8").splitlines()
    assert call.startswith("noninteractive install --yes --no-install-recommends ")
    assert "chromium" in call
    assert "ffmpeg" not in call


def test_package_lists_are_fetched_only_when_an_installation_failed(tmp_path: Path) -> None:
    debian = FakeDebian(tmp_path, fails_until_updated=True)

    done = debian.set_up()

    calls = [line.split()[1] for line in debian.calls.read_text(encoding="utf-8").splitlines()]
    assert done.returncode == 0, done.stderr
    assert calls == ["install", "update", "install"]


def test_a_system_that_is_not_debian_is_told_what_is_missing(tmp_path: Path) -> None:
    done = set_up_system({"PATH": str(tmp_path), "TMPDIR": str(tmp_path)})

    assert done.returncode == 1
    assert "chromium" in done.stderr
    assert "your system's own means" in done.stderr


def test_an_unknown_step_is_answered_with_the_steps_there_are() -> None:
    words = [sys.executable, "-m", "scripts.setup", "sytem"]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "steps are: environment, peers, scoring, model, footage, system" in done.stderr
    assert "there is no 'sytem'" in done.stderr
