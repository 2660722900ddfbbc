"""The Unix time of monotonic moments, for stamping what was captured."""

from edge.errors import SourceEndedError

_STEP_S = 0.5
"""Both clocks are read one after the other, and a busy machine may pause between: that is no step."""


class WallTime:
    """Tells the Unix time of monotonic moments, without running backwards and without following jitter.

    Args:
        label: The source whose frames are stamped, for the error.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self._offset_s: float | None = None

    def unix_s(self, moment_s: float, *, now_s: float, now_unix_s: float) -> float:
        """The Unix time of a monotonic moment.

        Args:
            moment_s: The moment, on the gateway's monotonic clock.
            now_s: What that clock says now.
            now_unix_s: What the time of day is now, as Unix time.

        Returns:
            Unix time. Where the time of day was set forward, the step is followed.

        Raises:
            SourceEndedError: The time of day was set back. To follow would be to live an hour twice within
                one opening, and not to follow would be to stay wrong for as long as the camera runs.
        """
        offset_s = now_unix_s - now_s
        if self._offset_s is None or offset_s > self._offset_s + _STEP_S:
            self._offset_s = offset_s
        elif offset_s < self._offset_s - _STEP_S:
            raise SourceEndedError(
                f"source {self._label}: the clock of this machine was set back"
                f" by {self._offset_s - offset_s:.1f} s",
                cure="Nothing needs to be done: the source is opened again",
            )
        return moment_s + self._offset_s
