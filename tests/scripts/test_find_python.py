import subprocess
import sys
from pathlib import Path

from tests.support.modules import REPOSITORY


def find(path: str) -> subprocess.CompletedProcess[str]:
    script = REPOSITORY / "scripts" / "find_python.sh"
    return subprocess.run(
        ["/bin/sh", str(script)], env={"PATH": path}, capture_output=True, text=True, check=False
    )


def python(folder: Path, name: str, prints: str) -> None:
    """A stand-in for an interpreter: it prints what ours would be told by a real one."""
    (folder / name).write_text(f"#!/bin/sh\n{prints}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def test_the_systems_own_python_is_taken_where_it_is_new_enough(tmp_path: Path) -> None:
    (tmp_path / "python3").symlink_to(sys.executable)

    assert Path(find(str(tmp_path)).stdout.strip()).exists()


def test_a_newer_python_beside_an_old_one_is_found(tmp_path: Path) -> None:
    python(tmp_path, "python3", "true")  # a Python older than 3.11 prints nothing
    python(tmp_path, "python3.12", "echo /opt/python3.12")

    assert find(str(tmp_path)).stdout == "/opt/python3.12\n"


def test_a_machine_without_a_fitting_python_is_told_how_to_get_one(tmp_path: Path) -> None:
    done = find(str(tmp_path))

    assert done.returncode == 1
    assert "apt-get install python3" in done.stderr
