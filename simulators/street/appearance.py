"""Appearance: an actor in one picture."""

from dataclasses import dataclass

from simulators.street.actors import Actor, Extent
from simulators.street.aim import STILL, Aim
from simulators.street.brush import Sprite
from simulators.street.camera import Ground


@dataclass(frozen=True)
class Appearance:
    """An actor in one picture.

    Attributes:
        actor: Who.
        sprite: How it is drawn.
        spot: Where it is.
        x_px: Column of its foot point, as a camera that hangs still sees it.
        y_px: Row of its foot point, likewise.
        px_per_m: How large a metre is there.
        aim: Where the camera points.
    """

    actor: Actor
    sprite: Sprite
    spot: Ground
    x_px: int
    y_px: int
    px_per_m: float
    aim: Aim = STILL

    @property
    def box_px(self) -> Extent:
        """The drawn box in the picture as taken, not clipped to it."""
        left, top, right, bottom = self.sprite.box_px
        still = Extent(self.x_px + left, self.y_px + top, self.x_px + right, self.y_px + bottom)
        return self.aim.box(still)
