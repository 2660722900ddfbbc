"""Something that is believed when it has lasted for a while, and is over when it has not been for a while."""

from typing import Final

SLACK_S: Final = 1.0
"""Before it is believed, an interruption that is shorter does not count: one missed person ends no crowd."""


class Latch:
    """A yes or no that does not flap.

    Args:
        after_s: For how long it must be so, to be believed; 0: at once.
        clear_s: For how long it must not be so, without a break, to be over.

    Attributes:
        on: Whether it is believed.
    """

    def __init__(self, *, after_s: float, clear_s: float) -> None:
        self.on = False
        self._after_s = after_s
        self._clear_s = clear_s
        self._since_s: float | None = None
        self._last_s = 0.0

    def update(self, *, so: bool, time_s: float) -> bool:
        """Take in one frame.

        Args:
            so: Whether it is so in this frame.
            time_s: When it was seen, in scene time.

        Returns:
            Whether belief has changed; :attr:`on` says to what.
        """
        if so == self.on:
            self._agree(time_s)
            return False
        if self._since_s is None:
            self._since_s = time_s
        self._last_s = time_s
        if time_s - self._since_s < (self._clear_s if self.on else self._after_s):
            return False
        self.on, self._since_s = so, None
        return True

    def _agree(self, time_s: float) -> None:
        """What is seen is what is believed: a change that was under way is off, or merely interrupted."""
        if self.on or time_s - self._last_s >= SLACK_S:
            self._since_s = None
