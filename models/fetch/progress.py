"""Showing how far a long step is, on a terminal and in a log alike."""

import sys
import time
from typing import Final, TextIO

_TERMINAL_EVERY_S: Final = 0.2
_LOG_EVERY_SHARE: Final = 0.2
_MB: Final = 1e6


class Progress:
    """Writes progress: on a terminal one line that changes, elsewhere a line now and then.

    Args:
        stream: Where to write; nothing is written where None.
    """

    def __init__(self, stream: TextIO | None = sys.stderr) -> None:
        self._stream = stream
        self._shown_s = 0.0
        self._shown_share = 0.0
        self._line_open = False

    def step(self, text: str) -> None:
        """Say what is done next.

        Args:
            text: One line.
        """
        self._close_line()
        self._shown_share = 0.0
        self._write(f"{text}\n")

    def bytes_done(self, done: int, total: int) -> None:
        """Say how many bytes are there.

        Args:
            done: So many.
            total: Of so many.
        """
        share = min(1.0, done / total)
        if self._stream is None or not self._is_due(share):
            return
        self._shown_share, self._shown_s = share, time.monotonic()
        text = f"  {done / _MB:6.1f} of {total / _MB:.1f} MB  {share:4.0%}"
        if self._stream.isatty():
            self._write(f"\r{text}")
            self._line_open = True
        else:
            self._write(f"{text}\n")

    def finish(self) -> None:
        """End the line that changes."""
        self._close_line()

    def _is_due(self, share: float) -> bool:
        if share >= 1 > self._shown_share:
            return True
        if self._stream is not None and self._stream.isatty():
            return time.monotonic() - self._shown_s >= _TERMINAL_EVERY_S
        return share - self._shown_share >= _LOG_EVERY_SHARE

    def _close_line(self) -> None:
        if self._line_open:
            self._write("\n")
            self._line_open = False

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(text)
            self._stream.flush()
