"""What is wrong with crossings that found no partner: missed, doubled, another class, the other way. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from models.scoring.types import Crossing, Difference, Kind

HIDDEN: Final = 0.4
"""Who is visible by less than this share is hidden."""
AGAIN_S: Final = 10.0
"""A track that is counted again at the same line within this time is counted twice."""

_Same = Callable[[Crossing, Crossing], bool]


def differences(
    missed: Sequence[Crossing],
    extra: Sequence[Crossing],
    *,
    true: Sequence[Crossing],
    counted: Sequence[Crossing],
    near_s: float,
    visible: Mapping[Crossing, float],
) -> list[Difference]:
    """Say what is wrong, one by one.

    Args:
        missed: True crossings without a partner.
        extra: Counted crossings without a partner.
        true: All true crossings.
        counted: All counted crossings.
        near_s: How far apart in time two may be and still be the same.
        visible: The smallest share of the object that could be seen near a true crossing, 0 to 1; those that
            are not there were in sight.

    Returns:
        Every difference, in order of time.
    """
    left_missed, left_extra = list(missed), list(extra)
    found: list[Difference] = []
    mistaken: tuple[tuple[Kind, _Same], ...] = (("wrong class", _another_class), ("wrong way", _another_way))
    for kind, same in mistaken:
        for crossing in list(left_missed):
            other = _nearest(crossing, [c for c in left_extra if same(crossing, c)], near_s)
            if other is not None:
                left_missed.remove(crossing)
                left_extra.remove(other)
                said = other.class_ if kind == "wrong class" else other.direction
                found.append(Difference(kind, crossing, other, f"counted as {said}", 2))
    found += [Difference("miss", c, None, _why_missed(visible.get(c)), 1) for c in left_missed]
    found += [_too_many(c, true=true, counted=counted, near_s=near_s) for c in left_extra]
    return sorted(found, key=lambda d: (d.crossing, d.kind))


def _another_class(one: Crossing, other: Crossing) -> bool:
    return one.line == other.line and one.direction == other.direction


def _another_way(one: Crossing, other: Crossing) -> bool:
    return one.line == other.line and one.class_ == other.class_


def _nearest(crossing: Crossing, others: Sequence[Crossing], near_s: float) -> Crossing | None:
    near = [other for other in others if abs(other.time_s - crossing.time_s) <= near_s]
    return min(near, key=lambda other: (abs(other.time_s - crossing.time_s), other), default=None)


def _why_missed(visible: float | None) -> str:
    if visible is None:
        return "not followed over the line"
    if visible < HIDDEN:
        return f"hidden near the line: {visible:.0%} of it visible"
    return f"seen ({visible:.0%} visible) but not followed over the line"


def _too_many(
    crossing: Crossing, *, true: Sequence[Crossing], counted: Sequence[Crossing], near_s: float
) -> Difference:
    again = [
        other
        for other in counted
        if other != crossing
        and (other.line, other.who) == (crossing.line, crossing.who)
        and abs(other.time_s - crossing.time_s) <= AGAIN_S
    ]
    if again:
        return Difference("double", None, crossing, f"track {crossing.who} was counted again", 1)
    if _nearest(crossing, [c for c in true if c.line == crossing.line], near_s):
        return Difference("double", None, crossing, "a second track where one object crossed", 1)
    return Difference("false", None, crossing, "nothing crossed here", 1)
