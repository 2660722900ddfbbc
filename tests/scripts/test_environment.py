import subprocess
from pathlib import Path

from scripts.setup.environment import Environment, build


def prefix_of(environment: Environment) -> str:
    """Where the environment's pip would install to."""
    words = [str(environment.folder / "bin" / "pip"), "--version"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[3]


def test_an_environment_is_made_once_and_made_anew_where_it_was_moved_to(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("# nothing to install\n", encoding="utf-8")
    first = Environment(tmp_path / "first", lock)
    build(first)
    (first.folder / "witness").touch()

    build(first)

    assert (first.folder / "witness").exists()

    moved = Environment(first.folder.rename(tmp_path / "moved"), lock)
    build(moved)

    assert prefix_of(moved).startswith(str(moved.folder))
