"""Covered: what there was to see in most of the picture is gone, though it is not dark.

The measure is detail: how much neighbouring spots of a cell differ, a spot being a mean over 25 pixels, so that
noise counts little. A cell that had detail has lost it where less than a third of the usual is left. Usual is
what it had in the last ten minutes, so that dusk, fog and rain, which come slowly, are usual soon; and where the
cell is lit well, a fifth of the reference is asked for too, so that paint or snow that come slowly are noticed.
Where the light goes, less detail is usual. After a restart, until ten seconds are known, lit cells alone are
judged: in the dark, detail may be missing for lack of light.

Covered is where three cells in five have lost their detail: hand, bag and paint leave less than half of the
picture; a bus near the camera has windows, doors and writing, and leaves again within the time that a cover must
last. A lens that is covered by less than that still counts what it sees in the rest.

Cloth and plastic have folds, so they have detail of their own. So near the lens they are never sharp: where
nothing is where it should be (see :mod:`edge.see.aim`) and no edge is sharp either, the lens is covered too.
"""

from typing import Final

import numpy as np

from edge.see.hysteresis import Bounds
from edge.see.planes import Flags, Floats, Plane, cell_mean, steepness

BOUNDS: Final = Bounds(enter=0.6, leave=0.45)
LEAST_CONFIRM_S: Final = 8.0
"""A bus that stops in front of the camera for five seconds is none."""

_DETAILED: Final = 3.0
"""Grey levels from spot to spot; less is a wall, a sky or noise."""
_LEAST_CELLS: Final = 0.1
"""Of the picture: a street always has so much of it that is no wall and no sky."""
_OF_USUAL: Final = 0.33
_OF_REFERENCE: Final = 0.2
_LIT: Final = 40.0
"""Mean grey level from which a cell shows its detail if it has any."""


def detail_of(coarse: Plane) -> Floats:
    """How much there is to see in every cell.

    Args:
        coarse: uint8, shape (60, 80).

    Returns:
        Mean difference from spot to spot, grey levels, shape (12, 16).
    """
    return cell_mean(steepness(coarse))


def lost_share(
    detail: Floats, coarse: Plane, *, seen: Flags, usual: Floats | None, reference: Floats | None
) -> float:
    """How much of what there was to see is gone.

    Args:
        detail: Of this picture, from :func:`detail_of`.
        coarse: Of this picture, uint8, shape (60, 80).
        seen: Which cells are not masked, shape (12, 16).
        usual: Detail of the last minutes; None where they are not known yet.
        reference: Detail of the reference; None where there is none.

    Returns:
        Of the cells that had detail, the share that has lost it, 0 to 1; where nothing is known of the past, 1 if
        there is no street to be seen and else 0.
    """
    known = reference if usual is None else usual
    if known is None:
        return float(not has_detail(detail, seen))
    lost = np.zeros(detail.shape, np.bool_)
    if usual is not None:
        lost |= detail < _OF_USUAL * usual
    if reference is not None:
        lost |= (detail < _OF_REFERENCE * reference) & (cell_mean(coarse) >= _LIT)
    detailed = (known >= _DETAILED) & seen
    return float(lost[detailed].mean()) if detailed.any() else 0.0


def has_detail(detail: Floats, seen: Flags) -> bool:
    """Whether there is a street to be seen, rather than a lid.

    Args:
        detail: From :func:`detail_of`.
        seen: Which cells are not masked, shape (12, 16).
    """
    return not seen.any() or float((detail[seen] >= _DETAILED).mean()) >= _LEAST_CELLS
