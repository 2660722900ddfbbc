"""What a source of frames is, whatever is behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from edge.types import Frame


@dataclass(frozen=True)
class CaptureCounters:
    """What became of the pictures of one opening, or of several added up.

    Attributes:
        decoded: Handed on as frames.
        left_out: Passed over unseen: beyond ``max_fps``, or because decoding had fallen behind.
        bad: Damaged, and therefore not handed on.
    """

    decoded: int = 0
    left_out: int = 0
    bad: int = 0

    def __add__(self, other: "CaptureCounters") -> "CaptureCounters":
        return CaptureCounters(
            decoded=self.decoded + other.decoded,
            left_out=self.left_out + other.left_out,
            bad=self.bad + other.bad,
        )


class Source(Protocol):
    """An opened camera or recording."""

    @property
    def live(self) -> bool:
        """Whether it is a camera: one that has no end, and that is opened again when it stops."""
        ...

    @property
    def label(self) -> str:
        """Its address, fit to be shown and logged: passwords are blacked out."""
        ...

    @property
    def counters(self) -> CaptureCounters:
        """What became of its pictures so far; may be asked from any thread."""
        ...

    def frames(self) -> Iterator[Frame]:
        """The frames, each when it is due; to be called once.

        Yields:
            Frames with rising ``time_s``. It ends where a recording ends or after :meth:`close`.

        Raises:
            SourceEndedError: A live source stopped, or this machine's clock was set back: open it again.
            SourceError: It gives nothing that can be decoded.
        """
        ...

    def close(self) -> None:
        """End :meth:`frames` within a second; may be called from any thread, and more than once."""
        ...
