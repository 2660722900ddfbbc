"""Percentiles, by linear interpolation between the two nearest ranks."""

from collections.abc import Sequence


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which a share of all values lies.

    Args:
        ordered: One value or more, rising.
        share: 0 to 1; 0.5 is the median.

    Returns:
        Interpolated between the two values nearest to it: 0.85 of ``[10, 20]`` is 18.5.
    """
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])
