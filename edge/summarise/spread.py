"""How values spread: what a summary and the total of a recording both say of dwell times and speeds."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from edge.summarise.percentile import percentile


@dataclass(frozen=True)
class DwellSpread:
    """How long visits were, in seconds; all None where none ended."""

    p50_s: float | None
    p90_s: float | None
    max_s: float | None


@dataclass(frozen=True)
class SpeedSpread:
    """How fast somebody was, in metres per second, and of how many readings."""

    mean_mps: float
    p85_mps: float
    count: int


def dwell_spread(dwells_s: Sequence[float]) -> DwellSpread:
    """The spread of dwell times, rounded to a hundredth of a second.

    Args:
        dwells_s: In any order; may be empty.

    Returns:
        Their spread.
    """
    if not dwells_s:
        return DwellSpread(None, None, None)
    ordered = sorted(dwells_s)
    figures = statistics.median(ordered), percentile(ordered, 0.9), ordered[-1]
    return DwellSpread(*(round(figure, 2) for figure in figures))


def speed_spread(readings_mps: Sequence[float]) -> SpeedSpread:
    """The spread of speeds, rounded to a millimetre per second.

    Args:
        readings_mps: One or more, in any order.

    Returns:
        Their spread.
    """
    ordered = sorted(readings_mps)
    return SpeedSpread(round(statistics.fmean(ordered), 3), round(percentile(ordered, 0.85), 3), len(ordered))
