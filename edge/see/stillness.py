"""Frozen: time goes on, but the picture does not.

A living camera's picture stirs, even where nobody moves: its sensor is noisy. A frozen one is the same again and
again; if it is encoded anew, the encoder adds small changes of its own whenever it sends a whole picture, every
few seconds. So a picture is still while no cell's mean leaves the one at the beginning by more than two levels
(encoders: 1.5 at most in what was measured), and silent while next to no pixel changes from look to look, except
for those moments.

A quiet street at night whose noise the encoder smooths away looks exactly like that too, for as long as nobody
passes. Nothing in the pictures tells the two apart but time, and what this camera usually does: one that was
hardly ever silent in the last minutes is frozen after 12 s. One that often is must be so for two minutes; or for
one, if not a single pixel changes in it, since encoders refresh the picture more often than that.
"""

from collections import deque
from typing import Final

import numpy as np

from edge.see.planes import Floats, Plane, cell_mean

LIVELY_S: Final = 12.0
"""Longer than the 10 s after which encoders at the latest send a whole picture, by their common settings."""
SAME_S: Final = 60.0
SILENT_S: Final = 120.0

_MOST_DRIFT: Final = 2.0
"""Grey levels, of a cell's mean."""
_SILENT: Final = 0.0005
"""Share of pixels that change by more than a level from look to look: 38 of them."""
_MOSTLY: Final = 0.3
"""Share of the looks of the last seconds that must be silent: encoders that refresh every second disturb half."""
_RECENT_S: Final = 2.0
_RARELY: Final = 0.02
"""Share of looks that are silent in a camera that is hardly ever silent: 12 s in ten minutes."""
_LAG_S: Final = 15.0
"""What is usual is taken from before a still time, which takes its first seconds to be known for one."""
_MEMORY_S: Final = 600.0
_LEAST_MEMORY_S: Final = 30.0


class Stillness:
    """Watches one camera's picture for life.

    Args:
        silence: How often it was silent when the reference was made, 0 to 1; None where that is not known.
    """

    def __init__(self, silence: float | None) -> None:
        self._silence = 0.0 if silence is None else silence
        self._remembered_s = 0.0 if silence is None else _LEAST_MEMORY_S
        self._waiting: deque[tuple[float, bool]] = deque()
        self._waiting_s = 0.0
        self._last: Plane | None = None
        self._last_s = 0.0
        self._begin_s = 0.0
        self._means: Floats | None = None
        self._lively = False
        self._recently = 0.0
        self._same = True

    @property
    def silence(self) -> float:
        """In what share of the looks of ten minutes, up to some seconds ago, next to nothing stirred."""
        return self._silence

    def look(self, fine: Plane, time_s: float) -> float | None:
        """Take in a picture.

        Args:
            fine: uint8, shape (240, 320).
            time_s: Scene time, after that of the look before.

        Returns:
            Since when it is frozen, scene time; None where it lives.
        """
        last, self._last = self._last, fine
        means = cell_mean(fine)
        if last is None or self._means is None:
            self._begin(means, time_s)
            return None
        changes = np.abs(fine.astype(np.int16) - last)
        silent = bool(np.count_nonzero(changes > 1) <= _SILENT * fine.size)
        self._remember(silent, time_s)
        stirs = not silent and self._recently < _MOSTLY
        if stirs or np.abs(means - self._means).max() > _MOST_DRIFT:
            self._begin(means, time_s)
            return None
        self._same = self._same and not changes.any()
        return self._begin_s if time_s - self._begin_s >= self._patience_s() else None

    def restart(self) -> None:
        """Scene time begins anew; what is usual for the camera stays known."""
        self._last = self._means = None
        self._recently = 0.0

    def _begin(self, means: Floats, time_s: float) -> None:
        self._means, self._begin_s, self._last_s = means, time_s, time_s
        self._same = True
        self._lively = self._remembered_s >= _LEAST_MEMORY_S and self._silence <= _RARELY

    def _patience_s(self) -> float:
        if self._lively:
            return LIVELY_S
        return SAME_S if self._same else SILENT_S

    def _remember(self, silent: bool, time_s: float) -> None:  # noqa: FBT001 - a datum
        passed_s = max(0.0, time_s - self._last_s)
        self._last_s = time_s
        self._recently += (silent - self._recently) * min(1.0, passed_s / _RECENT_S)
        self._waiting.append((passed_s, silent))
        self._waiting_s += passed_s
        while self._waiting_s > _LAG_S:
            old_s, was_silent = self._waiting.popleft()
            self._waiting_s -= old_s
            self._remembered_s = min(_MEMORY_S, self._remembered_s + old_s)
            self._silence += (was_silent - self._silence) * min(1.0, old_s / self._remembered_s)
