"""Draws people who walk, seen from the side, the front or the back."""

import math
from typing import Final, Literal

from simulators.street.brush import Brush, Point, Sprite, tinted
from simulators.street.draw_body import Look, draw_head, limb, offset

View = Literal["side", "front", "back"]

# Proportions and shading were searched for with the default detector in the loop.
_SHOULDER_M: Final = 1.45
_HIP_M: Final = 0.94
_THIGH_M: Final = 0.45
_SHIN_M: Final = 0.43
_UPPER_ARM_M: Final = 0.29
_FOREARM_M: Final = 0.26
_SOLE_M: Final = 0.07
_FAR_SIDE: Final = 0.6
_NEAR_ARM: Final = 0.95


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
    brush = Brush(0.75, 0.95, 2.0, px_per_m=px_per_m * look.stature, seed=seed)
    brush.shadow((0.08, 0.0), 0.45, 0.09, 0.3)
    if view == "side":
        _side(brush, look, phase)
    else:
        _facing(brush, look, phase, back=view == "back")
    return brush.finish(mirrored=mirrored)


def _leg(phase: float) -> tuple[Point, Point]:
    """Knee and ankle relative to the hip, for one leg of a walker seen from the side."""
    thigh = 0.26 * math.sin(phase)
    flex = 0.10 + 0.60 * max(0.0, math.cos(phase)) ** 2
    knee = (_THIGH_M * math.sin(thigh), -_THIGH_M * math.cos(thigh))
    shin = thigh - flex
    return knee, offset(knee, (_SHIN_M * math.sin(shin), -_SHIN_M * math.cos(shin)))


def _arm(phase: float) -> tuple[Point, Point]:
    """Elbow and hand relative to the shoulder, seen from the side."""
    upper = 0.58 * math.sin(phase)
    fore = upper + 0.45 + 0.15 * math.sin(phase)
    elbow = (_UPPER_ARM_M * math.sin(upper), -_UPPER_ARM_M * math.cos(upper))
    return elbow, offset(elbow, (_FOREARM_M * math.sin(fore), -_FOREARM_M * math.cos(fore)))


def _side(brush: Brush, look: Look, phase: float) -> None:
    near, far = _leg(phase), _leg(phase + math.pi)
    hip: Point = (0.0, max(-near[1][1], -far[1][1]) + _SOLE_M)
    shoulder: Point = (0.08, hip[1] + _SHOULDER_M - _HIP_M)
    _side_arm(brush, look, shoulder, _arm(phase), dim=_FAR_SIDE)
    _side_leg(brush, look, hip, far, dim=_FAR_SIDE)
    _side_leg(brush, look, hip, near, dim=1.0)
    if look.bag is not None:
        strap, base = shoulder[1], hip[1] + 0.12
        bag = [(-0.04, strap + 0.02), (-0.08, base), (-0.27, base + 0.02), (-0.22, strap - 0.03)]
        brush.polygon(bag, look.bag, fade=0.6)
    back = [hip, offset(hip, (0.0, 0.2)), offset(shoulder, (-0.02, -0.06))]
    limb(brush, back, [0.36, 0.30, 0.31], look.top)
    draw_head(brush, offset(shoulder, (0.0, 0.03)), look)
    _side_arm(brush, look, shoulder, _arm(phase + math.pi), dim=_NEAR_ARM)


def _side_leg(brush: Brush, look: Look, hip: Point, leg: tuple[Point, Point], *, dim: float) -> None:
    knee, ankle = offset(hip, leg[0]), offset(hip, leg[1])
    shin = look.skin if look.shorts else look.legs
    limb(brush, [knee, ankle], [0.14, 0.07], tinted(shin, dim))
    limb(brush, [hip, knee], [0.18, 0.115], tinted(look.legs, dim))
    shoe = [(-0.07, -_SOLE_M), (-0.05, 0.03), (0.06, 0.01), (0.19, -_SOLE_M)]
    brush.polygon([offset(ankle, at) for at in shoe], tinted(look.shoes, dim))


def _side_arm(brush: Brush, look: Look, shoulder: Point, arm: tuple[Point, Point], *, dim: float) -> None:
    elbow, hand = offset(shoulder, arm[0]), offset(shoulder, arm[1])
    sleeve = look.top if look.long_sleeves else look.skin
    limb(brush, [elbow, hand], [0.12, 0.10], tinted(sleeve, dim))
    limb(brush, [shoulder, elbow], [0.14, 0.13], tinted(look.top, dim))
    brush.disc(hand, 0.055, tinted(look.skin, dim))


def _facing(brush: Brush, look: Look, phase: float, *, back: bool) -> None:
    """Somebody who comes nearer or goes away."""
    swing = math.sin(phase)
    for side in (-1.0, 1.0):
        lift = max(0.0, side * swing) * 0.12
        knee: Point = (side * 0.10, _HIP_M - _THIGH_M + lift * 0.5)
        ankle: Point = (side * 0.10, _SOLE_M + lift)
        shin = look.skin if look.shorts else look.legs
        brush.disc(offset(ankle, (0.0, -0.02)), 0.06, look.shoes, height_m=0.05)
        limb(brush, [knee, ankle], [0.15, 0.11], tinted(shin, 0.95))
        limb(brush, [(side * 0.09, _HIP_M), knee], [0.19, 0.15], look.legs)
    for side in (-1.0, 1.0):
        elbow: Point = (side * 0.27, _SHOULDER_M - 0.27)
        hand: Point = (side * 0.26, _SHOULDER_M - 0.50 + side * swing * 0.05)
        limb(brush, [elbow, hand], [0.10, 0.08], tinted(look.top if look.long_sleeves else look.skin, 0.95))
        limb(brush, [(side * 0.19, _SHOULDER_M - 0.03), elbow], [0.13, 0.11], tinted(look.top, 0.9))
        brush.disc(hand, 0.05, look.skin)
    if look.long_hair and not back:
        _long_hair(brush, look)
    torso: list[Point] = [(-0.21, 1.45), (0.21, 1.45), (0.17, 1.13), (0.17, 0.88), (-0.17, 0.88), (-0.17, 1.13)]
    brush.polygon(torso, look.top, fade=0.75)
    limb(brush, [(-0.13, 1.45), (0.13, 1.45)], [0.10, 0.10], look.top)
    _facing_head(brush, look, back=back)
    if look.bag is not None and back:
        brush.polygon([(-0.15, 1.43), (0.15, 1.43), (0.16, 1.03), (-0.16, 1.03)], look.bag, fade=0.7)


def _long_hair(brush: Brush, look: Look) -> None:
    brush.polygon([(-0.12, 1.69), (0.12, 1.69), (0.13, 1.40), (-0.13, 1.40)], tinted(look.hair, 0.9))


def _facing_head(brush: Brush, look: Look, *, back: bool) -> None:
    limb(brush, [(0.0, 1.45), (0.0, 1.56)], [0.12, 0.11], tinted(look.skin, 0.9))
    if look.long_hair and back:
        _long_hair(brush, look)
    brush.disc((0.0, 1.66), 0.095, look.hair if back else look.skin, height_m=0.14)
    brush.disc((0.0, 1.73), 0.098, look.hair, height_m=0.08)
    if look.hat is not None:
        brush.disc((0.0, 1.74), 0.12, look.hat, height_m=0.08)
