"""Paths over the ground: straight legs at an even speed, so that every position and crossing has a formula.

Who stands has a leg that leads nowhere and lasts; who brakes has several short legs, each slower than the last.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from simulators.street.camera import Ground

FEWEST_POINTS: Final = 2
_BRAKING_LEGS: Final = 6


class Leg(NamedTuple):
    """One straight part of a path, or one stay at a place.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        start_s: When it begins, scene time.
        end_s: When it ends, scene time.
        facing: Metres to the right and metres away from the camera, of any length: which way one looks.
        gone_m: How long the path was up to here.
    """

    start: Ground
    end: Ground
    start_s: float
    end_s: float
    facing: tuple[float, float]
    gone_m: float

    @property
    def stands(self) -> bool:
        """Whether it leads nowhere."""
        return self.start == self.end

    @property
    def speed_mps(self) -> float:
        """How fast one moves on it."""
        return math.dist(self.start, self.end) / (self.end_s - self.start_s)

    def at(self, time_s: float) -> Ground:
        """Where one is at a time.

        Args:
            time_s: Scene time, within the leg.

        Returns:
            The ground point.
        """
        share = (time_s - self.start_s) / (self.end_s - self.start_s)
        return Ground(
            self.start.x_m + share * (self.end.x_m - self.start.x_m),
            self.start.depth_m + share * (self.end.depth_m - self.start.depth_m),
        )

    def walked_m(self, time_s: float) -> float:
        """How far one has come on the whole path.

        Args:
            time_s: Scene time, within the leg.

        Returns:
            Metres along the path.
        """
        share = (time_s - self.start_s) / (self.end_s - self.start_s)
        return self.gone_m + share * math.dist(self.start, self.end)


@dataclass(frozen=True)
class Path:
    """A way through the street.

    Attributes:
        points: Two or more ground points, no two neighbours equal.
        start_s: When it begins, scene time.
        speed_mps: Speed wherever one does not stand or brake.
        stands_s: For each point, how long one stands there; empty for who never stands.
        brake_m: Over which length one slows down before standing, and gathers speed after.
    """

    points: tuple[Ground, ...]
    start_s: float
    speed_mps: float
    stands_s: tuple[float, ...] = ()
    brake_m: float = 0.0

    def __post_init__(self) -> None:
        if len(self.points) < FEWEST_POINTS:
            raise ValueError(f"a path needs two points, got {len(self.points)}")
        if self.speed_mps <= 0:
            raise ValueError(f"a path needs a speed above 0, got {self.speed_mps}")
        if any(math.dist(a, b) == 0 for a, b in pairwise(self.points)):
            raise ValueError("a path must not stand still: two neighbouring points are the same")
        if self.stands_s and len(self.stands_s) != len(self.points):
            raise ValueError(f"{len(self.stands_s)} times to stand for {len(self.points)} points")
        if min(self.stands_s, default=0.0) < 0 or self.brake_m < 0:
            raise ValueError("nobody stands for less than no time, or brakes over less than nothing")

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The straight parts and the stays, in order."""
        return tuple(self._walk())

    def _walk(self) -> Iterator[Leg]:
        now_s, gone_m = self.start_s, 0.0
        stands_s = self.stands_s or (0.0,) * len(self.points)
        for index, (start, end) in enumerate(pairwise(self.points)):
            facing = (end.x_m - start.x_m, end.depth_m - start.depth_m)
            if index == 0 and stands_s[0]:
                yield Leg(start, start, now_s, now_s + stands_s[0], facing, gone_m)
                now_s += stands_s[0]
            for a, b, speed_mps in self._paced(start, end, (stands_s[index] > 0, stands_s[index + 1] > 0)):
                length_m = math.dist(a, b)
                then_s = now_s + length_m / speed_mps
                yield Leg(a, b, now_s, then_s, facing, gone_m)
                now_s, gone_m = then_s, gone_m + length_m
            if stands_s[index + 1]:
                yield Leg(end, end, now_s, now_s + stands_s[index + 1], facing, gone_m)
                now_s += stands_s[index + 1]

    def _paced(
        self, start: Ground, end: Ground, still: tuple[bool, bool]
    ) -> Iterator[tuple[Ground, Ground, float]]:
        """One stretch between two points: where its parts begin and end, and how fast one moves on each."""
        length_m = math.dist(start, end)
        brake_m = min(self.brake_m, length_m / 2)
        pace = [math.sqrt((step + 0.5) / _BRAKING_LEGS) for step in range(_BRAKING_LEGS)]
        parts: list[tuple[float, float]] = []  # length in metres, share of the speed
        if still[0] and brake_m:
            parts += [(brake_m / _BRAKING_LEGS, share) for share in pace]
        braked_m = brake_m * sum(still)
        if length_m > braked_m:
            parts.append((length_m - braked_m, 1.0))
        if still[1] and brake_m:
            parts += [(brake_m / _BRAKING_LEGS, share) for share in reversed(pace)]
        gone_m, here = 0.0, start
        for index, (part_m, share) in enumerate(parts):
            gone_m += part_m
            there = end if index == len(parts) - 1 else _between(start, end, gone_m / length_m)
            yield here, there, share * self.speed_mps
            here = there

    @property
    def end_s(self) -> float:
        """When it ends, scene time."""
        return self.legs[-1].end_s

    def leg_at(self, time_s: float) -> Leg | None:
        """On which part one is at a time.

        Args:
            time_s: Scene time.

        Returns:
            The part; None before the path begins and after it ends.
        """
        return next((leg for leg in self.legs if leg.start_s <= time_s <= leg.end_s), None)

    def at(self, time_s: float) -> Ground | None:
        """Where one is at a time.

        Args:
            time_s: Scene time.

        Returns:
            The ground point; None before the path begins and after it ends.
        """
        leg = self.leg_at(time_s)
        return leg.at(time_s) if leg else None


def _between(start: Ground, end: Ground, share: float) -> Ground:
    return Ground(start.x_m + share * (end.x_m - start.x_m), start.depth_m + share * (end.depth_m - start.depth_m))
