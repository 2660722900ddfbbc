"""Waking a thread that waits on a socket: something that another thread can make readable."""

import select
import socket
from typing import Protocol


class Waitable(Protocol):
    """Something that ``select`` understands."""

    def fileno(self) -> int:
        """Its file descriptor."""
        ...


class Wakeup:
    """A bell: any thread rings it, one thread waits for it beside its own sockets."""

    def __init__(self) -> None:
        self._ears, self._bell = socket.socketpair()
        self._ears.settimeout(0)
        self._bell.settimeout(0)

    def ring(self) -> None:
        """Wake the waiting thread, now or as soon as it waits."""
        try:
            self._bell.send(b"!")
        except BlockingIOError:
            pass  # it has been rung often enough
        except OSError:
            pass  # nobody waits any more: it is closed

    def wait(
        self, timeout_s: float, *, readable: Waitable | None = None, writable: Waitable | None = None
    ) -> tuple[bool, bool]:
        """Wait until the bell rings, a socket is ready, or the time is over.

        Args:
            timeout_s: How long at most.
            readable: A socket to wait for beside the bell.
            writable: A socket that has something to send.

        Returns:
            Whether ``readable`` can be read, and whether ``writable`` can be written.
        """
        reading: list[Waitable] = [self._ears] if readable is None else [self._ears, readable]
        can_read, can_write, _ = select.select(
            reading, [] if writable is None else [writable], [], max(0.0, timeout_s)
        )
        if self._ears in can_read:
            self._hush()
        return readable in can_read, bool(can_write)

    def close(self) -> None:
        """No more ringing."""
        self._ears.close()
        self._bell.close()

    def _hush(self) -> None:
        try:
            while self._ears.recv(4096):
                pass
        except BlockingIOError:
            pass
