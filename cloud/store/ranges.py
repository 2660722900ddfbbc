"""Sets of seqs kept as ranges: a day without a hole is one pair, not 1,440 numbers."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Range: TypeAlias = tuple[int, int]
"""First and last, both included."""


@dataclass(frozen=True)
class RangeSet:
    """A set of integers.

    Attributes:
        ranges: Ascending, none touching the next.
    """

    ranges: tuple[Range, ...] = ()

    def __contains__(self, seq: int) -> bool:
        at = bisect_right(self.ranges, seq, key=_first)
        return at > 0 and seq <= self.ranges[at - 1][1]

    def __len__(self) -> int:
        return sum(last - first + 1 for first, last in self.ranges)

    @property
    def highest(self) -> int:
        """The largest member; 0 where there is none."""
        return self.ranges[-1][1] if self.ranges else 0

    def union(self, ranges: Iterable[Range]) -> "RangeSet":
        """This set and all members of further ranges.

        Args:
            ranges: In any order, overlapping or not.
        """
        fresh = _joined(sorted(ranges))
        if not fresh:
            return self
        # What lies wholly before the first new range is untouched: appending to a long history stays cheap.
        at = bisect_right(self.ranges, fresh[0][0] - 2, key=_last)
        return RangeSet((*self.ranges[:at], *_joined(sorted((*self.ranges[at:], *fresh)))))

    def minus(self, other: "RangeSet") -> "RangeSet":
        """The members that are not in ``other``."""
        if not self.ranges or not other.ranges:
            return self
        left: list[Range] = []
        for first, last in self.ranges:
            left.extend(_cut(first, last, other.ranges))
        return RangeSet(tuple(left))

    def gaps(self) -> tuple[Range, ...]:
        """What is missing between 1 and the highest member."""
        return RangeSet(((1, self.highest),)).minus(self).ranges if self.ranges else ()


def ranges_of(seqs: Iterable[int]) -> list[Range]:
    """Numbers, in any order and perhaps repeated, as ranges.

    Example:
        >>> ranges_of([5, 1, 2, 3])
        [(1, 3), (5, 5)]
    """
    return _joined([(seq, seq) for seq in sorted(seqs)])


def _joined(ascending: Sequence[Range]) -> list[Range]:
    joined: list[Range] = []
    for first, last in ascending:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _cut(first: int, last: int, holes: Sequence[Range]) -> Iterable[Range]:
    at = max(0, bisect_right(holes, first, key=_first) - 1)
    while first <= last and at < len(holes) and holes[at][0] <= last:
        hole_first, hole_last = holes[at]
        if hole_last >= first:
            if first < hole_first:
                yield first, hole_first - 1
            first = hole_last + 1
        at += 1
    if first <= last:
        yield first, last


def _first(pair: Range) -> int:
    return pair[0]


def _last(pair: Range) -> int:
    return pair[1]
