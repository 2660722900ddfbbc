"""Effects: what weather, distractions and faults do to a picture, one after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from simulators.street.aim import Aim
from simulators.street.appearance import Appearance
from simulators.street.raster import Picture


@dataclass(frozen=True)
class Moment:
    """When a picture is taken, and of whom.

    Attributes:
        time_s: Scene time.
        index: Which frame it is.
        seen: Who is on their path, far to near.
        aim: Where the camera points.
    """

    time_s: float
    index: int
    seen: Sequence[Appearance]
    aim: Aim


class Effect(Protocol):
    """Something that changes a picture; the same for the same moment."""

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Change a picture.

        Args:
            picture: Shape (H, W, 3), uint8, BGR; may be overwritten.
            moment: When it is taken.

        Returns:
            The changed picture: the one that was given, or another of the same shape.
        """
        ...
