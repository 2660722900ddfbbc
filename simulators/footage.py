"""Real footage that Debian ships: fetched by its own client, checked by its hash, kept in the cache.

``vtest.avi`` shows a plaza (PETS 2009, S2.L1, first view): 795 frames of 768x576 pixels, 7 frames a second of
scene time, though the file's header says 10. It is in Debian's package ``opencv-doc``; it is never part of this
repository.
"""

import hashlib
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from cityedge.errors import CityEdgeError
from cityedge.paths import cache_dir

PACKAGE: Final = "opencv-doc"
NAME: Final = "vtest.avi"
FPS: Final = 7.0
_INSIDE: Final = "usr/share/doc/opencv-doc/examples/data/vtest.avi"
_SHA256: Final = "45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf"
_TIMEOUT_S: Final = 900


class FootageError(CityEdgeError):
    """The footage cannot be had on this machine, or is not what it should be."""


def footage_path() -> Path:
    """Where the footage lies once it was fetched."""
    return cache_dir() / "footage" / NAME


def is_here() -> bool:
    """Whether the footage is in the cache and is what it should be."""
    path = footage_path()
    return path.is_file() and _sha256(path) == _SHA256


def fetch(say: Callable[[str], None]) -> Path:
    """Bring the footage into the cache; does nothing where it is there already.

    Args:
        say: Told what is going on, line by line.

    Returns:
        Its path.

    Raises:
        FootageError: This is no Debian, the package cannot be fetched, or the file has another hash.
    """
    if is_here():
        return footage_path()
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise FootageError(
                f"footage: there is no {tool} on this machine, so Debian's package {PACKAGE} cannot be had",
                cure=f"Copy {NAME} from a Debian machine to {footage_path()}, or do without the plaza.",
            )
    footage_path().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=footage_path().parent) as folder:
        say(f"footage: fetching Debian's package {PACKAGE} (about 96 MB) …")
        _download(Path(folder))
        say(f"footage: unpacking {NAME} …")
        _unpack(Path(folder))
    say(f"footage: {footage_path()}")
    return footage_path()


def _download(folder: Path) -> None:
    """Fetch the package with lists of our own, so that neither root nor fresh system lists are needed."""
    for inner in ("state/lists/partial", "cache/archives/partial"):
        (folder / inner).mkdir(parents=True)
    options = [
        *("-o", f"Dir::State={folder / 'state'}"),
        *("-o", "Dir::State::status=/var/lib/dpkg/status"),
        *("-o", f"Dir::Cache={folder / 'cache'}"),
        *("-o", "APT::Sandbox::User=root"),
    ]
    _run(["apt-get", *options, "update"], folder)
    _run(["apt-get", *options, "download", PACKAGE], folder)


def _unpack(folder: Path) -> None:
    packages = list(folder.glob(f"{PACKAGE}_*.deb"))
    if not packages:
        raise FootageError(f"footage: apt-get fetched no {PACKAGE} package")
    _run(["dpkg-deb", "--extract", str(packages[0]), str(folder)], folder)
    found = folder / _INSIDE
    if not found.is_file() or _sha256(found) != _SHA256:
        raise FootageError(f"footage: {NAME} in {packages[0].name} is missing or not the one that is known here")
    found.replace(footage_path())


def _run(command: list[str], folder: Path) -> None:
    try:
        subprocess.run(  # noqa: S603 - fixed words, found on the PATH as any shell would
            command, cwd=folder, check=True, capture_output=True, text=True, timeout=_TIMEOUT_S
        )
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:] or ["no reason given"]
        raise FootageError(
            f"footage: {command[0]} {command[-1]} failed: {last[0]}",
            cure="Check that this machine reaches its Debian mirror, and try again.",
        ) from error
    except subprocess.TimeoutExpired as error:
        raise FootageError(f"footage: {command[0]} {command[-1]} did not end in {_TIMEOUT_S} s") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
