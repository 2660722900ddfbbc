"""Learns a camera's reference from half a minute in which it sees well."""

from typing import Final

import numpy as np

from edge.see.planes import Floats
from edge.see.reference import Reference
from edge.see.structure import packed

LEARN_S: Final = 30.0
_EVERY_S: Final = 0.5
_LEAST: Final = 10
"""Samples of which a median can be trusted to leave passers-by out."""
_MOST: Final = 1200


class Learner:
    """Gathers what is usual, and says when it is enough.

    Args:
        learn_s: How long, scene time in which the camera saw well.
    """

    def __init__(self, learn_s: float = LEARN_S) -> None:
        self._learn_s = learn_s
        self._samples: list[tuple[Floats, Floats, float | None]] = []
        self._gathered_s = 0.0
        self._last_s: float | None = None

    def due(self, time_s: float) -> bool:
        """Whether it wants a sample."""
        return self._last_s is None or time_s - self._last_s >= _EVERY_S

    def add(self, structure: Floats, detail: Floats, sharpness: float | None, time_s: float) -> None:
        """Take in a picture in which all is well.

        Args:
            structure: Shape (2, 24, 32).
            detail: Shape (12, 16).
            sharpness: None where it could not be told.
            time_s: Scene time.
        """
        if self._last_s is not None:
            self._gathered_s += time_s - self._last_s
        self._last_s = time_s
        if len(self._samples) < _MOST:
            self._samples.append((structure, detail, sharpness))

    def pause(self) -> None:
        """It does not see well just now, or scene time begins anew."""
        self._last_s = None

    def reference(self, silence: float) -> Reference | None:
        """What was learnt.

        Args:
            silence: How often the camera was silent meanwhile.

        Returns:
            The reference; None where it takes more time.
        """
        if self._gathered_s < self._learn_s or len(self._samples) < _LEAST:
            return None
        structures, details, sharpnesses = zip(*self._samples, strict=True)
        known = [value for value in sharpnesses if value is not None]
        detail = np.round(np.median(details, axis=0), 1).ravel()
        return Reference(
            structure=packed(np.asarray(np.median(structures, axis=0), np.float32)),
            detail=tuple(float(value) for value in detail),
            sharpness=round(float(np.median(known)), 3) if len(known) > len(self._samples) / 2 else 0.0,
            silence=round(silence, 4),
            learnt_s=round(self._gathered_s, 1),
        )
