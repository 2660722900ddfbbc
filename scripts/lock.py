"""Writes the locks in ``requirements/``: one version of everything, for every platform, with hashes.

One resolution (``lock.txt``) holds all extras and what builds the project; the smaller locks are parts of
it, so a gateway runs the very versions that the tests ran. No lock names an index: pip asks the one that the
machine is configured for, and the hashes say whether what it gave is the same.
"""

import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "requirements"


@dataclass(frozen=True)
class Lock:
    """One file of locked versions.

    Attributes:
        name: Its name in ``requirements/``.
        extras: The project's extras that it holds; the base comes with any of them.
        builds: Whether it holds the build backend too.
        source: A file of requirements to lock instead of the project's.
        within: Keep to the versions of ``lock.txt`` for what both hold.
        listed: The source lists everything: what its packages ask for is left out.
    """

    name: str
    extras: tuple[str, ...] = ()
    builds: bool = False
    source: str | None = None
    within: bool = True
    listed: bool = False


def locks(extras: Sequence[str]) -> tuple[Lock, ...]:
    """The locks to write, in order.

    Args:
        extras: All extras of the project.

    Returns:
        ``lock.txt`` first: the others keep to it.
    """
    return (
        Lock("lock.txt", extras=tuple(extras), builds=True, within=False),
        Lock("edge.txt", extras=("edge",)),
        Lock("cloud.txt", extras=("cloud",)),
        Lock("peers.txt", source="peers.in"),
        Lock("scoring.txt", source="scoring.in", listed=True),
    )


def command(lock: Lock) -> list[str]:
    """The words that compile a lock; requirements that are in no file are read from standard input.

    Args:
        lock: What to compile.

    Returns:
        A command line for uv, to be run in the checkout's root.
    """
    words = ["uv", "pip", "compile", f"requirements/{lock.source}" if lock.source else "pyproject.toml"]
    words += [] if lock.source else [f"--extra={extra}" for extra in lock.extras]
    words += ["-"] if lock.builds else []
    words += ["--no-deps"] if lock.listed else []
    words += ["--constraint=requirements/lock.txt"] if lock.within else []
    words += [f"--output-file=requirements/{lock.name}", "--upgrade", "--quiet", "--generate-hashes"]
    # Universal: markers instead of this machine's answers. Fewest: one version for every Python, the one that
    # is tested, rather than the newest for each.
    words += ["--universal", "--fork-strategy=fewest", "--python-version=3.11"]
    words += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command=make lock"]
    return words


def main() -> int:
    """Write every lock.

    Returns:
        0 done, 1 something could not be resolved; uv has said what.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    builds = "\n".join(project["build-system"]["requires"])
    uv = Path(sys.executable).with_name("uv")
    for lock in locks(list(project["project"]["optional-dependencies"])):
        words = [str(uv), *command(lock)[1:]]
        done = subprocess.run(words, cwd=ROOT, input=builds, text=True, check=False)
        if done.returncode != 0:
            return 1
        pinned = sum(line[:1].isalnum() for line in (FOLDER / lock.name).read_text(encoding="utf-8").splitlines())
        print(f"requirements/{lock.name}: {pinned} packages")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
