"""How long to wait before the next attempt at something that failed: longer every time, and never in step."""

import random

_MOST_DOUBLINGS = 62
"""Beyond this a float's power is of no use to anybody: every bound was reached long before."""


class Backoff:
    """Exponential back-off with equal jitter: half of each delay is fixed, half is chance.

    The fixed half keeps a failing peer from being hammered; the chance keeps a fleet that lost its broker at
    one moment from coming back at one moment. Not thread-safe: it belongs to the loop that waits.

    Args:
        first_s: The bound of the first delay, over 0.
        most_s: The bound that delays grow to, not under ``first_s``.
        rng: Where the chance comes from; seeded in tests.

    Raises:
        ValueError: The bounds make no sense.
    """

    def __init__(self, *, first_s: float = 1.0, most_s: float = 30.0, rng: random.Random) -> None:
        if not 0.0 < first_s <= most_s:
            raise ValueError(f"needs 0 < first_s <= most_s, got {first_s:g} and {most_s:g}")
        self._first_s = first_s
        self._most_s = most_s
        self._rng = rng
        self._failures = 0

    def next_s(self) -> float:
        """Seconds to wait before the next attempt, after one more failure.

        Returns:
            From half of ``min(most_s, first_s * 2**n)`` up to all of it; n is the failures before this.
        """
        bound_s = min(self._most_s, self._first_s * 2.0 ** min(self._failures, _MOST_DOUBLINGS))
        self._failures += 1
        return bound_s * (0.5 + 0.5 * self._rng.random())

    def reset(self) -> None:
        """It worked: the next delay is a first one again."""
        self._failures = 0
