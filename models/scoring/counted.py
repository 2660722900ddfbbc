"""What ``cityedge edge count`` wrote: its crossings and its totals."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from models.errors import TruthError
from models.scoring.occupancy import Zones, ZoneUse
from models.scoring.types import Crossing

_CURE_CROSSINGS = "Give what 'cityedge edge count --crossings' wrote."
_CURE_COUNTS = "Give what 'cityedge edge count --json' printed."


@dataclass(frozen=True)
class Counts:
    """The totals of a recording.

    Attributes:
        lines: The names of the lines at which was counted.
        zones: How its zones were used.
        frames: How many frames it has.
    """

    lines: tuple[str, ...]
    zones: Zones
    frames: int


def read_crossings(path: Path) -> list[Crossing]:
    """Read crossings, one JSON object a line.

    Args:
        path: The file.

    Returns:
        The crossings, in order of time.

    Raises:
        TruthError: It cannot be read, or a line is wrong; names the file and the line.
    """
    found = []
    for number, line in enumerate(_text(path, _CURE_CROSSINGS).splitlines(), 1):
        try:
            found.append(crossing_of(json.loads(line), who="track"))
        except (ValueError, KeyError, TypeError) as error:
            raise TruthError(f"{path}:{number}: is not a crossing: {error!r}", cure=_CURE_CROSSINGS) from error
    return sorted(found)


def crossing_of(row: Mapping[str, Any], *, who: str) -> Crossing:
    """A crossing from plain data.

    Args:
        row: With ``time_s``, ``line``, ``class``, ``direction``, and who it was.
        who: The key of who it was: ``object`` in a truth, ``track`` in counts.

    Returns:
        The crossing.

    Raises:
        KeyError: A key is missing.
        ValueError: A value is not what it should be.
    """
    if row["direction"] not in {"in", "out"}:
        raise ValueError(f"direction is in or out, not '{row['direction']}'")
    return Crossing(
        float(row["time_s"]), str(row["line"]), str(row["class"]), str(row["direction"]), int(row[who])
    )


def read_counts(path: Path) -> Counts:
    """Read totals: the last line that is not empty.

    Args:
        path: The file.

    Returns:
        The totals.

    Raises:
        TruthError: It cannot be read, or is something else.
    """
    lines = [line for line in _text(path, _CURE_COUNTS).splitlines() if line.strip()]
    try:
        tree = json.loads(lines[-1])
        return Counts(tuple(tree["lines"]), zones_of(tree["zones"]), int(tree["frames"]))
    except (ValueError, KeyError, TypeError, IndexError, msgspec.ValidationError) as error:
        raise TruthError(f"{path}: holds no counts: {error!r}", cure=_CURE_COUNTS) from error


def zones_of(tree: Any) -> Zones:
    """Zone use from plain data: by zone and class. Figures that we do not know are left alone.

    Args:
        tree: ``{"pavement": {"person": {"occupancy_mean": 0.7, …}, …}, …}``.

    Returns:
        The same, typed.

    Raises:
        msgspec.ValidationError: It is not so.
    """
    return msgspec.convert(tree, dict[str, dict[str, ZoneUse]])


def _text(path: Path, cure: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TruthError(f"{path}: cannot be read: {error}", cure=cure) from error
