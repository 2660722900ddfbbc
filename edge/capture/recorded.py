"""Plays a recording: as a camera would send it, or as fast as it is counted; once, or for ever."""

import threading
from collections.abc import Iterator, Sequence

from cityedge.clock import Clock
from edge.capture.decoding import Decoder
from edge.capture.gate import RateGate
from edge.capture.pace import Pacer
from edge.capture.recorded_time import RecordedTime
from edge.capture.recording import Recording
from edge.capture.scaling import Scaler
from edge.capture.source import CaptureCounters
from edge.capture.stamp import Stamp
from edge.capture.tally import Tally
from edge.capture.wall_time import WallTime
from edge.errors import SourceError
from edge.settings import MaskSettings, SourceSettings
from edge.types import Frame


class RecordedSource:
    """A video file or a folder of pictures, played.

    Args:
        recording: What is played.
        label: Its address, fit to be shown.
        settings: ``fps``, ``pace`` and ``loop`` say how.
        clock: For playing in real time, and for the time of capture.
        max_fps: Frames beyond this rate of scene time are left out; ``None``: none are.
        masks: What nobody may see.
        start_unix_s: Capture time of the first frame where the pace is ``fast``; ``None``: now.
    """

    def __init__(
        self,
        recording: Recording,
        *,
        label: str,
        settings: SourceSettings,
        clock: Clock,
        max_fps: float | None,
        masks: Sequence[MaskSettings],
        start_unix_s: float | None,
    ) -> None:
        self._recording = recording
        self._label = label
        self._settings = settings
        self._clock = clock
        self._start_unix_s = clock.now().timestamp() if start_unix_s is None else start_unix_s
        self._closed = threading.Event()
        self._pacer = Pacer(clock, self._closed) if settings.pace == "live" else None
        self._wall = WallTime(label)
        self._tally = Tally()
        self._decoder = Decoder(RateGate(max_fps), self._tally)
        self._time = RecordedTime(true_fps=settings.fps, claimed_fps=recording.claimed_fps)
        self._scaler = Scaler(masks)

    @property
    def live(self) -> bool:
        """A recording is none, however it is played."""
        return False

    @property
    def label(self) -> str:
        """Its path."""
        return self._label

    @property
    def counters(self) -> CaptureCounters:
        """What became of its pictures so far."""
        return self._tally.counters

    def close(self) -> None:
        """End :meth:`frames` before the next frame."""
        self._closed.set()

    def frames(self) -> Iterator[Frame]:
        """The frames, each when it is due.

        Yields:
            Frames; from the beginning again at the end where the settings say so, and time goes on.

        Raises:
            SourceEndedError: It is played as live, and this machine's clock was set back.
            SourceError: Nothing in it can be decoded.
        """
        while not self._closed.is_set():
            before = self._tally.counters
            yield from self._once()
            after = self._tally.counters
            if after.decoded + after.left_out == before.decoded + before.left_out and not self._closed.is_set():
                raise SourceError(
                    f"source {self._label}: nothing in it can be decoded ({after.bad} damaged places)",
                    cure="Play it with ffplay or vlc to see whether it is whole",
                )
            if not self._settings.loop:
                return
            self._time.begin_again()

    def _once(self) -> Iterator[Frame]:
        for packet in self._recording.packets(self._tally):
            for taken, picture in self._decoder.wanted(packet, self._stamp):
                if self._pacer is not None:
                    self._pacer.wait(taken.time_s)
                if self._closed.is_set():
                    return
                yield self._scaler.frame(
                    picture,
                    index=self._tally.seen,
                    time_s=taken.time_s,
                    captured_unix_s=self._captured_unix_s(taken),
                )

    def _stamp(self, pts_s: float | None) -> Stamp:
        return self._time.stamp(index=self._tally.seen, pts_s=pts_s)

    def _captured_unix_s(self, taken: Stamp) -> float:
        if self._pacer is None:
            return self._start_unix_s + taken.time_s
        now_s = self._clock.monotonic_s()
        return self._wall.unix_s(now_s, now_s=now_s, now_unix_s=self._clock.now().timestamp())
