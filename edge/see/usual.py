"""What a camera usually shows: light and detail of ten minutes, so that dusk and weather are usual soon."""

from typing import Final

import numpy as np

from edge.see.planes import Floats

_MEMORY_S: Final = 600.0
_LEAST_S: Final = 10.0
"""After so long in which it saw well, what it shows counts as usual."""


class Usual:
    """Averages the light and the detail of pictures in which all is well."""

    def __init__(self) -> None:
        self._detail: Floats | None = None
        self._brightness = 0.0
        self._known_s = 0.0
        self._last_s: float | None = None

    def detail(self, brightness: float) -> Floats | None:
        """What detail can be expected.

        Args:
            brightness: Of the brightest parts of the picture. Where the lamps go out, detail fades with them.

        Returns:
            Of every cell, shape (12, 16); None while it is not known for long enough.
        """
        if self._detail is None or self._known_s < _LEAST_S:
            return None
        return np.asarray(self._detail * min(1.0, brightness / max(1.0, self._brightness)), np.float32)

    def add(self, detail: Floats, brightness: float, time_s: float) -> None:
        """Take in a picture in which all is well.

        Args:
            detail: Shape (12, 16).
            brightness: Of its brightest parts, 0 to 255.
            time_s: Scene time.
        """
        passed_s = 0.0 if self._last_s is None else time_s - self._last_s
        self._last_s = time_s
        self._known_s = min(_MEMORY_S, self._known_s + passed_s)
        if self._detail is None:
            self._detail, self._brightness = detail, brightness
        elif passed_s > 0:
            share = min(1.0, passed_s / self._known_s)
            self._detail = np.asarray(self._detail + share * (detail - self._detail), np.float32)
            self._brightness += share * (brightness - self._brightness)

    def pause(self) -> None:
        """It does not see well just now, or scene time begins anew: that time does not count."""
        self._last_s = None
