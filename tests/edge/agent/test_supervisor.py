"""Workers that die or stall are replaced after a back-off, and everybody is told."""

import random
import threading
from collections.abc import Iterator

import pytest

from cityedge.clock import ManualClock
from cityedge.errors import CityEdgeError
from edge.agent.supervisor import Heart, Supervisor
from tests.support.gateway_messages import NOON
from tests.support.waiting import wait_for


class Watched:
    """A supervisor on a clock that the test moves, and what it reported."""

    def __init__(self) -> None:
        self.clock = ManualClock(NOON)
        self.reports: list[tuple[str, str, int]] = []
        self.supervisor = Supervisor(clock=self.clock, report=self._report, rng=random.Random(1))

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.supervisor.watch()

    def _report(self, worker: str, why: str, *, restarts: int) -> None:
        self.reports.append((worker, why, restarts))


@pytest.fixture
def watched() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.supervisor.stop(within_s=5.0)


class Worker:
    """Does nothing, until it is told to die or to fall silent."""

    def __init__(self) -> None:
        self.lives = 0
        self.trouble: Exception | None = None
        self.silent = False
        self.woken = threading.Event()

    def __call__(self, heart: Heart) -> None:
        self.lives += 1
        while not heart.to_end:
            if not self.silent:
                heart.beat()
            if self.trouble is not None:
                trouble, self.trouble = self.trouble, None
                raise trouble
            self.woken.wait(0.005)


def wait_until_dead(watched: Watched) -> None:
    wait_for(lambda: not watched.supervisor._workers[0].thread.is_alive())


def test_a_worker_that_dies_is_replaced_after_a_back_off_and_reported(watched: Watched) -> None:
    worker = Worker()
    watched.supervisor.start("inference-0", worker, stall_s=60.0)
    wait_for(lambda: worker.lives == 1)

    worker.trouble = CityEdgeError("the lens fell off", cure="Pick it up.")
    wait_until_dead(watched)
    watched.pass_time(0.1)
    assert watched.reports == [("inference-0", "the lens fell off. Pick it up.", 1)]
    assert worker.lives == 1
    watched.pass_time(2.0)

    wait_for(lambda: worker.lives == 2)


def test_each_death_soon_after_the_last_is_followed_by_a_longer_wait(watched: Watched) -> None:
    worker = Worker()
    watched.supervisor.start("keeper", worker, stall_s=60.0)
    for life in range(1, 6):
        wait_for(lambda life=life: worker.lives == life)  # type: ignore[misc]  # bound per turn
        worker.trouble = ValueError("again")
        wait_until_dead(watched)
        watched.pass_time(0.0)
        watched.pass_time(0.4 * 2 ** (life - 1))
        assert worker.lives == life
        watched.pass_time(0.7 * 2 ** (life - 1))

    assert [restarts for _, _, restarts in watched.reports] == [1, 2, 3, 4, 5]


def test_a_worker_that_gives_no_sign_of_life_is_left_behind_and_replaced(watched: Watched) -> None:
    worker = Worker()
    watched.supervisor.start("uplink", worker, stall_s=60.0)
    wait_for(lambda: worker.lives == 1)
    stuck = watched.supervisor._workers[0].thread
    worker.silent = True

    # Its last beat may still be on its way when time first passes.
    wait_for(lambda: _reported_after(watched, 61.0))
    watched.pass_time(2.0)

    wait_for(lambda: worker.lives == 2)
    wait_for(lambda: not stuck.is_alive())
    assert "no sign of life for 60 s" in watched.reports[0][1]


def _reported_after(watched: Watched, seconds: float) -> bool:
    watched.pass_time(seconds)
    return bool(watched.reports)


def test_a_worker_that_returns_without_being_told_to_is_replaced(watched: Watched) -> None:
    watched.supervisor.start("keeper", lambda _: None, stall_s=60.0)
    wait_until_dead(watched)

    watched.pass_time(0.0)

    assert "returned without being told to" in watched.reports[0][1]


def test_workers_end_when_told_to_and_are_not_replaced(watched: Watched) -> None:
    worker = Worker()
    watched.supervisor.start("keeper", worker, stall_s=60.0)
    wait_for(lambda: worker.lives == 1)

    assert watched.supervisor.stop(within_s=5.0) == []
    assert watched.reports == []


def test_a_worker_that_does_not_end_is_named(watched: Watched) -> None:
    let_go = threading.Event()

    def sleep_on(_: Heart) -> None:
        let_go.wait(30)

    watched.supervisor.start("stuck", sleep_on, stall_s=60.0)
    ticking = threading.Thread(target=lambda: watched.clock.advance(10.0))
    ticking.start()

    assert watched.supervisor.stop(within_s=0.05) == ["stuck"]
    let_go.set()
    ticking.join()
