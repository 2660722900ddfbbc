"""Faults: which of a camera's faults are in force at a moment, and how strongly."""

import math
from collections.abc import Iterable, Sequence

from simulators.street.conditions import AnyFault, Dark, Defocused, Frozen


def in_force(faults: Iterable[AnyFault], time_s: float) -> list[AnyFault]:
    """Find the faults of a moment.

    Args:
        faults: All of them.
        time_s: Scene time.

    Returns:
        Those that have begun and not ended, in their order.
    """
    return [fault for fault in faults if fault.from_s <= time_s < fault.to_s]


def strength(fault: Dark | Defocused, time_s: float) -> float:
    """Find out how far a fault that comes gradually has come.

    Args:
        fault: In force.
        time_s: Scene time.

    Returns:
        0 where it begins or ends, 1 where it is in full force.
    """
    if not fault.ramp_s:
        return 1.0
    return max(0.0, min(1.0, (time_s - fault.from_s) / fault.ramp_s, (fault.to_s - time_s) / fault.ramp_s))


def shown_index(faults: Sequence[AnyFault], index: int, fps: float) -> int:
    """Find out which frame a camera shows in the place of a frame.

    Args:
        faults: All of them.
        index: The frame that is due, from 0.
        fps: Frames per second.

    Returns:
        The last frame before the picture froze, the first one where it was frozen from the beginning; the frame
        that is due where it is not frozen.
    """
    while index > 0:
        frozen = [fault for fault in in_force(faults, index / fps) if isinstance(fault, Frozen)]
        if not frozen:
            break
        index = max(0, min(index, math.ceil(frozen[0].from_s * fps)) - 1)
    return index
