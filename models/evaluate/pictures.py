"""Pictures to evaluate on: the frames of a video, or the files of a folder."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.error import FFmpegError

from models.errors import TruthError
from models.evaluate.truth import Truth, numbered
from models.types import Picture

_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp"})


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
                    yield number, np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
    except (OSError, FFmpegError, IndexError) as error:
        raise TruthError(f"{path}: cannot be read as a picture or a video: {error}") from error
