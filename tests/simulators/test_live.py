"""A street that runs with the clock."""

import threading
from datetime import UTC, datetime

from cityedge.clock import ManualClock
from simulators.live import LiveStreet
from simulators.street.camera import Camera
from simulators.street.street import Setting, Street
from simulators.street.traffic import Traffic

CAMERA = Camera(192, 144)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class SlowClock(ManualClock):
    """A clock on which every look costs some time, as if drawing had taken it."""

    def monotonic_s(self) -> float:
        self.advance(0.35)
        return super().monotonic_s()


def test_frames_for_which_there_is_no_time_are_left_out_and_the_street_keeps_its_pace() -> None:
    live = LiveStreet(Street(Setting(fps=10, camera=CAMERA), Traffic(CAMERA, seed=1)), SlowClock(NOON))
    live.run(threading.Event(), end_s=2.0)
    assert live.truth()["duration_s"] in {1.6, 1.7, 1.8, 1.9}


def test_scene_time_zero_is_when_the_street_was_started() -> None:
    live = LiveStreet(Street(Setting(fps=10, camera=CAMERA), Traffic(CAMERA, seed=1)), SlowClock(NOON))
    live.run(threading.Event(), end_s=0.5)
    started = datetime.fromisoformat(live.truth()["started_utc"])
    assert abs((started - NOON).total_seconds()) <= 1


def test_a_street_that_was_never_run_has_an_empty_truth() -> None:
    live = LiveStreet(Street(Setting(camera=CAMERA), Traffic(CAMERA, seed=1)), ManualClock(NOON))
    assert live.truth()["crossings"] == []
