"""Keeps worker threads alive: one that dies or stalls is replaced, after a back-off, and reported."""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from cityedge.backoff import Backoff
from cityedge.clock import Clock
from cityedge.errors import CityEdgeError

_log = logging.getLogger(__name__)

_STEADY_S: Final = 60.0
"""A worker that lived so long was well: the next restart comes quickly again."""


class AbandonedError(Exception):
    """Ends a worker that was left behind, wherever it comes round."""


class Heart:
    """A worker's sign of life, and how it learns that it is to end.

    Args:
        clock: For the time of the last beat.
        stopping: Set when all workers are to end.
    """

    def __init__(self, clock: Clock, stopping: threading.Event) -> None:
        self._clock = clock
        self._stopping = stopping
        self._abandoned = False
        self.began_s = self.last_s = clock.monotonic_s()

    def beat(self) -> None:
        """Say that the worker is well; to be called at least every few seconds.

        Raises:
            AbandonedError: It was silent for too long, and somebody else does its work now.
        """
        if self._abandoned:
            raise AbandonedError
        self.last_s = self._clock.monotonic_s()

    def abandon(self) -> None:
        """Somebody else does this work now."""
        self._abandoned = True

    @property
    def abandoned(self) -> bool:
        """Whether somebody else does this work now, so that its result is no longer wanted."""
        return self._abandoned

    @property
    def to_end(self) -> bool:
        """Whether the worker is to return."""
        return self._abandoned or self._stopping.is_set()


class Report(Protocol):
    """Told of every restart."""

    def __call__(self, worker: str, why: str, *, restarts: int) -> None:
        """A worker is being restarted for the ``restarts``-th time."""


@dataclass
class _Worker:
    name: str
    work: Callable[[Heart], None]
    stall_s: float
    backoff: Backoff
    heart: Heart
    thread: threading.Thread
    failure: str = ""
    restarts: int = 0
    restart_at_s: float | None = None


class Supervisor:
    """Runs workers in threads. One thread calls its methods, and :meth:`watch` about twice a second.

    Args:
        clock: Its monotonic time judges stalls.
        report: Told of every restart.
        rng: For back-off.
    """

    def __init__(self, *, clock: Clock, report: Report, rng: random.Random) -> None:
        self._clock = clock
        self._report = report
        self._rng = rng
        self._stopping = threading.Event()
        self._workers: list[_Worker] = []

    def start(self, name: str, work: Callable[[Heart], None], *, stall_s: float) -> None:
        """Run a worker.

        Args:
            name: For logs and reports.
            work: Returns when its heart says ``to_end``; an exception or an early return gets it restarted.
            stall_s: Silence of its heart after which it counts as stuck.
        """
        worker = _Worker(
            name,
            work,
            stall_s,
            Backoff(rng=self._rng),
            Heart(self._clock, self._stopping),
            threading.Thread(),
        )
        self._workers.append(worker)
        self._launch(worker)

    def watch(self) -> None:
        """Look after all workers once."""
        now_s = self._clock.monotonic_s()
        for worker in self._workers:
            if worker.restart_at_s is not None:
                if now_s >= worker.restart_at_s:
                    self._launch(worker)
            elif not worker.thread.is_alive():
                self._replace(worker, worker.failure or "it returned without being told to", now_s)
            elif now_s - worker.heart.last_s > worker.stall_s:
                # A thread cannot be killed. It is left behind, and told to end when it comes round.
                worker.heart.abandon()
                self._replace(worker, f"it gave no sign of life for {worker.stall_s:g} s", now_s)

    def stop(self, *, within_s: float) -> list[str]:
        """End all workers.

        Args:
            within_s: How long they may take together.

        Returns:
            Names of those that did not end in time; they end with the process.
        """
        self._stopping.set()
        deadline_s = self._clock.monotonic_s() + within_s
        for worker in self._workers:
            worker.thread.join(max(0.0, deadline_s - self._clock.monotonic_s()))
        return [worker.name for worker in self._workers if worker.thread.is_alive()]

    def _launch(self, worker: _Worker) -> None:
        worker.heart = Heart(self._clock, self._stopping)
        worker.failure = ""
        worker.restart_at_s = None
        # A daemon, so that a stuck one does not hold up the end of the process.
        worker.thread = threading.Thread(
            target=self._run, args=(worker, worker.heart), name=worker.name, daemon=True
        )
        worker.thread.start()

    def _run(self, worker: _Worker, heart: Heart) -> None:
        try:
            worker.work(heart)
        except AbandonedError:
            return
        except CityEdgeError as error:
            failure = str(error)
        except Exception as error:  # noqa: BLE001 - the rim: whatever it was, the others go on
            failure = f"unexpected {type(error).__name__}: {error}"
            _log.exception("%s: unexpected error", worker.name)
        else:
            return
        if worker.heart is heart:
            worker.failure = failure

    def _replace(self, worker: _Worker, why: str, now_s: float) -> None:
        if now_s - worker.heart.began_s > _STEADY_S:
            worker.backoff.reset()
        worker.restarts += 1
        wait_s = worker.backoff.next_s()
        worker.restart_at_s = now_s + wait_s
        _log.error("%s is restarted in %.1f s: %s", worker.name, wait_s, why)
        self._report(worker.name, why, restarts=worker.restarts)
