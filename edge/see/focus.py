"""Defocused: edges that used to be steep have become flat, in the whole picture.

The measure is sharpness: in every cell that has a strong edge, the steepest difference between neighbouring
pixels, over the steepest between neighbouring spots of the same cell seen coarsely; then the middle one of
these figures. Light and contrast raise both alike, so night and rain change little (measured: plaza 1.2;
simulated street 1.4 by day, 1.0 by night, 1.3 in rain), and a wall, which has no strong edge, has no say. The
clock that many cameras write into the picture is always sharp, but it lies in few cells. On the plaza, a blur
of two pixels (of 416 across) leaves 0.42 and one of four 0.32, while one of a single pixel leaves 0.66.

The camera is compared with itself, as cameras differ: half of the reference's sharpness is defocused. Without a
reference only what no lens in focus would give is called so.
"""

from typing import Final

import numpy as np

from edge.see.hysteresis import Bounds
from edge.see.planes import Flags, Planes, cell_max, steepness

BOUNDS: Final = Bounds(enter=0.5, leave=0.65)
"""Of the reference's sharpness."""
BOUNDS_ALONE: Final = Bounds(enter=0.38, leave=0.45)
"""Of sharpness itself, where there is no reference."""
_STRONG: Final = 16.0
"""Grey levels from spot to spot: over it, the noise of a night (5 levels) does not matter."""
_LEAST_CELLS: Final = 8


def sharpness_of(planes: Planes, seen: Flags) -> float | None:
    """How steep the strong edges of the picture are.

    Args:
        planes: Of the picture.
        seen: Which cells are not masked, shape (12, 16).

    Returns:
        About 1 where it is in focus; None where there are too few strong edges to tell.
    """
    coarsely = cell_max(steepness(planes.coarse))
    strong = (coarsely >= _STRONG) & seen
    if np.count_nonzero(strong) < _LEAST_CELLS:
        return None
    finely = cell_max(steepness(planes.fine))
    return float(np.median(finely[strong] / coarsely[strong]))
