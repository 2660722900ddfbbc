"""Paths over the ground: straight legs at an even speed, so that every position and crossing has a formula."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from simulators.street.camera import Ground

FEWEST_POINTS: Final = 2


class Leg(NamedTuple):
    """One straight part of a path.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        start_s: When it begins, scene time.
        end_s: When it ends, scene time.
    """

    start: Ground
    end: Ground
    start_s: float
    end_s: float

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


@dataclass(frozen=True)
class Path:
    """A way through the street.

    Attributes:
        points: Two or more ground points, no two neighbours equal.
        start_s: When it begins, scene time.
        speed_mps: Speed, the same all the way.
    """

    points: tuple[Ground, ...]
    start_s: float
    speed_mps: float

    def __post_init__(self) -> None:
        if len(self.points) < FEWEST_POINTS:
            raise ValueError(f"a path needs two points, got {len(self.points)}")
        if self.speed_mps <= 0:
            raise ValueError(f"a path needs a speed above 0, got {self.speed_mps}")
        if any(math.dist(a, b) == 0 for a, b in zip(self.points, self.points[1:], strict=False)):
            raise ValueError("a path must not stand still: two neighbouring points are the same")

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """The straight parts, in order."""
        return tuple(self._walk())

    def _walk(self) -> Iterator[Leg]:
        now_s = self.start_s
        for start, end in zip(self.points, self.points[1:], strict=False):
            then_s = now_s + math.dist(start, end) / self.speed_mps
            yield Leg(start, end, now_s, then_s)
            now_s = then_s

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
