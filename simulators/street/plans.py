"""Plans: somebody who would like to come, all decided but when; and how often such a one comes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cityedge.classes import ObjectClass
from simulators.street.actors import Actor
from simulators.street.camera import Ground
from simulators.street.paths import Path


@dataclass(frozen=True)
class Plan:
    """Somebody who would like to come.

    Attributes:
        kind: What a perfect counter would call it.
        points: The way.
        speed_mps: How fast.
        look_seed: Decides what it looks like.
        stands_s: How long it stands at each point; empty for who never stands.
        brake_m: Over which length it slows down before standing.
        stature: How tall, beside the usual; for people.
        after_s: How much later than the first of its group it comes.
        against: The lane that it uses the wrong way.
    """

    kind: ObjectClass
    points: tuple[Ground, ...]
    speed_mps: float
    look_seed: int
    stands_s: tuple[float, ...] = ()
    brake_m: float = 0.0
    stature: float = 1.0
    after_s: float = 0.0
    against: str | None = None

    def actor(self, number: int, start_s: float) -> Actor:
        """Let them come.

        Args:
            number: Of the actor, unique within its street.
            start_s: When the first of the group begins, scene time.

        Returns:
            The actor.
        """
        path = Path(self.points, start_s + self.after_s, self.speed_mps, self.stands_s, self.brake_m)
        return Actor(number, self.kind, path, self.look_seed, stature=self.stature, against=self.against)


Planner = Callable[[np.random.Generator], tuple[Plan, ...]]
"""Plans the next one, or the next group."""


@dataclass(frozen=True)
class Flow:
    """Those who come by one rule.

    Attributes:
        per_minute: How many, or how many groups, in a minute.
        plan: Plans the next.
    """

    per_minute: float
    plan: Planner
