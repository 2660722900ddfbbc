"""Writes pictures into a video file; the only file of the simulators that knows PyAV."""

from fractions import Fraction
from pathlib import Path
from typing import Final, cast

import av
from av.video.stream import VideoStream

from simulators.errors import OutputError
from simulators.street.raster import Picture

_CODECS: Final = {
    ".mp4": ("libx264", "yuv420p", {"preset": "veryfast", "crf": "20"}),
    ".mkv": ("libx264", "yuv420p", {"preset": "veryfast", "crf": "20"}),
    ".avi": ("mjpeg", "yuvj420p", {"qmin": "2", "qmax": "3"}),
}


class VideoFile:
    """A video file that grows picture by picture.

    Args:
        path: Its name ends in ``.mp4``, ``.mkv`` (H.264) or ``.avi`` (motion JPEG).
        fps: Pictures per second.
        size_px: Width and height, both even.

    Raises:
        OutputError: No such kind of file, or it cannot be written.
    """

    def __init__(self, path: Path, *, fps: float, size_px: tuple[int, int]) -> None:
        if path.suffix not in _CODECS:
            raise OutputError(f"{path}: cannot write a video of that kind", cure=f"Use {', '.join(_CODECS)}.")
        codec, pixels, options = _CODECS[path.suffix]
        try:
            path.open("wb").close()  # libav opens the file with the first picture only: say now what is wrong
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
        self._path = path
        self._container = av.open(str(path), "w")
        self._rate = rate = Fraction(fps).limit_denominator(1001)
        self._stream = cast("VideoStream", self._container.add_stream(codec, rate=rate, options=options))
        self._stream.width, self._stream.height = size_px
        self._stream.pix_fmt = pixels

    def write(self, index: int, picture: Picture) -> None:
        """Add a picture. Where some are left out, the others keep their time of presentation.

        Args:
            index: Which picture it would be at the file's rate if none were left out; from 0.
            picture: Shape (H, W, 3), uint8, BGR, of the size that was said.

        Raises:
            OutputError: The file cannot be written any more.
        """
        frame = av.VideoFrame.from_ndarray(picture, format="bgr24")
        frame.pts, frame.time_base = index, 1 / self._rate
        self._encode(frame)

    def close(self) -> None:
        """Finish the file.

        Raises:
            OutputError: The file cannot be written any more.
        """
        self._encode(None)
        self._container.close()

    def _encode(self, frame: av.VideoFrame | None) -> None:
        try:
            self._container.mux(self._stream.encode(frame))
        except av.FFmpegError as error:
            raise OutputError(f"{self._path}: cannot be written: {error.strerror}") from error
