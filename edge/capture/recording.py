"""What a recording is made of: the packets of a video file, or those of a folder of pictures."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from edge.capture.address import Address
from edge.capture.failures import explain, no_video
from edge.capture.libav import FAILURES, Container, VideoPacket, open_input, packets_of, video_of
from edge.capture.tally import Tally
from edge.errors import SourceError, SourceMissingError

_ENDINGS = frozenset({".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"})
_BAD_PLACES_IN_A_ROW = 100
"""After so many a file is taken to be at its end: some errors come back for ever."""


class Recording(Protocol):
    """Something with pictures in it that can be read from its beginning as often as wanted."""

    @property
    def claimed_fps(self) -> float | None:
        """The rate that it claims; ``None`` where it claims none."""
        ...

    def packets(self, tally: Tally) -> Iterator[VideoPacket]:
        """Read it once from its beginning.

        Args:
            tally: Counts the places that cannot be read, and are passed over.

        Yields:
            Packets in the order of decoding; an empty one at the end of each stream.
        """
        ...


class VideoFile:
    """A video file.

    Args:
        address: Of kind ``file``.
        ahead: Decode ahead in threads of its own: best for what is read as fast as possible. Otherwise one
            thread decodes when it is asked to, which leaves the machine to the cameras beside it.

    Raises:
        SourceMissingError: It is not there, or is not a video.
    """

    def __init__(self, address: Address, *, ahead: bool) -> None:
        self._address = address
        self._ahead = ahead
        with self._open() as container:
            stream = video_of(container, ahead=False)
            if stream is None:
                raise no_video(address)
            rate = stream.average_rate
        self._claimed_fps = float(rate) if rate else None

    @property
    def claimed_fps(self) -> float | None:
        """The average rate by the file's header."""
        return self._claimed_fps

    def packets(self, tally: Tally) -> Iterator[VideoPacket]:
        """Read the file once from its beginning.

        Args:
            tally: Counts the places that cannot be read.

        Yields:
            Its first video stream's packets.
        """
        with self._open() as container:
            yield from _patiently(container, tally, ahead=self._ahead)

    def _open(self) -> Container:
        try:
            return open_input(self._address.target)
        except FAILURES as error:
            failure = explain(error, self._address, took_s=0.0, timeout_s=0.0)
            raise failure from error


class PictureFolder:
    """A folder of pictures, in the order of their names; numbers in them count as numbers.

    Args:
        address: Of kind ``folder``.
        true_fps: The rate from the settings, as a folder has none.

    Raises:
        SourceMissingError: There is no picture in it.
        SourceError: Nobody said at which rate the pictures were taken.
    """

    def __init__(self, address: Address, *, true_fps: float | None) -> None:
        if true_fps is None:
            raise SourceError(
                f"source {address.label}: a folder of pictures has no frame rate",
                cure="Set fps of the source to the rate at which the pictures were taken",
            )
        paths = [path for path in Path(address.target).iterdir() if path.suffix.lower() in _ENDINGS]
        if not paths:
            raise SourceMissingError(
                f"source {address.label}: there is no picture in this folder",
                cure=f"Put pictures into it; their names end in {', '.join(sorted(_ENDINGS))}",
            )
        self._paths = sorted(paths, key=_by_number)

    @property
    def claimed_fps(self) -> float | None:
        """A folder claims no rate."""
        return None

    def packets(self, tally: Tally) -> Iterator[VideoPacket]:
        """Read every picture of the folder.

        Args:
            tally: Counts the files that cannot be read.

        Yields:
            One or two packets a picture: itself, and an empty one that makes the decoder give it.
        """
        for path in self._paths:
            try:
                container = open_input(f"file:{path}")
            except FAILURES:
                tally.add(bad=1)
                continue
            with container:
                yield from _patiently(container, tally, ahead=False)


def _patiently(container: Container, tally: Tally, *, ahead: bool) -> Iterator[VideoPacket]:
    """The packets of a container's video; a place that cannot be read is counted as bad and passed over."""
    stream = video_of(container, ahead=ahead)
    bad_in_a_row = 0
    while stream is not None and bad_in_a_row < _BAD_PLACES_IN_A_ROW:
        try:
            for packet in packets_of(container, stream):
                bad_in_a_row = 0
                yield packet
        except FAILURES:
            tally.add(bad=1)
            bad_in_a_row += 1
        else:
            return


def _by_number(path: Path) -> list[tuple[int, str]]:
    return [(int(part or 0), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", path.name)]
