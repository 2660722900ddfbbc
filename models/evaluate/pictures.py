"""Pictures to evaluate on: the frames of a video, or the files of a folder."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.error import FFmpegError

from models.errors import TruthError
from models.evaluate.truth import Truth, numbered
from models.types import Picture

_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})
_SAME_S: Final = 1e-6  # stamps are rounded to the file's time base


def pictures(path: Path, truth: Truth, *, every: int) -> Iterator[tuple[int | str, Picture]]:
    """Walk over the pictures that the truth speaks of.

    Args:
        path: A video, whose frame k (from 1) is frame k of the truth, or a folder of pictures.
        truth: What is in them; it says whether they go by number or by name.
        every: Take every so many pictures: 1 takes all, 5 takes the 1st, the 6th and so on.

    Yields:
        The truth's key of each picture, and the picture: shape (height, width, 3), uint8, BGR.

    Raises:
        TruthError: There is no such file, it is not a picture or a video, or its name holds no number.
    """
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
        by_name = any(isinstance(key, str) for key in truth.pictures)
        keyed: Iterable[tuple[int | str, Path]] = numbered(files)
        if by_name:
            keyed = ((file.name, file) for file in files)
        for nth, (key, file) in enumerate(keyed):
            if nth % every == 0:
                yield key, next(frames(file, every=1))[1]
        return
    yield from frames(path, every=every)


def frames(path: Path, *, every: int) -> Iterator[tuple[int, Picture]]:
    """Walk over the frames of a video; a picture is a video of one.

    Args:
        path: The file.
        every: Take every so many frames: 1 takes all, 5 takes the 1st, the 6th and so on.

    Yields:
        The frame's number from 1, and the frame: shape (height, width, 3), uint8, BGR.

    Raises:
        TruthError: There is no such file, or it is neither.
    """
    try:
        with av.open(str(path)) as container:
            for number, frame in enumerate(container.decode(video=0), start=1):
                if (number - 1) % every == 0:
                    yield number, _bgr(frame)
    except (OSError, FFmpegError, IndexError) as error:
        raise TruthError(f"{path}: cannot be read as a picture or a video: {error}") from error


def frames_at(path: Path, times_s: Sequence[float], *, fps: float | None = None) -> Iterator[tuple[int, Picture]]:
    """Frames of a video at some moments.

    Args:
        path: The file.
        times_s: Scene times, rising.
        fps: The true frame rate, where the file claims another: frame k is at (k − 1) / fps.

    Yields:
        For each time the last frame that is not later, or the first: its number from 1, and the frame, shape
        (height, width, 3), uint8, BGR. Times beyond the end give the last frame.

    Raises:
        TruthError: There is no such file, or it is no video.
    """
    wanted = list(times_s)
    shown: tuple[int, av.VideoFrame] | None = None
    try:
        with av.open(str(path)) as container:
            first_s = 0.0
            for number, frame in enumerate(container.decode(video=0), start=1):
                stamp_s = frame.time or 0.0
                first_s = stamp_s if number == 1 else first_s
                time_s = (number - 1) / fps if fps else stamp_s - first_s
                while wanted and shown is not None and time_s > wanted[0] + _SAME_S:
                    yield shown[0], _bgr(shown[1])
                    wanted.pop(0)
                shown = number, frame
                if not wanted:
                    return
    except (OSError, FFmpegError, IndexError) as error:
        raise TruthError(f"{path}: cannot be read as a video: {error}") from error
    if shown is not None:
        yield from ((shown[0], _bgr(shown[1])) for _ in wanted)


def _bgr(frame: av.VideoFrame) -> Picture:
    return np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
