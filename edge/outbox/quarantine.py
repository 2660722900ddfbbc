"""Setting an outbox's file aside: what is in it stays for a person to look at, and stands in nobody's way."""

from datetime import datetime
from pathlib import Path
from typing import Final

_KEPT: Final = 3
_PARTS: Final = ("", "-wal", "-shm")


def set_aside(path: Path, *, now: datetime) -> Path:
    """Rename a file, with what SQLite keeps beside it; of the files set aside earlier only the newest stay.

    Args:
        path: The outbox's file; nobody has it open.
        now: For the new name.

    Returns:
        Where it is now.

    Raises:
        OSError: The folder does not allow it.
    """
    aside = _free_name(path, f"{now:%Y%m%dT%H%M%SZ}")
    for part in _PARTS:
        beside = path.with_name(path.name + part)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + part))
    _forget_oldest(path)
    return aside


def _free_name(path: Path, stamp: str) -> Path:
    for number in range(1000):
        name = path.with_name(f"{path.stem}-aside-{stamp}-{number:03d}{path.suffix}")
        if not name.exists():
            return name
    raise OSError(f"{path.parent}: holds too many outboxes that were set aside")


def _forget_oldest(path: Path) -> None:
    aside = sorted(path.parent.glob(f"{path.stem}-aside-*{path.suffix}"))
    for old in aside[:-_KEPT]:
        for part in _PARTS:
            old.with_name(old.name + part).unlink(missing_ok=True)
