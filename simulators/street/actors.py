"""Actors: who moves through the street, when, where and how large."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple, Protocol

from cityedge.classes import ObjectClass
from simulators.street.camera import Camera, Ground
from simulators.street.draw_body import Look
from simulators.street.looks import AnyLook, look_of, size_m
from simulators.street.paths import Path

PARKED_S: Final = 1e8
"""Scene time long after anybody looks: until then stands what never sets off."""


class Extent(NamedTuple):
    """A box in the picture, pixels.

    Attributes:
        left: Left edge.
        top: Upper edge.
        right: Right edge.
        bottom: Lower edge.
    """

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Actor:
    """Somebody or something that passes. A vehicle's riders are part of it.

    Attributes:
        number: From 1, unique within one street.
        kind: What a perfect counter would call it.
        path: Its way; begins and ends outside the picture, unless parked.
        look_seed: Decides what it looks like.
        stature: How tall somebody on foot is, beside the usual: children are below 0.8.
        against: The lane that it uses the wrong way.
    """

    number: int
    kind: ObjectClass
    path: Path
    look_seed: int
    stature: float = 1.0
    against: str | None = None

    @cached_property
    def look(self) -> AnyLook:
        """What it looks like."""
        look = look_of(self.kind, self.look_seed)
        return replace(look, stature=look.stature * self.stature) if isinstance(look, Look) else look

    @property
    def passes(self) -> bool:
        """Whether it ever leaves: what is parked for ever does not."""
        return self.path.end_s < PARKED_S

    @property
    def moves_until_s(self) -> float:
        """Until when it moves, scene time: when it leaves, or stands where it is parked for ever."""
        return self.path.end_s if self.passes else next(leg.start_s for leg in self.path.legs if leg.stands)

    @cached_property
    def size_m(self) -> tuple[float, float]:
        """Its length along the street and its height, metres."""
        return size_m(self.look)

    def extent(self, time_s: float, camera: Camera) -> Extent | None:
        """About where it appears; the drawn box differs by a limb's swing.

        Args:
            time_s: Scene time.
            camera: That sees it.

        Returns:
            The box, clipped to nothing; None when it is not on its path.
        """
        spot = self.path.at(time_s)
        return self.extent_at(spot, camera) if spot else None

    def extent_at(self, spot: Ground, camera: Camera) -> Extent:
        """About where it appears when it stands on a spot.

        Args:
            spot: Where its foot point is.
            camera: That sees it.

        Returns:
            The box.
        """
        per_m = camera.px_per_m(spot.depth_m)
        foot = camera.project(spot)
        x_px, y_px = foot.x * camera.width_px, foot.y * camera.height_px
        half = self.size_m[0] * per_m / 2
        return Extent(x_px - half, y_px - self.size_m[1] * per_m, x_px + half, y_px)


class Cast(Protocol):
    """Who comes: seeded traffic, or a script."""

    def arrivals(self, until_s: float) -> Sequence[Actor]:
        """Everybody new whose path begins before a time.

        Args:
            until_s: Scene time; not before that of an earlier call.

        Returns:
            Those whom no earlier call returned.
        """
        ...
