"""One scenario: filmed, counted from the film, and judged beside its exact truth."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.scoring import truth
from models.scoring.boxes import read as read_boxes
from models.scoring.counted import read_counts, read_crossings
from models.scoring.judge import Counted, Rules, Score, judge
from models.scoring.types import FOUR, PEOPLE, TWO, Comparison, group_of
from scripts.accuracy.films import Counts, Film, count, shoot
from simulators.street.scenario import Scenario, load_scenario

LEAST_VISIBLE: Final = 0.3
"""Who is less visible than this is neither missed nor wrong for the tracking figures: nobody could see them."""


@dataclass(frozen=True)
class SpeedPair:
    """How fast one group crossed the lines.

    Attributes:
        true_mps: Mean of the true speeds at the crossings.
        counted_mps: Mean of the measured ones.
        measured: How many were measured.
    """

    true_mps: float
    counted_mps: float
    measured: int


@dataclass(frozen=True)
class Measured:
    """What a scenario came to.

    Attributes:
        name: The scenario's name.
        scenario: The scenario.
        seed: Its seed.
        duration_s: Length of the film.
        score: Counts and tracks beside the truth.
        crossings: The same as ``score.crossings``.
        speeds: By group.
        film: The film.
        counts: What was counted in it.
    """

    name: str
    scenario: Scenario
    seed: int
    duration_s: float
    score: Score
    crossings: Comparison
    speeds: Mapping[str, SpeedPair]
    film: Film
    counts: Counts

    @property
    def bars(self) -> Mapping[str, float]:
        """The accuracy that the scenario asks for, by group."""
        bar = self.scenario.bar
        return {PEOPLE: bar.people, TWO: bar.two_wheelers, FOUR: bar.four_wheelers}

    @property
    def short_of(self) -> Sequence[str]:
        """The groups whose accuracy is below the bar."""
        groups = self.crossings.groups
        return [
            group
            for group, bar in self.bars.items()
            if group in groups and groups[group].true and (groups[group].accuracy or 0.0) < bar
        ]


def measure(name: str, *, folder: Path, duration_s: float, seed: int | None = None, threads: int = 1) -> Measured:
    """Film a scenario, count it, judge it.

    Args:
        name: Of the scenario.
        folder: For the film and everything about it.
        duration_s: Length in scene time.
        seed: Another seed than its own.
        threads: How many frames to look at at once.

    Returns:
        What it came to.

    Raises:
        subprocess.CalledProcessError: A command failed; it said why on stderr.
        CityEdgeError: It cannot be judged.
    """
    film = shoot(name, folder=folder, duration_s=duration_s, seed=seed)
    counts = count(film, name, threads=threads)
    totals = read_counts(counts.totals)
    truly = truth.read(film.truth, boxes=film.boxes, frames=totals.frames)
    counted = Counted(read_boxes(counts.tracks, true=False), read_crossings(counts.crossings), totals)
    score = judge(truly, counted, Rules(least_visible=LEAST_VISIBLE))
    if score.crossings is None:
        raise ValueError(f"{film.truth}: the simulator's truth has crossings")
    facts = film.facts()
    speeds = _speeds(facts["crossings"], counts.facts().get("speeds", {}))
    scenario = load_scenario(name)
    return Measured(name, scenario, int(facts["seed"]), duration_s, score, score.crossings, speeds, film, counts)


def _speeds(crossings: Sequence[Mapping[str, Any]], counted: Mapping[str, Any]) -> dict[str, SpeedPair]:
    true, measured = defaultdict(list), defaultdict(list)
    for row in crossings:
        true[group_of(row["class"])].append(row["speed_mps"])
    for classes in counted.values():
        for name, figures in classes.items():
            if figures["count"]:
                measured[group_of(name)].append((figures["mean_mps"], figures["count"]))
    return {
        group: SpeedPair(
            sum(true[group]) / len(true[group]),
            sum(mean * number for mean, number in measured[group]) / sum(number for _, number in measured[group]),
            sum(number for _, number in measured[group]),
        )
        for group in true
        if measured[group]
    }
