"""Moved: the camera looks elsewhere than when its reference was made, so that its lines and zones lie wrong.

The measure is how far the corner of the picture that moved most has moved, from the alignment of coarse edges; see
:mod:`edge.see.alignment`. Edges are taken by their direction alone, so that light and shade, day and night, rain
and blur matter little, and averaged over some seconds, so that people and vehicles do. Measured, in shares of the
picture's width: 0.003 at most on the plaza; 0.009 on simulated streets by day, by night, in rain and on a swinging
mast, and 0.03 for a moment when a queue of headlights passes; a shift of 4 % gives 0.038, a turn of 3° 0.031, a
zoom of 1.1 0.064. Moved is 0.025.

A camera that was turned by more than a sixth of its picture finds nothing again. It counts as moved where no
block is like what should be there, though edges are sharp and there is light.
"""

from typing import Final

import numpy as np

from edge.see.alignment import Alignment, align
from edge.see.hysteresis import Bounds
from edge.see.planes import Flags, Floats
from edge.see.structure import seen_structure

BOUNDS: Final = Bounds(enter=0.025, leave=0.015)
"""Share of the picture's width."""
STRANGE: Final = Bounds(enter=0.2, leave=0.35)
"""Likeness of the middle block."""
LEAST_AGREEING: Final = 0.25
"""Share of the blocks that must agree on how it moved."""

_EVERY_S: Final = 1.0
_AVERAGED_S: Final = 2.0


class Aim:
    """Compares where one camera looks with where it should look.

    Args:
        seen: Which cells are not masked, shape (12, 16).
    """

    def __init__(self, seen: Flags) -> None:
        self._seen = seen_structure(seen)
        self._average: Floats | None = None
        self._due_s = float("-inf")
        self._alignment: Alignment | None = None

    def look(self, structure: Floats, reference: Floats, time_s: float) -> Alignment | None:
        """Take in a picture; about one a second is looked at, as nobody moves a camera faster than that matters.

        Args:
            structure: Of the picture, shape (2, 24, 32).
            reference: Of the reference, same shape.
            time_s: Scene time.

        Returns:
            How the pictures of the last seconds lie upon the reference; None where that cannot be told.
        """
        if time_s < self._due_s:
            return self._alignment
        self._due_s = time_s + _EVERY_S
        # By its own strength: else a picture full of edges would outweigh for long the dull one that follows.
        even = np.asarray(structure / (np.sqrt(np.mean(structure**2)) + 1.0), np.float32)
        if self._average is None:
            self._average = even
        else:
            self._average += (even - self._average) * np.float32(_EVERY_S / _AVERAGED_S)
        self._alignment = align(reference, self._average, self._seen)
        return self._alignment

    def forget(self) -> None:
        """Nothing could be seen, or scene time begins anew: earlier pictures do not count."""
        self._average = self._alignment = None
        self._due_s = float("-inf")
