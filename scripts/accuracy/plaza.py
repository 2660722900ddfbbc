"""The plaza: real footage, counted at two frame rates at four lines, beside a tally."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.scoring import tally
from models.scoring.counted import read_crossings
from models.scoring.types import Comparison
from scripts.accuracy.films import cityedge
from simulators.footage import FPS

TALLY: Final = Path(__file__).with_name("plaza.tally.yaml")
RATES_FPS: Final = (FPS, FPS / 2)
TRUE_OCCUPANCY: Final = 5.63
"""How many people the picture holds on average, of the published ground truth."""

_WIDTH_PX, _HEIGHT_PX = 768, 576
_WHOLE: Final = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]]
_LINES: Final[Mapping[str, list[list[float]]]] = {
    "x250": [[250 / _WIDTH_PX, 0.0], [250 / _WIDTH_PX, 1.0]],
    "x384": [[384 / _WIDTH_PX, 0.0], [384 / _WIDTH_PX, 1.0]],
    "x520": [[520 / _WIDTH_PX, 0.0], [520 / _WIDTH_PX, 1.0]],
    "y250": [[0.0, 250 / _HEIGHT_PX], [1.0, 250 / _HEIGHT_PX]],
}


@dataclass(frozen=True)
class Plaza:
    """What the plaza came to at one frame rate.

    Attributes:
        fps: Frames a second that were looked at.
        crossings: Counted beside the tally.
        occupancy: How many people were counted in the picture, on average.
    """

    fps: float
    crossings: Comparison
    occupancy: float


def measure(video: Path, *, folder: Path) -> Sequence[Plaza]:
    """Count the plaza at each frame rate.

    Args:
        video: The footage.
        folder: For what is counted.

    Returns:
        What it came to, the full rate first.

    Raises:
        subprocess.CalledProcessError: A command failed; it said why on stderr.
    """
    return [_measure(video, folder, fps) for fps in RATES_FPS]


def _measure(video: Path, folder: Path, fps: float) -> Plaza:
    config, crossings = folder / f"plaza-{fps:g}.yaml", folder / f"plaza-{fps:g}.jsonl"
    config.write_text(json.dumps(_gateway(video, fps)), encoding="utf-8")
    out = cityedge(
        "edge",
        "count",
        str(video),
        "--config",
        str(config),
        "--fps",
        str(FPS),
        "--json",
        "--crossings",
        str(crossings),
    )
    totals = json.loads(out.splitlines()[-1])
    comparison = tally.compare(tally.read(TALLY), read_crossings(crossings))
    return Plaza(fps, comparison, totals["zones"]["picture"]["person"]["occupancy_mean"])


def _gateway(video: Path, fps: float) -> dict[str, Any]:
    camera = {
        "name": "plaza",
        "source": {"url": str(video), "fps": FPS, "pace": "fast"},
        "max_fps": fps,
        "classes": ["person"],
        "lines": [{"name": name, "points": points} for name, points in _LINES.items()],
        "zones": [{"name": "picture", "points": _WHOLE}],
    }
    return {"site": "here", "gateway": "accuracy", "cameras": [camera]}
