"""Seeded traffic: who comes next, on which lane and how fast, for as long as anybody looks."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from cityedge.classes import ObjectClass
from simulators.street.actors import Actor
from simulators.street.camera import Camera
from simulators.street.fairness import Trace, fair_together, trace
from simulators.street.layout import CROSSERS_PER_MINUTE, LANES, Lane
from simulators.street.paths import Path
from simulators.street.ways import crosser_way, lane_way

_SPEED_MPS: Final[dict[ObjectClass, tuple[float, float]]] = {
    "person": (1.1, 1.6),
    "bicycle": (3.2, 4.6),
    "motorcycle": (5.0, 8.0),
    "car": (5.5, 9.0),
    "bus": (5.0, 7.5),
    "truck": (5.0, 8.0),
}
_LOOKS: Final = 40  # seeds of looks per class: enough that a street does not repeat itself at a glance
_TRIES: Final = 24
_WAIT_S: Final = 0.5


@dataclass
class _Stream:
    """Arrivals at one place, in order of time."""

    rng: np.random.Generator
    per_s: float
    next_s: float = 0.0

    def advance(self) -> None:
        self.next_s += float(self.rng.exponential(1 / self.per_s))


class Traffic:
    """Traffic that a seed decides. However it is asked, the same street answers.

    Args:
        camera: That sees it: everybody comes from outside its picture and leaves it.
        seed: Decides everything.
        density: How busy it is; 1 is about 32 crossings of the middle a minute.
        end_s: Nobody comes who would not have left by then, so that every crossing can be observed; for ever
            where None. A shorter street is therefore not the beginning of a longer one.

    Raises:
        ValueError: The density is below 0 or so high that no street has room for it.
    """

    MOST: Final = 20.0
    """The highest density; long before it, most of those who would come find no room."""

    def __init__(self, camera: Camera, *, seed: int, density: float = 1.0, end_s: float | None = None) -> None:
        if not 0 <= density <= self.MOST:
            raise ValueError(f"a density is 0 to {self.MOST:g}, got {density}")
        self._camera = camera
        self._end_s = end_s
        self._count = 0
        self._present: list[Trace] = []
        rates = [*(sum(rate for _, rate in lane.per_minute) for lane in LANES), CROSSERS_PER_MINUTE]
        self._streams = [
            _Stream(np.random.default_rng((seed, index)), rate * density / 60)
            for index, rate in enumerate(rates)
            if density > 0
        ]
        self._queue: list[tuple[float, int]] = []
        for index in range(len(self._streams)):
            self._queue_next(index)

    def arrivals(self, until_s: float) -> Sequence[Actor]:
        """Everybody new whose path begins before a time.

        Args:
            until_s: Scene time; not before that of an earlier call.

        Returns:
            Those whom no earlier call returned; some may begin a little later than ``until_s``.
        """
        admitted = []
        while self._queue and self._queue[0][0] <= until_s:
            arrival_s, index = heapq.heappop(self._queue)
            self._present = [other for other in self._present if other.actor.path.end_s >= arrival_s]
            actor = self._admit(arrival_s, index)
            if actor:
                admitted.append(actor)
            self._queue_next(index)
        return admitted

    def _queue_next(self, index: int) -> None:
        stream = self._streams[index]
        stream.advance()
        heapq.heappush(self._queue, (stream.next_s, index))

    def _admit(self, arrival_s: float, index: int) -> Actor | None:
        """Let somebody in as soon as it is fair; nobody where that takes too long."""
        rng = self._streams[index].rng
        kind = _kind(LANES[index], rng) if index < len(LANES) else "person"
        look_seed = int(rng.integers(_LOOKS))
        speed_mps = float(rng.uniform(*_SPEED_MPS[kind]))
        if index < len(LANES):
            points = lane_way(LANES[index], kind, look_seed, self._camera)
        else:
            points = crosser_way(rng, self._camera)
        for wait in range(_TRIES):
            path = Path(points, arrival_s + wait * _WAIT_S, speed_mps)
            if self._end_s is not None and path.end_s > self._end_s:
                return None
            candidate = trace(Actor(self._count + 1, kind, path, look_seed), self._camera)
            if all(fair_together(candidate, other) for other in self._present):
                self._count += 1
                self._present.append(candidate)
                return candidate.actor
        return None


def _kind(lane: Lane, rng: np.random.Generator) -> ObjectClass:
    kinds = [kind for kind, _ in lane.per_minute]
    rates = np.array([rate for _, rate in lane.per_minute])
    return kinds[int(rng.choice(len(kinds), p=rates / rates.sum()))]
