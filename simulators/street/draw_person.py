"""Draws people: walking, seen from the side, the front or the back, and sitting astride two wheels."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from simulators.street.brush import Brush, Point, Sprite, tinted
from simulators.street.raster import Colour

View = Literal["side", "front", "back"]

HEAD_M: Final = 1.56
SHOULDER_M: Final = 1.40
HIP_M: Final = 0.90
THIGH_M: Final = 0.43
SHIN_M: Final = 0.41
UPPER_ARM_M: Final = 0.29
FOREARM_M: Final = 0.26


@dataclass(frozen=True)
class Look:
    """What somebody looks like.

    Attributes:
        skin: Colour of face, neck, hands.
        hair: Colour of the hair.
        top: Colour of shirt or jacket.
        legs: Colour of trousers, shorts or skirt.
        shoes: Colour of the shoes.
        long_sleeves: The arms are covered.
        shorts: The shins are bare.
        long_hair: Hair down to the shoulders.
        bag: Colour of a rucksack; none where None.
        hat: Colour of a cap or a helmet; bare-headed where None.
        stature: Height over 1.70 m.
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
    for factor, share, shift in ((0.62, 1.0, 0.0), (1.0, 0.74, 0.12)):
        for start, end, wide, narrow in zip(joints, joints[1:], widths_m, widths_m[1:], strict=False):
            length = math.hypot(end[0] - start[0], end[1] - start[1]) or 1.0
            across = ((end[1] - start[1]) / length, (start[0] - end[0]) / length)
            a, b = wide * share / 2, narrow * share / 2
            lift = (-wide * shift, wide * shift * 0.4)
            corners = [
                (start[0] + across[0] * a + lift[0], start[1] + across[1] * a + lift[1]),
                (start[0] - across[0] * a + lift[0], start[1] - across[1] * a + lift[1]),
                (end[0] - across[0] * b + lift[0], end[1] - across[1] * b + lift[1]),
                (end[0] + across[0] * b + lift[0], end[1] + across[1] * b + lift[1]),
            ]
            paint = tinted(colour, factor)
            brush.polygon(corners, paint)
            brush.disc((start[0] + lift[0], start[1] + lift[1]), a, paint)
            brush.disc((end[0] + lift[0], end[1] + lift[1]), b, paint)


def _leg(phase: float) -> tuple[Point, Point]:
    """Knee and ankle relative to the hip, for one leg of a walker seen from the side."""
    thigh = 0.42 * math.sin(phase)
    flex = 0.10 + 0.85 * max(0.0, math.cos(phase)) ** 2
    knee = (THIGH_M * math.sin(thigh), -THIGH_M * math.cos(thigh))
    shin = thigh - flex
    return knee, (knee[0] + SHIN_M * math.sin(shin), knee[1] - SHIN_M * math.cos(shin))


def _arm(phase: float) -> tuple[Point, Point]:
    """Elbow and hand relative to the shoulder, seen from the side."""
    upper = 0.38 * math.sin(phase)
    fore = upper + 0.35 + 0.15 * math.sin(phase)
    elbow = (UPPER_ARM_M * math.sin(upper), -UPPER_ARM_M * math.cos(upper))
    return elbow, (elbow[0] + FOREARM_M * math.sin(fore), elbow[1] - FOREARM_M * math.cos(fore))


def _plus(base: Point, offset: Point) -> Point:
    return (base[0] + offset[0], base[1] + offset[1])


def head_side(brush: Brush, neck: Point, look: Look, *, lean: float = 0.0) -> None:
    """Draw a head in profile above a neck.

    Args:
        brush: Draws it.
        neck: Where the neck leaves the shoulders.
        look: Whose head.
        lean: How far ahead of the neck the head is carried, metres.
    """
    centre = (neck[0] + 0.03 + lean, neck[1] + 0.20)
    limb(brush, [neck, (centre[0] - 0.01, centre[1] - 0.08)], [0.12, 0.11], tinted(look.skin, 0.85))
    if look.long_hair:
        brush.polygon(
            [
                (centre[0] - 0.12, centre[1] + 0.05),
                (centre[0] + 0.02, centre[1] + 0.05),
                (centre[0] - 0.03, centre[1] - 0.22),
                (centre[0] - 0.13, centre[1] - 0.22),
            ],
            look.hair,
            fade=0.7,
        )
    brush.disc(centre, 0.095, tinted(look.skin, 0.8), height_m=0.125)
    brush.disc((centre[0] + 0.012, centre[1] + 0.005), 0.08, look.skin, height_m=0.11)
    brush.polygon(
        [
            (centre[0] + 0.085, centre[1] + 0.02),
            (centre[0] + 0.115, centre[1] - 0.02),
            (centre[0] + 0.085, centre[1] - 0.03),
        ],
        look.skin,
    )
    brush.disc((centre[0] - 0.03, centre[1] + 0.045), 0.095, look.hair, height_m=0.095)
    brush.disc((centre[0] - 0.045, centre[1] + 0.0), 0.07, look.hair, height_m=0.08)
    if look.hat is not None:
        brush.disc((centre[0] - 0.01, centre[1] + 0.06), 0.115, look.hat, height_m=0.085)
        brush.polygon(
            [
                (centre[0] + 0.04, centre[1] + 0.07),
                (centre[0] + 0.18, centre[1] + 0.045),
                (centre[0] + 0.04, centre[1] + 0.04),
            ],
            tinted(look.hat, 0.7),
        )


