"""Truth and counts laid side by side, crossing by crossing: which agree, and why the others do not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

NEAR_S: Final = 2.0
"""A counted crossing is the same as a true one if it lies this near in time."""
HIDDEN: Final = 0.4
"""Who is visible by less than this share is hidden."""


@dataclass(frozen=True)
class Crossing:
    """One crossing, true or counted.

    Attributes:
        time_s: Scene time.
        line: The line's name.
        class_: The class's name.
        direction: ``in`` or ``out``.
        who: Number of the object (true) or of the track (counted).
    """

    time_s: float
    line: str
    class_: str
    direction: str
    who: int

    @classmethod
    def of(cls, row: Mapping[str, object], *, who: str) -> "Crossing":
        """From a row of the truth (``who="object"``) or of ``--crossings`` (``who="track"``)."""
        return cls(
            float(str(row["time_s"])),
            str(row["line"]),
            str(row["class"]),
            str(row["direction"]),
            int(str(row[who])),
        )


@dataclass(frozen=True)
class Difference:
    """A true crossing that was not counted as what it was, or a counted one that was none.

    Attributes:
        true: The true one; None where nothing crossed.
        counted: The counted one; None where nothing was counted.
        reason: Why, as far as the truth can tell.
        errors: By how much it makes the counts wrong: one class too few and another too many are two.
    """

    true: Crossing | None
    counted: Crossing | None
    reason: str
    errors: int


def differences(
    true: Sequence[Crossing], counted: Sequence[Crossing], *, visible: Mapping[Crossing, float]
) -> list[Difference]:
    """Where the counts are not the truth.

    Args:
        true: All true crossings.
        counted: All counted crossings.
        visible: The smallest share of the object that was visible near each true crossing, 0 to 1.

    Returns:
        Every difference, in order of time.
    """
    left_true, left_counted = _unmatched(true, counted)
    found = []
    for crossing in left_true:
        other = _nearest(crossing, [c for c in left_counted if _same_way(c, crossing)])
        if other is not None:
            left_counted.remove(other)
            found.append(Difference(crossing, other, f"counted as {other.class_}", 2))
        else:
            found.append(Difference(crossing, None, _why_missed(visible.get(crossing, 1.0)), 1))
    for crossing in left_counted:
        near = _nearest(crossing, [c for c in true if c.line == crossing.line and c.class_ == crossing.class_])
        reason = (
            "counted twice, or the other way" if near else "nothing crossed: another object took over its track"
        )
        found.append(Difference(None, crossing, reason, 1))
    return sorted(found, key=lambda d: (d.true or d.counted or Crossing(0, "", "", "", 0)).time_s)


def _unmatched(true: Sequence[Crossing], counted: Sequence[Crossing]) -> tuple[list[Crossing], list[Crossing]]:
    left = list(counted)
    missed = []
    for crossing in true:
        same = [c for c in left if c.class_ == crossing.class_ and _same_way(c, crossing)]
        match = _nearest(crossing, same)
        if match is None:
            missed.append(crossing)
        else:
            left.remove(match)
    return missed, left


def _same_way(one: Crossing, other: Crossing) -> bool:
    return one.line == other.line and one.direction == other.direction


def _nearest(crossing: Crossing, others: Sequence[Crossing]) -> Crossing | None:
    near = [other for other in others if abs(other.time_s - crossing.time_s) <= NEAR_S]
    return min(near, key=lambda other: abs(other.time_s - crossing.time_s), default=None)


def _why_missed(visible: float) -> str:
    if visible < HIDDEN:
        return f"hidden near the line: {visible:.0%} of it visible"
    return f"seen ({visible:.0%} visible) but not followed over the line"
