"""Wakes a thread that waits on a socket."""

import contextlib
import socket


class Bell:
    """Any thread rings it; one thread waits for it, beside its own sockets, by ``select``."""

    def __init__(self) -> None:
        self._ear, self._hammer = socket.socketpair()
        self._ear.settimeout(0)
        self._hammer.settimeout(0)

    def fileno(self) -> int:
        """What becomes readable when it rings."""
        return self._ear.fileno()

    def ring(self) -> None:
        """Wake the waiting thread, now or as soon as it waits."""
        # Where it was rung often enough already, or is closed, one more changes nothing.
        with contextlib.suppress(OSError):
            self._hammer.send(b"!")

    def hush(self) -> None:
        """It was heard."""
        with contextlib.suppress(BlockingIOError):
            while self._ear.recv(4096):
                pass

    def close(self) -> None:
        """No more ringing."""
        self._ear.close()
        self._hammer.close()
