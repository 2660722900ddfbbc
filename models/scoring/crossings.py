"""Counted crossings beside true ones: paired in time, counted by window, explained one by one. Pure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from models.scoring.differences import differences
from models.scoring.matching import NEAR_S, pair
from models.scoring.types import Comparison, Crossing
from models.scoring.windows import DIRECTIONS, Slot, comparison

WINDOW_S: Final = 60.0


def compare(
    true: Sequence[Crossing],
    counted: Sequence[Crossing],
    *,
    window_s: float = WINDOW_S,
    near_s: float = NEAR_S,
    duration_s: float = 0.0,
    judged: Iterable[tuple[str, str]] = (),
    visible: Mapping[Crossing, float] | None = None,
) -> Comparison:
    """Compare crossings.

    A counted crossing that is paired with a true one is in the true one's window: a tenth of a second over a
    window's end is not an error. All others are where their own time says.

    Args:
        true: All true crossings.
        counted: All counted ones.
        window_s: Length of a window; the first begins at 0.
        near_s: How far apart in time a true and a counted crossing may be and still be the same.
        duration_s: Length of the recording, where windows shall reach to its end though nothing happens there.
        judged: Lines and classes to list though nothing crossed.
        visible: The smallest share of the object that could be seen near a true crossing, 0 to 1.

    Returns:
        The comparison.

    Raises:
        ValueError: A window has no length.
    """
    if window_s <= 0:
        raise ValueError(f"a window has a length; got {window_s:g} s")
    pairs, missed, extra = pair(true, counted, near_s=near_s)
    slots = Counter(_slot(crossing, window_s) for crossing in true)
    found = Counter([_slot(mine, window_s) for mine, _ in pairs] + [_slot(other, window_s) for other in extra])
    listed = {Slot(0, line, class_, way): 0 for line, class_ in judged for way in DIRECTIONS}
    last_s = max([duration_s, *(crossing.time_s for crossing in (*true, *counted))])
    number = max([math.ceil(duration_s / window_s), *(slot.window + 1 for slot in (*slots, *found))])
    return comparison(
        {**listed, **slots},
        found,
        windows=[
            (index * window_s, min((index + 1) * window_s, max(last_s, index * window_s)))
            for index in range(number)
        ],
        differences=differences(missed, extra, true=true, counted=counted, near_s=near_s, visible=visible or {}),
    )


def _slot(crossing: Crossing, window_s: float) -> Slot:
    return Slot(int(crossing.time_s // window_s), crossing.line, crossing.class_, crossing.direction)