def _side(brush: Brush, look: Look, phase: float) -> None:
    near, far = _leg(phase), _leg(phase + math.pi)
    drop = max(-near[1][1], -far[1][1]) + 0.07
    hip: Point = (0.0, drop)
    shoulder: Point = (0.03, drop + SHOULDER_M - HIP_M)
    back_arm, front_arm = _arm(phase), _arm(phase + math.pi)
    _side_arm(brush, look, shoulder, back_arm, dim=0.7)
    _side_leg(brush, look, hip, far, dim=0.72)
    _side_leg(brush, look, hip, near, dim=1.0)
    if look.bag is not None:
        brush.polygon(
            [
                (-0.1, shoulder[1] + 0.02),
                (-0.1, hip[1] + 0.12),
                (-0.27, hip[1] + 0.14),
                (-0.25, shoulder[1] - 0.03),
            ],
            look.bag,
            fade=0.6,
        )
    limb(
        brush, [(0.0, hip[1]), (0.0, hip[1] + 0.2), _plus(shoulder, (-0.02, -0.05))], [0.25, 0.23, 0.25], look.top
    )
    head_side(brush, _plus(shoulder, (0.0, 0.03)), look)
    _side_arm(brush, look, shoulder, front_arm, dim=0.95)


def _side_leg(brush: Brush, look: Look, hip: Point, leg: tuple[Point, Point], *, dim: float) -> None:
    knee, ankle = _plus(hip, leg[0]), _plus(hip, leg[1])
    shoe = [
        _plus(ankle, (-0.07, -0.07)),
        _plus(ankle, (-0.05, 0.03)),
        _plus(ankle, (0.06, 0.01)),
        _plus(ankle, (0.19, -0.07)),
    ]
    shin = look.skin if look.shorts else look.legs
    limb(brush, [knee, ankle], [0.14, 0.10], tinted(shin, dim))
    limb(brush, [hip, knee], [0.21, 0.15], tinted(look.legs, dim))
    brush.polygon(shoe, tinted(look.shoes, dim))


def _side_arm(brush: Brush, look: Look, shoulder: Point, arm: tuple[Point, Point], *, dim: float) -> None:
    elbow, hand = _plus(shoulder, arm[0]), _plus(shoulder, arm[1])
    sleeve = look.top if look.long_sleeves else look.skin
    limb(brush, [elbow, hand], [0.09, 0.07], tinted(sleeve, dim))
    limb(brush, [shoulder, elbow], [0.13, 0.10], tinted(look.top, dim))
    brush.disc(hand, 0.045, tinted(look.skin, dim))


def _facing(brush: Brush, look: Look, phase: float, *, back: bool) -> None:
    """Somebody who comes nearer or goes away."""
    swing = math.sin(phase)
    hip_y = HIP_M + 0.02
    for side in (-1.0, 1.0):
        lift = max(0.0, side * swing) * 0.12
        knee: Point = (side * 0.10, hip_y - THIGH_M + lift * 0.5)
        ankle: Point = (side * 0.10, 0.07 + lift)
        shin = look.skin if look.shorts else look.legs
        brush.disc((ankle[0], ankle[1] - 0.02), 0.06, look.shoes, height_m=0.05)
        limb(brush, [knee, ankle], [0.15, 0.11], tinted(shin, 0.95))
        limb(brush, [(side * 0.09, hip_y), knee], [0.19, 0.15], look.legs)
    for side in (-1.0, 1.0):
        raised = side * swing * 0.05
        elbow: Point = (side * 0.27, SHOULDER_M - 0.27)
        hand: Point = (side * 0.26, SHOULDER_M - 0.50 + raised)
        limb(brush, [elbow, hand], [0.09, 0.07], tinted(look.top if look.long_sleeves else look.skin, 0.95))
        limb(brush, [(side * 0.19, SHOULDER_M - 0.03), elbow], [0.13, 0.10], tinted(look.top, 0.9))
        brush.disc(hand, 0.045, look.skin)
    torso: list[Point] = [(-0.21, 1.40), (0.21, 1.40), (0.17, 1.1), (0.17, 0.86), (-0.17, 0.86), (-0.17, 1.1)]
    brush.polygon(torso, look.top, fade=0.75)
    limb(brush, [(-0.13, 1.40), (0.13, 1.40)], [0.10, 0.10], look.top)
    _facing_head(brush, look, back=back)
    if look.bag is not None and back:
        brush.polygon([(-0.15, 1.38), (0.15, 1.38), (0.16, 1.0), (-0.16, 1.0)], look.bag, fade=0.7)


def _facing_head(brush: Brush, look: Look, *, back: bool) -> None:
    limb(brush, [(0.0, 1.40), (0.0, 1.50)], [0.12, 0.11], tinted(look.skin, 0.85))
    if look.long_hair:
        brush.polygon([(-0.11, 1.62), (0.11, 1.62), (0.12, 1.36), (-0.12, 1.36)], tinted(look.hair, 0.9))
    brush.disc((0.0, 1.59), 0.085, look.hair if back else look.skin, height_m=0.125)
    brush.disc((0.0, 1.645), 0.09, look.hair, height_m=0.075)
    if look.hat is not None:
        brush.disc((0.0, 1.66), 0.115, look.hat, height_m=0.07)


def draw_walker(look: Look, *, phase: float, view: View, px_per_m: float, mirrored: bool, seed: int) -> Sprite:
    """Draw somebody who walks.

    Args:
        look: Who.
        phase: Of the gait, radians.
        view: From where they are seen.
        px_per_m: Scale of the sprite.
        mirrored: They walk to the left; only for the side view.
        seed: Of the cloth's grain.

    Returns:
        The sprite, its foot point below the middle of the body.
    """
    brush = Brush(0.75, 0.95, 1.95, px_per_m=px_per_m * look.stature, seed=seed)
    brush.shadow((0.10, 0.0), 0.38, 0.09, 0.5)
    if view == "side":
        _side(brush, look, phase)
    else:
        _facing(brush, look, phase, back=view == "back")
    return brush.finish(mirrored=mirrored)
