"""Made-up footage whose every picture says which one it is."""

from collections.abc import Iterator
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.stream import VideoStream

from edge.types import Frame, Picture

WIDTH_PX, HEIGHT_PX = 320, 240
_BITS = 10


def numbered(number: int) -> Picture:
    """A picture that shows a number as bright and dark bars, the lowest bit leftmost, on a grey ground."""
    picture = np.full((HEIGHT_PX, WIDTH_PX, 3), 128, np.uint8)
    step = WIDTH_PX // _BITS
    for bit in range(_BITS):
        picture[:, bit * step : bit * step + step] = 235 if number >> bit & 1 else 20
    return picture


def number_of(frame: Frame) -> int:
    """The number that a frame shows."""
    pixels = frame.bgr(_BITS * 4, 8)
    return sum(1 << bit for bit in range(_BITS) if pixels[4, bit * 4 + 2].mean() > 128)


def write_clip(
    path: Path,
    *,
    frames: int = 30,
    fps: int = 10,
    codec: str = "libx264",
    options: dict[str, str] | None = None,
    rotation_deg: int = 0,
) -> Path:
    """Write a clip of numbered pictures, from 0."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=fps, options=options or {})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = WIDTH_PX, HEIGHT_PX
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        if rotation_deg:
            stream.set_display_rotation(rotation_deg)
        for number in range(frames):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(numbered(number), format="bgr24")))
        container.mux(stream.encode(None))
    return path


def write_street(path: Path, *, seconds: int = 60) -> Path:
    """Write a clip as a camera would send it: H.264, 10 frames a second, a whole picture every second."""
    options = {"g": "10", "bf": "0", "preset": "ultrafast"}
    return write_clip(path, frames=seconds * 10, fps=10, options=options)


def write_folder(folder: Path, *, names: list[str]) -> Path:
    """Write numbered pictures, in the order of the names given."""
    folder.mkdir()
    for number, name in enumerate(names):
        cv2.imwrite(str(folder / name), numbered(number))
    return folder


def jpegs(count: int) -> Iterator[bytes]:
    """Numbered pictures as JPEG files."""
    for number in range(count):
        yield cv2.imencode(".jpg", numbered(number))[1].tobytes()
