"""Seeded traffic: who comes next and when, for as long as anybody looks."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
import numpy as np

from simulators.street.actors import Actor
from simulators.street.camera import Camera
from simulators.street.fairness import Trace, apart, fair_together, trace
from simulators.street.flows import flows_of
from simulators.street.mix import USUAL, Mix
from simulators.street.plans import Flow, Plan

_TRIES: Final = 24
_WAIT_S: Final = 0.5


@dataclass
class _Stream:
    """Arrivals by one rule, in order of time."""

    rng: np.random.Generator
    flow: Flow
    next_s: float = 0.0

    def advance(self) -> None:
        self.next_s += float(self.rng.exponential(60 / self.flow.per_minute))


class Traffic:
    """Traffic that a seed decides. However it is asked, the same street answers.

    Args:
        camera: That sees it: everybody comes from outside its picture and leaves it.
        seed: Decides everything.
        density: How busy it is; 1 is about 32 crossings of the middle a minute.
        end_s: Nobody comes who would not have left by then, so that every crossing can be observed; for ever
            where None. A shorter street is therefore not the beginning of a longer one.
        mix: Who comes and what they do; its own density is multiplied by ``density``.
        others: Who comes whatever the seed says; the traffic gives way to them.

    Raises:
        ValueError: The density is below 0 or so high that no street has room for it.
    """

    MOST: Final = 20.0
    """The highest density; long before it, most of those who would come find no room."""

    def __init__(
        self,
        camera: Camera,
        *,
        seed: int,
        density: float = 1.0,
        end_s: float | None = None,
        mix: Mix = USUAL,
        others: Sequence[Actor] = (),
    ) -> None:
        if not 0 <= density <= self.MOST:
            raise ValueError(f"a density is 0 to {self.MOST:g}, got {density}")
        self._camera = camera
        self._end_s = end_s
        self._together = fair_together if mix.fair else apart
        self._others = sorted(others, key=lambda actor: actor.path.start_s)
        self._count = len(others)
        self._present = [trace(other, camera, until_s=other.moves_until_s) for other in others]
        flows = flows_of(msgspec.structs.replace(mix, density=mix.density * density), camera)
        self._streams = [
            _Stream(np.random.default_rng((seed, index)), flow)
            for index, flow in enumerate(flows)
            if flow.per_minute > 0
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
        due = sum(actor.path.start_s <= until_s for actor in self._others)
        admitted, self._others = self._others[:due], self._others[due:]
        while self._queue and self._queue[0][0] <= until_s:
            arrival_s, index = heapq.heappop(self._queue)
            self._present = [other for other in self._present if other.actor.path.end_s >= arrival_s]
            admitted += self._admit(arrival_s, self._streams[index])
            self._queue_next(index)
        return admitted

    def _queue_next(self, index: int) -> None:
        stream = self._streams[index]
        stream.advance()
        heapq.heappush(self._queue, (stream.next_s, index))

    def _admit(self, arrival_s: float, stream: _Stream) -> list[Actor]:
        """Let somebody, or a group, in as soon as it is fair; nobody where that takes too long."""
        plans = stream.flow.plan(stream.rng)
        for wait in range(_TRIES):
            group = self._traces(plans, arrival_s + wait * _WAIT_S)
            if self._end_s is not None and any(one.actor.path.end_s > self._end_s for one in group):
                return []
            if all(self._together(one, other) for one in group for other in self._present):
                self._count += len(group)
                self._present += group
                return [one.actor for one in group]
        return []

    def _traces(self, plans: Sequence[Plan], start_s: float) -> list[Trace]:
        numbers = range(self._count + 1, self._count + 1 + len(plans))
        actors = [plan.actor(number, start_s) for number, plan in zip(numbers, plans, strict=True)]
        return [trace(actor, self._camera) for actor in actors]
