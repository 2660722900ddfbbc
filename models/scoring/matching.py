"""Which counted crossing is which true one: as many pairs as can be, and of these the nearest in time. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, TypeAlias

from models.scoring.types import Crossing

NEAR_S: Final = 2.0
"""A counted crossing may be a true one if it lies this near in time."""

Pair: TypeAlias = tuple[Crossing, Crossing]
_Best: TypeAlias = tuple[int, float]  # pairs, and minus their distance in time: greater is better

_ROUNDING_S: Final = 1e-6


def pair(
    true: Sequence[Crossing], counted: Sequence[Crossing], *, near_s: float = NEAR_S
) -> tuple[list[Pair], list[Crossing], list[Crossing]]:
    """Pair what is the same: line, class, direction, and near in time.

    Args:
        true: True crossings, in any order.
        counted: Counted ones.
        near_s: How far apart in time the two of a pair may be.

    Returns:
        The pairs (true, counted), the true ones that are left, and the counted ones that are left.
    """
    pairs: list[Pair] = []
    for key in sorted({_what(crossing) for crossing in (*true, *counted)}):
        alike = [sorted(c for c in side if _what(c) == key) for side in (true, counted)]
        pairs += _Search(alike[0], alike[1], near_s).pairs()
    return pairs, _without(true, [a for a, _ in pairs]), _without(counted, [b for _, b in pairs])


def _what(crossing: Crossing) -> tuple[str, str, str]:
    return crossing.line, crossing.class_, crossing.direction


def _without(crossings: Sequence[Crossing], taken: Sequence[Crossing]) -> list[Crossing]:
    left = sorted(crossings)
    for crossing in taken:
        left.remove(crossing)
    return left


class _Search:
    """The best pairs of crossings that are alike, by looking only at those that are near in time.

    Some best choice never swaps two, so both sides are walked in order of time: the best from the i-th true and
    the j-th counted one on is found from those that begin later.

    Args:
        true: In order of time.
        counted: In order of time.
        near_s: How far apart in time the two of a pair may be.
    """

    def __init__(self, true: Sequence[Crossing], counted: Sequence[Crossing], near_s: float) -> None:
        self._true, self._counted, self._near_s = true, counted, near_s
        times_s = [crossing.time_s for crossing in counted]
        reach_s = near_s + _ROUNDING_S
        self._spans = [
            (bisect_left(times_s, crossing.time_s - reach_s), bisect_right(times_s, crossing.time_s + reach_s))
            for crossing in true
        ]
        self._rows: list[list[_Best]] = [[(0, 0.0)] * (high - low) for low, high in self._spans]
        for i in range(len(true) - 1, -1, -1):
            low, high = self._spans[i]
            for j in range(high - 1, low - 1, -1):
                self._rows[i][j - low] = max(self._at(i + 1, j), self._at(i, j + 1), self._paired(i, j))

    def pairs(self) -> list[Pair]:
        """The best pairs, in order of time."""
        pairs, i, j = [], 0, 0
        while i < len(self._true) and j < len(self._counted):
            best = self._at(i, j)
            if best == self._at(i + 1, j):
                i += 1
            elif best == self._at(i, j + 1):
                j += 1
            else:
                pairs.append((self._true[i], self._counted[j]))
                i, j = i + 1, j + 1
        return pairs

    def _paired(self, i: int, j: int) -> _Best:
        apart_s = abs(self._true[i].time_s - self._counted[j].time_s)
        if apart_s > self._near_s:
            return 0, 0.0
        pairs, nearness = self._at(i + 1, j + 1)
        return pairs + 1, nearness - apart_s

    def _at(self, i: int, j: int) -> _Best:
        """The best from the i-th true one and the j-th counted one on."""
        while i < len(self._spans):
            low, high = self._spans[i]
            if low < high and j < high:
                return self._rows[i][max(j, low) - low]
            i += 1  # nobody who is left on the other side is near this one
        return 0, 0.0
