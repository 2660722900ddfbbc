"""For how long a camera saw how well."""

from typing import Final

from cityedge.messages import SeeState

BLIND: Final[frozenset[SeeState]] = frozenset({"covered", "frozen", "offline"})
"""States in which nobody looks at the street: that time is not observed. In the others it is, but worse."""
GAP_S: Final = 2.0
"""Frames further apart than this leave a gap: the camera was offline in between."""

_NOTHING_S: Final = 1e-9


class Seen:
    """Adds up seconds by state; time without frames is in none of them.

    Attributes:
        seconds: By state.
    """

    def __init__(self) -> None:
        self.seconds: dict[SeeState, float] = {}

    @property
    def total_s(self) -> float:
        """For how long frames came."""
        return sum(self.seconds.values())

    @property
    def observed_s(self) -> float:
        """For how long frames came and showed the street."""
        return sum(seconds for state, seconds in self.seconds.items() if state not in BLIND)

    def add(self, state: SeeState, seconds: float) -> None:
        """Add some time, or take some back where it is negative."""
        total_s = self.seconds.get(state, 0.0) + seconds
        if total_s > _NOTHING_S:
            self.seconds[state] = total_s
        else:
            self.seconds.pop(state, None)

    def relabel(self, before: SeeState, after: SeeState, *, seconds: float) -> None:
        """Some time that was taken for one state turns out to have been another already.

        Args:
            before: What it was taken for.
            after: What it was.
            seconds: How much; at most what was taken for it is moved.
        """
        moved_s = min(seconds, self.seconds.get(before, 0.0))
        if moved_s > 0:
            self.add(before, -moved_s)
            self.add(after, moved_s)
