"""A scenario as a film with its truth, and what the gateway's own pipeline counts in it. Commands, as a user's."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulators.street.scenario import load_scenario


@dataclass(frozen=True)
class Film:
    """A filmed scenario.

    Attributes:
        video: The film, H.264.
        truth: The truth, JSON.
        boxes: True boxes, MOTChallenge rows.
    """

    video: Path
    truth: Path
    boxes: Path

    def facts(self) -> Mapping[str, Any]:
        """The truth as plain data."""
        facts: Mapping[str, Any] = json.loads(self.truth.read_text(encoding="utf-8"))
        return facts


@dataclass(frozen=True)
class Counts:
    """What was counted in a film.

    Attributes:
        totals: The object that ``edge count --json`` printed, in a file.
        crossings: Every crossing, JSON lines.
        tracks: Who was followed, MOTChallenge rows.
    """

    totals: Path
    crossings: Path
    tracks: Path

    def facts(self) -> Mapping[str, Any]:
        """The totals as plain data."""
        facts: Mapping[str, Any] = json.loads(self.totals.read_text(encoding="utf-8"))
        return facts


def shoot(scenario: str, *, folder: Path, duration_s: float, seed: int | None = None) -> Film:
    """Film a scenario.

    Args:
        scenario: Its name.
        folder: Where the film and its truth are put.
        duration_s: Length in scene time.
        seed: Another seed than its own.

    Returns:
        The film.

    Raises:
        subprocess.CalledProcessError: The command failed; it said why on stderr.
    """
    stem = f"{scenario}-{seed}" if seed is not None else scenario
    film = Film(*(folder / f"{stem}.{end}" for end in ("mp4", "json", "txt")))
    words = ["sim", "street", "--scenario", scenario, "--duration", str(duration_s)]
    words += ["--seed", str(seed)] if seed is not None else []
    cityedge(*words, "--video", str(film.video), "--truth", str(film.truth), "--mot", str(film.boxes))
    return film


def count(film: Film, scenario: str, *, threads: int) -> Counts:
    """Count a film at the scenario's lines and zones, calibrated by the truth.

    Args:
        film: The film.
        scenario: Its name.
        threads: How many frames to look at at once.

    Returns:
        The counts, in files beside the film.

    Raises:
        subprocess.CalledProcessError: The command failed; it said why on stderr.
    """
    config, counts = film.video.with_suffix(".gateway.yaml"), _beside(film.video)
    config.write_text(json.dumps(_gateway(film, scenario)), encoding="utf-8")
    words = ["edge", "count", str(film.video), "--config", str(config), "--threads", str(threads), "--json"]
    out = cityedge(*words, "--crossings", str(counts.crossings), "--tracks", str(counts.tracks))
    counts.totals.write_text(out.splitlines()[-1], encoding="utf-8")
    return counts


def cityedge(*words: str) -> str:
    """Run a verb of the command.

    Args:
        words: The verb and its arguments.

    Returns:
        What it printed on stdout.

    Raises:
        subprocess.CalledProcessError: It failed; it said why on stderr.
    """
    command = [sys.executable, "-m", "cityedge", *words]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def _beside(video: Path) -> Counts:
    return Counts(*(video.with_suffix(f".counted.{end}") for end in ("json", "jsonl", "txt")))


def _gateway(film: Film, scenario: str) -> dict[str, Any]:
    """A gateway with one camera that looks at the film; JSON is YAML."""
    lines, zones = load_scenario(scenario).places
    camera: dict[str, Any] = {
        "name": "street",
        "source": {"url": str(film.video), "pace": "fast"},
        "max_fps": 60,
        "lines": [{"name": line.name, "points": [[p.x, p.y] for p in line.points]} for line in lines],
        "zones": [{"name": zone.name, "points": [[p.x, p.y] for p in zone.points]} for zone in zones],
        "calibration": film.facts()["calibration"],
    }
    return {"site": "here", "gateway": "accuracy", "cameras": [camera]}
