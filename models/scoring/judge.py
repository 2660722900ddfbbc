"""Everything that was counted beside everything that is known to be true."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import TruthError
from models.scoring import crossings, occupancy, tally
from models.scoring.boxes import MotRows
from models.scoring.counted import Counts
from models.scoring.matching import NEAR_S
from models.scoring.occupancy import ZoneScore
from models.scoring.tracking import TrackingScore, score_tracks
from models.scoring.truth import Truth
from models.scoring.types import Comparison, Crossing


@dataclass(frozen=True)
class Counted:
    """What was counted; None for what nobody gave.

    Attributes:
        tracks: Who was followed where.
        crossings: Every crossing with its moment.
        counts: The totals.
    """

    tracks: MotRows | None = None
    crossings: Sequence[Crossing] | None = None
    counts: Counts | None = None


@dataclass(frozen=True)
class Rules:
    """How to judge.

    Attributes:
        window_s: Length of a window in which errors may cancel.
        near_s: How far apart in time a true and a counted crossing may be and still be the same.
        least_visible: True boxes of which less can be seen do not count for tracking.
        python: The interpreter that has the tracking metrics; looked for where None.
    """

    window_s: float = crossings.WINDOW_S
    near_s: float = NEAR_S
    least_visible: float = 0.0
    python: Path | None = None


@dataclass(frozen=True)
class Score:
    """How good the counts are; None for what could not be judged.

    Attributes:
        truth: Who says what is true.
        tracking: How well objects were followed.
        crossings: How well crossings were counted.
        zones: How well occupancy was counted.
        unjudged: Crossings that were counted where the truth says nothing: another line, another class.
    """

    truth: str
    tracking: TrackingScore | None
    crossings: Comparison | None
    zones: tuple[ZoneScore, ...]
    unjudged: int


def judge(truth: Truth, counted: Counted, rules: Rules | None = None) -> Score:
    """Judge what can be judged of both.

    Args:
        truth: What is true.
        counted: What was counted.
        rules: How to judge; the usual where None.

    Returns:
        The score.

    Raises:
        TruthError: The truth speaks of lines at which nothing was counted.
        ScoringError: The library that scores tracks is missing, or failed.
    """
    rules = rules or Rules()
    if counted.counts:
        _check_lines(truth, counted.counts)
    tracking = None
    if truth.boxes is not None and counted.tracks is not None:
        tracking = score_tracks(
            truth.boxes, counted.tracks, python=rules.python, least_visible=rules.least_visible
        )
    comparison, unjudged = _crossings(truth, counted.crossings, rules)
    zones = occupancy.compare(truth.zones, counted.counts.zones) if counted.counts else ()
    return Score(truth.says, tracking, comparison, zones, unjudged)


def _check_lines(truth: Truth, counts: Counts) -> None:
    strange = sorted(truth.lines - set(counts.lines))
    if strange:
        raise TruthError(
            f"the truth speaks of line '{strange[0]}'; counted was at: {', '.join(counts.lines) or 'none'}",
            cure="Give the line the same name in both.",
        )


def _crossings(truth: Truth, counted: Sequence[Crossing] | None, rules: Rules) -> tuple[Comparison | None, int]:
    """The comparison, and how many crossings it leaves out."""
    if counted is None:
        return None, 0
    if truth.tally is not None:
        comparison = tally.compare(truth.tally, counted)
        return comparison, len(counted) - sum(cell.figures.counted for cell in comparison.cells)
    if truth.crossings is None:
        return None, len(counted)
    judged = [crossing for crossing in counted if (crossing.line, crossing.class_) in truth.judged]
    comparison = crossings.compare(
        truth.crossings,
        judged,
        window_s=rules.window_s,
        near_s=rules.near_s,
        duration_s=truth.duration_s,
        judged=truth.judged,
        visible=truth.visible,
    )
    return comparison, len(counted) - len(judged)
