"""The scene time and the capture time of a live source's frames, from its timestamps and their arrivals."""

from edge.capture.stamp import Stamp

_BELIEVED_S = 10.0
"""How far a camera's timestamps may stray from the arrivals before they count as nonsense."""
_CREEP = 0.001
"""How fast the least delay is forgotten: over 100 times the drift of a bad crystal, and yet 1 s in 17 min."""
_LEAST_STEP_S = 0.001


class LiveTime:
    """Turns timestamps and arrivals into times that can be counted with.

    A network delivers in bursts; a camera's timestamps do not, but their zero is anywhere, they drift, and
    some jump. So steps are taken from the timestamps while they agree with the arrivals, and the offset
    between both is the least delay seen, slowly forgotten. Pure: it reads no clock.
    """

    def __init__(self) -> None:
        self._last: tuple[float | None, float] | None = None  # timestamp and arrival of the frame before
        self._time_s = 0.0
        self._offset_s = 0.0

    def stamp(self, *, pts_s: float | None, arrived_s: float) -> Stamp:
        """The times of the next frame.

        Args:
            pts_s: Its presentation timestamp in seconds, on the camera's scale; ``None`` where it has none.
            arrived_s: When it arrived, on the gateway's monotonic clock.

        Returns:
            ``time_s`` greater, ``captured_s`` not smaller than for the frame before.
        """
        if self._last is None:
            self._offset_s = arrived_s
        else:
            last_pts_s, last_arrived_s = self._last
            self._time_s = self._following(pts_s, last_pts_s, arrived_s)
            forgotten_s = _CREEP * (arrived_s - last_arrived_s)
            self._offset_s = min(self._offset_s + forgotten_s, arrived_s - self._time_s)
        self._last = pts_s, arrived_s
        return Stamp(time_s=self._time_s, captured_s=self._time_s + self._offset_s)

    def _following(self, pts_s: float | None, last_pts_s: float | None, arrived_s: float) -> float:
        by_arrival_s = max(self._time_s + _LEAST_STEP_S, arrived_s - self._offset_s)
        if pts_s is None or last_pts_s is None:
            return by_arrival_s
        by_camera_s = self._time_s + pts_s - last_pts_s
        strays = abs(by_camera_s - (arrived_s - self._offset_s)) > _BELIEVED_S
        return by_arrival_s if strays or by_camera_s <= self._time_s else by_camera_s
