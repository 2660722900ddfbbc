"""Virtual environments: made, filled from a lock with every hash checked, and made anew when they moved."""

import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.setup import debian
from scripts.setup.console import run_logged, step
from scripts.setup.errors import SetupError

_MADE_AT = ".made-at"


@dataclass(frozen=True)
class Environment:
    """A virtual environment of this checkout.

    Attributes:
        folder: Where it lies.
        lock: The requirements with hashes that fill it.
        project: Folder of a project to install into it, editable; None for none.
        listed: The lock leaves out, on purpose, what its packages ask for and nobody here loads.
    """

    folder: Path
    lock: Path
    project: Path | None = None
    listed: bool = False

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def log(self) -> Path:
        """What pip printed."""
        return self.folder / "set-up.log"


def build(environment: Environment) -> None:
    """Make an environment, or bring it up to its lock.

    Args:
        environment: What to make.

    Raises:
        SetupError: This Python cannot make environments, or pip failed.
    """
    if not _usable(environment):
        _create(environment)
    with step(f"Python packages of {environment.lock.name} into {environment.folder.name}"):
        alone = ["--no-deps"] if environment.listed else []
        _pip(environment, [*alone, "--require-hashes", "--requirement", str(environment.lock)])
        if environment.project is not None:
            # The lock brings the build backend, so nothing unpinned is fetched to build with.
            _pip(environment, ["--no-deps", "--no-build-isolation", "--editable", str(environment.project)])


def _usable(environment: Environment) -> bool:
    """An environment holds absolute paths: it works only where it was made, and while its Python is there."""
    marker = environment.folder / _MADE_AT
    if not marker.is_file() or marker.read_text(encoding="utf-8") != str(environment.folder.resolve()):
        return False
    probe = [str(environment.python), "-m", "pip", "--version"]
    return environment.python.exists() and subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _create(environment: Environment) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        # Debian and its children ship Python without the module that puts pip into an environment.
        debian.install([f"python3.{sys.version_info.minor}-venv"])
    # pip's log lies in the environment, which is wiped here: this step's own log lies beside it.
    log = environment.folder.with_name(f"{environment.folder.name}.log")
    run_logged([sys.executable, "-m", "venv", "--clear", str(environment.folder)], log)
    log.unlink()
    marker = environment.folder / _MADE_AT
    marker.write_text(str(environment.folder.resolve()), encoding="utf-8")


def _pip(environment: Environment, words: Sequence[str]) -> None:
    # Indexes, proxies and certificates are the machine's affair: pip reads its own configuration.
    command = [str(environment.python), "-m", "pip", "install", "--disable-pip-version-check", *words]
    try:
        run_logged(command, environment.log)
    except SetupError as error:
        hint = "Where pip could not fetch something: does it reach the package index that it is configured for? "
        raise SetupError(error.message, cure=hint + error.cure) from error
