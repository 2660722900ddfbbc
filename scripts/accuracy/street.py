"""One seed of the simulated street: filmed, counted by the real pipeline from the film, and compared."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scripts.accuracy.match import Crossing, Difference, differences
from simulators.street.layout import LINES, ZONES

_AROUND_S: Final = 1.5  # how long before and after a crossing somebody may have been hidden


@dataclass(frozen=True)
class Result:
    """What one film came to.

    Attributes:
        seed: Of the street.
        truth: ``truth[line][class]`` has ``in`` and ``out``.
        counts: Likewise, as counted.
        crossings: How many there truly were.
        differences: Where the counts are not the truth.
        occupancy: By zone, the mean number of people, true and counted.
    """

    seed: int
    truth: dict[str, Any]
    counts: dict[str, Any]
    crossings: int
    differences: list[Difference]
    occupancy: dict[str, tuple[float, float]]

    @property
    def errors(self) -> int:
        """Sum over lines, classes and directions of how far the counts are off; errors may not cancel."""
        return sum(
            abs(self.counts.get(line, {}).get(name, {}).get(way, 0) - figures[way])
            for line, classes in self.truth.items()
            for name, figures in classes.items()
            for way in ("in", "out")
        )


def measure(seed: int, *, duration_s: float, folder: Path, light: str = "day") -> Result:
    """Film a street, count it, compare.

    Args:
        seed: Of the street.
        duration_s: Length of the film in scene time.
        folder: Where the film and the truth are put.
        light: Of the street.

    Returns:
        What it came to.

    Raises:
        subprocess.CalledProcessError: A command failed; it said why on stderr.
    """
    film, truth, boxes, crossings = (folder / f"{seed}.{end}" for end in ("mp4", "json", "txt", "jsonl"))
    street = ["sim", "street", "--seed", str(seed), "--duration", str(duration_s), "--light", light]
    _cityedge(*street, "--video", str(film), "--truth", str(truth), "--mot", str(boxes))
    true = json.loads(truth.read_text(encoding="utf-8"))
    out = _cityedge("edge", "count", str(film), *_places(), "--json", "--crossings", str(crossings))
    counted = json.loads(out.splitlines()[-1])
    rows = [json.loads(row) for row in crossings.read_text(encoding="utf-8").splitlines()]
    real = [Crossing.of(row, who="object") for row in true["crossings"]]
    visible = _least_visible(boxes, real, fps=true["fps"])
    return Result(
        seed,
        true["lines"],
        counted["lines"],
        len(real),
        differences(real, [Crossing.of(row, who="track") for row in rows], visible=visible),
        _occupancy(true["zones"], counted["zones"]),
    )


def _cityedge(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "cityedge", *words], stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _places() -> list[str]:
    """The street's own lines and zones, as the command takes them."""
    words = []
    for line in LINES:
        words += ["--line", f"{line.name}=" + ",".join(f"{p.x:.6g},{p.y:.6g}" for p in line.points)]
    for zone in ZONES:
        words += ["--zone", f"{zone.name}=" + ";".join(f"{p.x:.6g},{p.y:.6g}" for p in zone.points)]
    return words


def _least_visible(boxes: Path, crossings: list[Crossing], *, fps: float) -> dict[Crossing, float]:
    """The smallest share of the object that was visible within ``_AROUND_S`` of each crossing."""
    seen: dict[int, list[tuple[float, float]]] = {}
    for row in boxes.read_text(encoding="utf-8").splitlines():
        values = row.split(",")
        seen.setdefault(int(values[1]), []).append(((int(values[0]) - 1) / fps, float(values[8])))
    return {
        crossing: min(
            (
                visible
                for time_s, visible in seen.get(crossing.who, [])
                if abs(time_s - crossing.time_s) <= _AROUND_S
            ),
            default=1.0,
        )
        for crossing in crossings
    }


def _occupancy(true: dict[str, Any], counted: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {
        zone: (classes["person"]["occupancy_mean"], counted[zone]["person"]["occupancy_mean"])
        for zone, classes in true.items()
    }
