"""The structure of a picture: which way its edges run, in coarse cells; this is how the eye knows its view."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from edge.see.planes import Flags, Floats, Plane, gradients
from edge.see.reference import STRUCTURE_COLUMNS, STRUCTURE_ROWS

_SOFT: Final = 400.0
"""Square of the gradient (five levels from pixel to pixel) below which an edge counts little: noise."""
_UNIT: Final = 4.0
"""Of the numbers in a reference: cells reach 100 to 300, and few go further."""
_MOST: Final = 127


def structure_of(half: Plane) -> Floats:
    """Which way edges run.

    Args:
        half: uint8, shape (120, 160).

    Returns:
        Shape (2, 24, 32): per cell, strength times the cosine and the sine of twice the angle, averaged. Twice,
        so that an edge counts the same whichever of its sides is the brighter; noise, which has no direction,
        averages out.
    """
    across, down = gradients(half)
    strength = 1.0 / np.sqrt(across * across + down * down + _SOFT)
    cosine = (across * across - down * down) * strength
    sine = 2.0 * across * down * strength
    return np.stack([_cells(cosine), _cells(sine)])


def seen_structure(seen: Flags) -> Flags:
    """The cells of the structure that lie in cells that are not masked.

    Args:
        seen: Shape (12, 16).

    Returns:
        Shape (24, 32).
    """
    return seen.repeat(STRUCTURE_ROWS // seen.shape[0], axis=0).repeat(STRUCTURE_COLUMNS // seen.shape[1], axis=1)


def packed(structure: Floats) -> tuple[int, ...]:
    """A structure as a reference holds it: coarsely rounded.

    Args:
        structure: Shape (2, 24, 32).
    """
    return tuple(int(value) for value in np.clip(np.round(structure / _UNIT), -_MOST, _MOST).ravel())


def unpacked(numbers: tuple[int, ...]) -> Floats:
    """The structure that a reference holds.

    Args:
        numbers: From :func:`packed`.

    Returns:
        Shape (2, 24, 32).
    """
    return np.array(numbers, np.float32).reshape(2, STRUCTURE_ROWS, STRUCTURE_COLUMNS) * np.float32(_UNIT)


def _cells(values: NDArray[np.floating]) -> Floats:
    height, width = values.shape
    rows = values.reshape(STRUCTURE_ROWS, height // STRUCTURE_ROWS, width).mean(1)
    return np.asarray(rows.reshape(STRUCTURE_ROWS, STRUCTURE_COLUMNS, -1).mean(2), np.float32)
