"""Keeps what a street shows: as a video, as a folder of pictures, as MOTChallenge rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from simulators.errors import OutputError
from simulators.street import raster
from simulators.street.appearance import Appearance
from simulators.street.camera import Camera
from simulators.street.raster import Picture
from simulators.street.report import mot_rows
from simulators.video import VideoFile

_QUALITY: Final = 92


@dataclass(frozen=True)
class Shown:
    """A frame that arrived.

    Attributes:
        number: Which one that arrived, from 1: its number in a video or a folder.
        index: Which one of all, from 0, those that were lost counted: its time is this by the rate.
        picture: Shape (H, W, 3), uint8, BGR.
        seen: Who is in it, far to near.
    """

    number: int
    index: int
    picture: Picture
    seen: Sequence[Appearance]


class Recorder(Protocol):
    """Something that keeps frames."""

    def write(self, shown: Shown) -> None:
        """Keep a frame.

        Args:
            shown: The frame; none comes after a later one.
        """
        ...

    def close(self) -> None:
        """Finish what was written."""
        ...


class VideoRecorder:
    """Keeps frames in a video file.

    Args:
        path: The file.
        fps: Frames per second.
        camera: Whose frames.

    Raises:
        OutputError: The file cannot be written.
    """

    def __init__(self, path: Path, *, fps: float, camera: Camera) -> None:
        self._file = VideoFile(path, fps=fps, size_px=(camera.width_px, camera.height_px))

    def write(self, shown: Shown) -> None:
        """Keep a frame; see :class:`Recorder`."""
        self._file.write(shown.index, shown.picture)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


class FolderRecorder:
    """Keeps frames as ``000001.jpg`` and so on.

    Args:
        folder: Made where it is missing.

    Raises:
        OutputError: The folder cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: cannot be made: {error.strerror}") from error
        self._folder = folder

    def write(self, shown: Shown) -> None:
        """Keep a frame; see :class:`Recorder`.

        Raises:
            OutputError: The picture cannot be written.
        """
        path = self._folder / f"{shown.number:06d}.jpg"
        try:
            path.write_bytes(raster.jpeg(shown.picture, _QUALITY))
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error

    def close(self) -> None:
        """Every picture is finished already."""


class MotRecorder:
    """Keeps who was where as MOTChallenge ground truth.

    Args:
        path: The file.
        camera: Whose frames.

    Raises:
        OutputError: The file cannot be written.
    """

    def __init__(self, path: Path, *, camera: Camera) -> None:
        try:
            self._file = path.open("w", encoding="ascii")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
        self._size_px = (camera.width_px, camera.height_px)

    def write(self, shown: Shown) -> None:
        """Keep a frame; see :class:`Recorder`."""
        self._file.writelines(f"{row}\n" for row in mot_rows(shown.seen, shown.number, self._size_px))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()
