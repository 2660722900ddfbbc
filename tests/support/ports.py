"""Ports that nobody uses."""

import socket
import time


def free_port() -> int:
    """A TCP port on this machine that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether somebody accepts connections on a port of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def wait_until_answers(port: int, *, within_s: float = 10.0) -> None:
    """Return when somebody accepts connections on the port.

    Raises:
        TimeoutError: Nobody did in time.
    """
    deadline = time.monotonic() + within_s
    while not answers(port):
        if time.monotonic() > deadline:
            raise TimeoutError(f"nobody answers on port {port}")
        time.sleep(0.02)
