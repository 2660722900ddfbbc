"""The street itself: lanes and pavements by depth, the zebra crossing, its own lines and zones."""

from dataclasses import dataclass
from typing import Final, Literal

from cityedge.classes import ObjectClass
from simulators.street.camera import Camera, Share
from simulators.street.places import Line, Zone

Heading = Literal["left", "right"]


@dataclass(frozen=True)
class Lane:
    """A strip along which things move.

    Attributes:
        name: Of the lane.
        row: Where its foot points appear, as a share of the picture's height.
        heading: Which way things move on it, as seen in the picture.
        per_minute: How many of each class come in a minute at density 1.
    """

    name: str
    row: float
    heading: Heading
    per_minute: tuple[tuple[ObjectClass, float], ...]

    def depth_m(self, camera: Camera) -> float:
        """How far from the camera it is.

        Args:
            camera: That sees it.

        Returns:
            Metres.
        """
        return camera.depth_at(self.row)


# Traffic keeps to the right, so what is near comes from the left. Two-wheelers ride nearer to the camera than
# the cars of their direction, so that no car hides one along its whole way.
_BIG: Final[tuple[tuple[ObjectClass, float], ...]] = (("car", 3.2), ("bus", 0.7), ("truck", 0.7))
_SMALL: Final[tuple[tuple[ObjectClass, float], ...]] = (("motorcycle", 5.0), ("bicycle", 1.3))
_FEET: Final[tuple[tuple[ObjectClass, float], ...]] = (("person", 1.8),)

LANES: Final = (
    Lane("far-pavement-left", 222 / 576, "left", _FEET),
    Lane("far-pavement-right", 242 / 576, "right", _FEET),
    Lane("far-road", 302 / 576, "left", _BIG),
    Lane("far-two-wheelers", 350 / 576, "left", _SMALL),
    Lane("near-road", 427 / 576, "right", _BIG),
    Lane("near-two-wheelers", 480 / 576, "right", _SMALL),
    Lane("near-pavement-left", 528 / 576, "left", _FEET),
    Lane("near-pavement-right", 556 / 576, "right", _FEET),
)
"""All lanes, far to near."""


def lane_named(name: str) -> Lane:
    """Find a lane.

    Args:
        name: Of the lane; one that exists.

    Returns:
        The lane.
    """
    return next(lane for lane in LANES if lane.name == name)


CROSSERS_PER_MINUTE: Final = 2.2
"""How many people cross the road in a minute at density 1, both ways together."""

FAR_KERB: Final = 264 / 576
CENTRE: Final = 386 / 576
NEAR_KERB: Final = 502 / 576
"""Rows of the road's edges and of its middle."""

ZEBRA_M: Final = (1.9, 4.9)
"""From and to where the zebra crossing lies, metres right of the middle."""

LINES: Final = (
    Line("mid", (Share(0.5, 0.0), Share(0.5, 1.0))),
    Line("crosswalk", (Share(0.62, CENTRE), Share(0.90, CENTRE))),
)
"""The lines that the street comes with. ``mid`` counts ``in`` what moves to the right; ``crosswalk`` counts ``in``
who crosses the road away from the camera."""

ZONES: Final = (Zone("pavement", (Share(0.1, 0.885), Share(0.9, 0.885), Share(0.9, 1.0), Share(0.1, 1.0))),)
"""The zones that the street comes with: the pavement nearest to the camera."""

CALIBRATION: Final = (Share(0.2, 0.5), Share(0.8, 0.5), Share(0.9, 0.95), Share(0.1, 0.95))
"""Four points of the picture, in order round the area that they enclose, by which a view may be calibrated."""
