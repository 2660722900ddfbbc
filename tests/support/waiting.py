"""Waiting on a condition, with a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_for(condition: Callable[[], T], *, within_s: float = 30.0, what: str = "") -> T:
    """The condition's first true value.

    Args:
        condition: Asked some fifty times a second.
        within_s: The deadline.
        what: What is waited for, for the failure's message.

    Returns:
        What the condition gave.

    Raises:
        TimeoutError: It was not met in time.
    """
    deadline = time.monotonic() + within_s
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise TimeoutError(f"not met within {within_s:g} s: {what or condition}")
        time.sleep(0.02)
