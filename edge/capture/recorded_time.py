"""The scene time of a recording's frames: from its timestamps, or from a rate that is known better."""

from edge.capture.stamp import Stamp

_FALLBACK_FPS = 25.0
"""For files that carry neither timestamps nor a rate; raw streams are mostly made at it."""


class RecordedTime:
    """Gives each picture of a recording its time, rising through every repetition.

    Args:
        true_fps: The rate that somebody knows; overrules the timestamps. ``None``: the file is believed.
        claimed_fps: The rate that the file claims, for frames without a timestamp; ``None`` where it has none.
    """

    def __init__(self, *, true_fps: float | None, claimed_fps: float | None) -> None:
        self._true_fps = true_fps
        self._interval_s = 1.0 / (true_fps or claimed_fps or _FALLBACK_FPS)
        self._zero_s: float | None = None
        self._last_s = -self._interval_s

    def stamp(self, *, index: int, pts_s: float | None) -> Stamp:
        """The time of the next picture.

        Args:
            index: Of the picture, from 0, bad and left out ones counted; not used where timestamps are believed.
            pts_s: Its presentation timestamp in seconds, on the file's scale.

        Returns:
            Times greater than those of the picture before.
        """
        if self._true_fps is not None:
            return Stamp(time_s=index / self._true_fps, captured_s=index / self._true_fps)
        following_s = self._last_s + self._interval_s
        if pts_s is not None and self._zero_s is None:
            self._zero_s = pts_s - following_s
        time_s = following_s if pts_s is None or self._zero_s is None else pts_s - self._zero_s
        # Timestamps that repeat or go back (concatenated files) must not make time stand still.
        self._last_s = time_s if time_s > self._last_s else following_s
        return Stamp(time_s=self._last_s, captured_s=self._last_s)

    def begin_again(self) -> None:
        """The recording starts over: its timestamps too, but time goes on."""
        self._zero_s = None
