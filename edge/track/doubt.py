"""How far a measured box is to be believed, so that a bad one moves a track little.

A detector's box is good while the object stands free. Three signs tell that it is not: its score is low for its
class; the object is expected behind somebody nearer, so that the box is cut short or belongs to the other; and
two tracks lay claim to it. Each adds to the noise that the filter takes the box to have. That keeps position and
speed of whoever is passed by on their way until the two are apart again.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.track.association import Array, covered_shares

_BY_SCORE: Final = 1.0  # what a score below ``_CLEAR`` times its sure score adds, in proportion
_CLEAR: Final = 1.5
_BY_COVER: Final = 3.0  # what being covered altogether adds
_BY_CLAIM: Final = 1.0  # what another's claim adds …
_CLAIM_MARGIN: Final = 0.6  # … that costs no more than this above the pair's own cost
_SHORT: Final = 0.85  # a box below this share of the expected height lacks something
_TOP_LEVEL: Final = 0.15  # how far its upper edge may then be from the expected one, as a share of the height
_LEAST_COVER: Final = 0.15  # by how much the object must be covered for its feet to be what it lacks


def noise_factors(shares_of_sure: Array, behind: Array, claimed: NDArray[np.bool_]) -> Array:
    """How many times the usual noise some boxes have.

    Args:
        shares_of_sure: Their scores, divided by their classes' sure scores, shape (N,).
        behind: How much of each is covered by somebody nearer, 0 to 1, shape (N,).
        claimed: Which of them another track claims too, shape (N,).

    Returns:
        Shape (N,), from 1.
    """
    dim = np.maximum(_CLEAR - shares_of_sure, 0.0)
    return np.asarray(1.0 + _BY_SCORE * dim + _BY_COVER * behind + _BY_CLAIM * claimed)


def behind_shares(boxes: Array, others: Array) -> Array:
    """How much of each box is covered by the one that hides most of it and stands nearer.

    What stands nearer to the camera ends lower in the picture.

    Args:
        boxes: Shape (N, 4): left, top, right, bottom.
        others: Shape (M, 4), likewise; a box does not hide itself.

    Returns:
        Shape (N,), 0 to 1.
    """
    nearer = others[None, :, 3] > boxes[:, None, 3]
    return np.asarray((covered_shares(boxes, others) * nearer).max(axis=1, initial=0.0))


def claims(costs: Array, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which pairs' detections another track claims as well, at nearly the same cost.

    Args:
        costs: Of all pairs, shape (N, M).
        rows: The chosen pairs' tracks, shape (K,).
        columns: Their detections, shape (K,).

    Returns:
        Shape (K,).
    """
    own = costs[rows, columns]
    others = costs[:, columns]
    others[rows, np.arange(len(rows))] = np.inf
    return np.asarray(others.min(axis=0) - own < _CLAIM_MARGIN)


def with_feet(measured: Array, expected: Array, behind: Array) -> Array:
    """Give back their feet to those who are cut short by somebody in front of them.

    Somebody whose lower half is hidden gets a short box with the upper edge where it should be; taken as it is,
    its foot point would jump up, away from the camera.

    Args:
        measured: Shape (N, 4): foot x, foot y, width, height in pixels.
        expected: Likewise, as predicted.
        behind: How much of each is covered by somebody nearer, 0 to 1, shape (N,).

    Returns:
        ``measured``, foot and height as expected below the measured upper edge where the feet are hidden.
    """
    top, height = measured[:, 1] - measured[:, 3], expected[:, 3]
    level = np.abs(top - (expected[:, 1] - height)) < _TOP_LEVEL * height
    hidden = (behind > _LEAST_COVER) & (measured[:, 3] < _SHORT * height) & level
    whole = measured.copy()
    whole[hidden, 1], whole[hidden, 3] = (top + height)[hidden], height[hidden]
    return whole
