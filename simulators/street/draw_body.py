"""Draws parts of people: limbs and heads, for those who walk and for those who ride."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulators.street.brush import Brush, Point, tinted
from simulators.street.raster import Colour


@dataclass(frozen=True)
class Look:
    """What somebody looks like.

    Attributes:
        skin: Colour of face, neck, hands.
        hair: Colour of the hair.
        top: Colour of shirt or jacket.
        legs: Colour of trousers or shorts.
        shoes: Colour of the shoes.
        long_sleeves: The arms are covered.
        shorts: The shins are bare.
        long_hair: Hair down to the shoulders.
        bag: Colour of a rucksack; none where None.
        hat: Colour of a cap or a helmet; bare-headed where None.
        stature: Height over 1.80 m.
    """

    skin: Colour
    hair: Colour
    top: Colour
    legs: Colour
    shoes: Colour = (40, 40, 45)
    long_sleeves: bool = False
    shorts: bool = False
    long_hair: bool = False
    bag: Colour | None = None
    hat: Colour | None = None
    stature: float = 1.0


def limb(brush: Brush, joints: Sequence[Point], widths_m: Sequence[float], colour: Colour) -> None:
    """Draw a rounded, shaded limb.

    Args:
        brush: Draws it.
        joints: Two or more points along it.
        widths_m: Its width at each joint.
        colour: Of the cloth or skin.
    """
    # The whole in shadow first, then narrower and towards the light.
    for factor, share, shift in ((0.45, 1.0, 0.0), (1.0, 0.71, 0.10)):
        paint = tinted(colour, factor)
        for start, end, wide, narrow in zip(joints, joints[1:], widths_m, widths_m[1:], strict=False):
            lift = (-wide * shift, wide * shift * 0.4)
            _capsule(brush, offset(start, lift), offset(end, lift), (wide * share / 2, narrow * share / 2), paint)


def _capsule(brush: Brush, start: Point, end: Point, radii: tuple[float, float], paint: Colour) -> None:
    length = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    across = ((end[1] - start[1]) / length, (start[0] - end[0]) / length)
    corners = [
        offset(spot, (across[0] * reach, across[1] * reach))
        for spot, reach in ((start, radii[0]), (start, -radii[0]), (end, -radii[1]), (end, radii[1]))
    ]
    brush.polygon(corners, paint)
    brush.disc(start, radii[0], paint)
    brush.disc(end, radii[1], paint)


def offset(base: Point, by: Point) -> Point:
    """Move a point.

    Args:
        base: The point.
        by: How far right and up, metres.

    Returns:
        The moved point.
    """
    return (base[0] + by[0], base[1] + by[1])


def draw_head(brush: Brush, neck: Point, look: Look, *, lean: float = 0.0) -> None:
    """Draw a head in profile above a neck.

    Args:
        brush: Draws it.
        neck: Where the neck leaves the shoulders.
        look: Whose head.
        lean: How far ahead of the neck the head is carried, metres.
    """
    centre = offset(neck, (0.03 + lean, 0.205))
    limb(brush, [neck, offset(centre, (-0.01, -0.08))], [0.12, 0.11], tinted(look.skin, 0.92))
    if look.long_hair:
        lock = [(-0.12, 0.05), (0.02, 0.05), (-0.03, -0.24), (-0.13, -0.24)]
        brush.polygon([offset(centre, at) for at in lock], look.hair, fade=0.7)
    brush.disc(centre, 0.104, tinted(look.skin, 0.92), height_m=0.145)
    brush.disc(offset(centre, (0.012, 0.005)), 0.09, look.skin, height_m=0.128)
    brush.polygon([offset(centre, at) for at in ((0.09, 0.02), (0.122, -0.02), (0.09, -0.03))], look.skin)
    brush.disc(offset(centre, (-0.03, 0.048)), 0.097, look.hair, height_m=0.097)
    brush.disc(offset(centre, (-0.045, 0.0)), 0.073, look.hair, height_m=0.083)
    if look.hat is not None:
        brush.disc(offset(centre, (-0.01, 0.065)), 0.12, look.hat, height_m=0.09)
        peak = [(0.04, 0.075), (0.185, 0.05), (0.04, 0.045)]
        brush.polygon([offset(centre, at) for at in peak], tinted(look.hat, 0.7))
