"""Writes a video of what was counted."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import av
import av.error
from av.video.stream import VideoStream

from cityedge.errors import CityEdgeError
from edge.annotate.drawing import Pen
from edge.annotate.palette import PANEL
from edge.settings import LineSettings, ZoneSettings
from edge.types import Frame, Picture, TrackedObject

_TICKS_PER_S = 1000
_ENCODERS: tuple[tuple[str, dict[str, str]], ...] = (
    ("libx264", {"preset": "veryfast", "crf": "23"}),
    ("libopenh264", {}),
    ("mpeg4", {"qscale": "4"}),
)
"""The best first. PyAV's wheels bring x264 (GPL, theirs to ship, not ours); builds without it bring others."""


class AnnotatedVideo:
    """An MP4 file with boxes, lines, zones and counts drawn into every frame.

    Args:
        path: Where it goes; what is there is overwritten.
        fps: Frames a second, for the encoder; each frame is shown at its own ``time_s``.
        width_px: Width of the source; made even.
        height_px: Height of the source; made even.
        lines: Lines to draw.
        zones: Zones to draw.

    Raises:
        CityEdgeError: The file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        *,
        fps: float,
        width_px: int,
        height_px: int,
        lines: Sequence[LineSettings],
        zones: Sequence[ZoneSettings],
    ) -> None:
        # H.264 shares its colours among squares of four pixels.
        self._width_px, self._height_px = width_px // 2 * 2, height_px // 2 * 2
        self._lines = tuple(lines)
        self._zones = tuple(zones)
        self._pen = Pen(self._width_px, self._height_px)
        self._last_tick = -1
        self._path = path
        try:
            self._container = av.open(str(path), "w", format="mp4")
            self._stream = self._add_stream(fps)
            self._container.start_encoding()
        except (av.error.FFmpegError, OSError) as error:
            raise CityEdgeError(
                f"video {path}: cannot be written ({error.strerror})",
                cure="Choose a folder that can be written to",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(
        self,
        frame: Frame,
        objects: Sequence[TrackedObject],
        *,
        line_counts: Mapping[str, tuple[int, int]],
        zone_counts: Mapping[str, int],
        notes: Sequence[str] = (),
    ) -> None:
        """Draw a frame and append it.

        Args:
            frame: From the source; later than the one before.
            objects: Everything tracked in it, boxes in pixels of the source frame.
            line_counts: In and out so far, by the line's name; a line that is not named counts 0.
            zone_counts: How many stand in it, by the zone's name; a zone that is not named holds 0.
            notes: What else is to be said, ASCII: what the camera cannot see, which alarms are on.
        """
        picture = frame.bgr(self._width_px, self._height_px)
        for zone in self._zones:
            self._pen.zone(picture, zone.points, f"{zone.name}: {zone_counts.get(zone.name, 0)}")
        for tracked in objects:
            self._pen.box(picture, tracked)
        for line in self._lines:
            inward, outward = line_counts.get(line.name, (0, 0))
            self._pen.line(picture, line.points, f"{line.name}: in {inward}, out {outward}")
        minutes, seconds = divmod(frame.time_s, 60.0)
        self._pen.tag(picture, f"{int(minutes)}:{seconds:04.1f}", at=(0, self._height_px), ground=PANEL)
        self._pen.notes(picture, notes)
        self._append(picture, frame.time_s)

    def close(self) -> None:
        """Finish the file; it cannot be played before."""
        if self._last_tick >= 0:
            self._container.mux(self._stream.encode(None))
            self._last_tick = -1
        self._container.close()

    def _append(self, picture: Picture, time_s: float) -> None:
        shown = av.VideoFrame.from_ndarray(picture, format="bgr24")
        self._last_tick = max(self._last_tick + 1, round(time_s * _TICKS_PER_S))
        shown.pts, shown.time_base = self._last_tick, Fraction(1, _TICKS_PER_S)
        self._container.mux(self._stream.encode(shown))

    def _add_stream(self, fps: float) -> VideoStream:
        name, options = next(encoder for encoder in _ENCODERS if encoder[0] in av.codecs_available)
        rate = Fraction(fps).limit_denominator(1000)
        stream = cast("VideoStream", self._container.add_stream(name, rate=rate, options=options))
        stream.width, stream.height, stream.pix_fmt = self._width_px, self._height_px, "yuv420p"
        stream.codec_context.time_base = Fraction(1, _TICKS_PER_S)
        return stream
