"""The repository speaks of the product alone, and what it pins is what it asks for."""

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Final

import pytest

from tests.support.modules import REPOSITORY

TEXT: Final = {
    *(".py", ".md", ".toml", ".yaml", ".yml", ".json", ".txt", ".in", ".sh", ".conf", ".service", ".cfg", ""),
}
MADE_HERE: Final = frozenset(
    {
        *(".git", ".venv", ".venv-peers", ".venv-scoring", "__pycache__", "build", "dist", "node_modules"),
        *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"),
    }
)
PROJECT: Final = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS: Final = sorted((REPOSITORY / "requirements").glob("*.txt"))

# Written in pieces, so that this file does not find itself.
MACHINE_PATHS: Final = re.compile(r"(?<![\w./-])/(?:wo" r"rk|ro" r"ot|tmp/w)(?:/|\b)")
INDEX_HOSTS: Final = re.compile(
    r"[\w-]+\.(?:py" r"pi\.org|python" r"hosted\.org|npm" r"js\.org|deb" r"ian\.org)|//py" r"pi\.org"
)
UNFINISHED: Final = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")


def committed_files() -> list[Path]:
    """Every text file that is part of the product, whether it was added to version control already or not."""
    folders = [path for path in REPOSITORY.iterdir() if path.name not in MADE_HERE]
    files = [path for path in folders if path.is_file()]
    files += [inner for path in folders if path.is_dir() for inner in path.rglob("*") if inner.is_file()]
    return sorted(
        path for path in files if path.suffix in TEXT and not MADE_HERE & set(path.relative_to(REPOSITORY).parts)
    )


every_file = pytest.mark.parametrize(
    "path", [pytest.param(path, id=path.relative_to(REPOSITORY).as_posix()) for path in committed_files()]
)
every_lock = pytest.mark.parametrize("lock", [pytest.param(lock, id=lock.name) for lock in LOCKS])


def lines_that_match(path: Path, pattern: re.Pattern[str]) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [f"{number}: {line.strip()}" for number, line in enumerate(lines, 1) if pattern.search(line)]


@every_file
def test_a_file_names_no_path_of_the_machine_that_it_was_written_on(path: Path) -> None:
    assert lines_that_match(path, MACHINE_PATHS) == []


@every_file
def test_a_file_names_no_package_index(path: Path) -> None:
    assert lines_that_match(path, INDEX_HOSTS) == []


@every_file
def test_a_file_is_finished(path: Path) -> None:
    assert lines_that_match(path, UNFINISHED) == []


def test_no_weights_pictures_of_people_or_stores_lie_in_the_tree() -> None:
    suffixes = {
        ".onnx",
        ".bin",
        ".pt",
        ".pth",
        ".tflite",
        ".avi",
        ".mp4",
        ".mkv",
        ".duckdb",
        ".sqlite",
        ".pem",
        ".key",
    }
    listed = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout

    assert [name for name in listed.splitlines() if Path(name).suffix in suffixes] == []


def pinned(lock: Path) -> dict[str, str]:
    """Versions by normalised package name."""
    pins = re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {normal(name): version for name, version in pins}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(extra: str | None) -> set[str]:
    """Normalised names that the project asks for: its base (None) or an extra."""
    project = PROJECT["project"]
    wanted = project["dependencies"] if extra is None else project["optional-dependencies"][extra]
    return {normal(re.match(r"[A-Za-z0-9_.-]+", requirement)[0]) for requirement in wanted}  # type: ignore[index]


@pytest.mark.parametrize("extra", [None, *PROJECT["project"]["optional-dependencies"]])
def test_the_lock_pins_everything_that_the_project_asks_for(extra: str | None) -> None:
    assert required(extra) <= set(pinned(REPOSITORY / "requirements" / "lock.txt"))


def test_the_lock_pins_what_builds_the_project() -> None:
    builds = {normal(re.split(r"[><=~! ]", need)[0]) for need in PROJECT["build-system"]["requires"]}

    assert builds <= set(pinned(REPOSITORY / "requirements" / "lock.txt"))


@pytest.mark.parametrize("side", ["edge", "cloud"])
def test_a_sides_lock_pins_what_the_side_asks_for_in_the_versions_that_are_tested(side: str) -> None:
    tested = pinned(REPOSITORY / "requirements" / "lock.txt")
    pins = pinned(REPOSITORY / "requirements" / f"{side}.txt")

    assert required(None) | required(side) <= set(pins)
    assert pins == {name: tested[name] for name in pins}


@every_lock
def test_a_lock_leaves_the_index_to_the_machine(lock: Path) -> None:
    assert lines_that_match(lock, re.compile(r"://|^--?(?:index|extra|find|i\b|f\b)")) == []


@every_lock
def test_every_version_in_a_lock_is_held_by_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=[a-zA-Z0-9])", lock.read_text(encoding="utf-8"))

    assert [entry.splitlines()[0] for entry in entries[1:] if "--hash=sha256:" not in entry] == []
