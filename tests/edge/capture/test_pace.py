import threading
from datetime import UTC, datetime

import pytest

from cityedge.clock import ManualClock
from edge.capture.pace import Pacer


class _Sleeper(threading.Event):
    """Waits by moving a manual clock."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self._clock = clock

    def wait(self, timeout: float | None = None) -> bool:
        if not self.is_set():
            self._clock.advance(timeout or 0.0)
        return self.is_set()


def _played(*, busy_s: dict[int, float], frames: int) -> list[float]:
    """When each frame of a 10 fps recording is played, if its consumer is busy for so long after some."""
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC), monotonic=500.0)
    pacer = Pacer(clock, _Sleeper(clock))
    played_s = []
    for index in range(frames):
        pacer.wait(index / 10)
        played_s.append(clock.monotonic_s() - 500.0)
        clock.advance(busy_s.get(index, 0.0))
    return played_s


def test_frames_are_played_when_they_are_due_without_drift() -> None:
    every_frame = dict.fromkeys(range(100), 0.03)
    assert _played(busy_s=every_frame, frames=100) == pytest.approx([index / 10 for index in range(100)])


def test_a_short_hold_up_is_caught_up() -> None:
    assert _played(busy_s={1: 0.35}, frames=6) == pytest.approx([0.0, 0.1, 0.45, 0.45, 0.45, 0.5])


def test_after_a_long_hold_up_frames_come_late_but_not_all_at_once() -> None:
    played_s = _played(busy_s={1: 5.0}, frames=5)
    assert played_s == pytest.approx([0.0, 0.1, 5.1, 5.2, 5.3])


def test_closing_ends_the_wait() -> None:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    closed = threading.Event()
    pacer = Pacer(clock, closed)
    pacer.wait(0.0)
    waiting = threading.Thread(target=pacer.wait, args=(3600.0,))
    waiting.start()
    closed.set()
    waiting.join(5.0)
    assert not waiting.is_alive()
