"""Draws people astride two wheels, seen from the side."""

import math
from dataclasses import dataclass
from typing import Final

from simulators.street.brush import Brush, Point, tinted
from simulators.street.draw_body import Look, draw_head, limb

TORSO_M: Final = 0.50
THIGH_M: Final = 0.43
SHIN_M: Final = 0.41
UPPER_ARM_M: Final = 0.29
FOREARM_M: Final = 0.26


@dataclass(frozen=True)
class Seat:
    """Where a rider's body touches the machine, metres from the foot point.

    Attributes:
        hip: On the saddle.
        hand: On the handlebar, or on the one in front.
        lean: Forward lean of the back, radians.
    """

    hip: Point
    hand: Point
    lean: float


def bent(start: Point, end: Point, first_m: float, second_m: float, *, forward: bool) -> Point:
    """Find the knee or elbow between two joints.

    Args:
        start: Hip or shoulder.
        end: Ankle or hand.
        first_m: Length of thigh or upper arm.
        second_m: Length of shin or forearm.
        forward: The joint points ahead (a knee) rather than back and down (an elbow).

    Returns:
        The joint; on the straight line where the limb is too short to reach.
    """
    across, up = end[0] - start[0], end[1] - start[1]
    reach = min(math.hypot(across, up), first_m + second_m - 1e-6)
    cosine = (first_m**2 + reach**2 - second_m**2) / (2 * first_m * reach)
    turn = math.acos(max(-1.0, min(1.0, cosine)))
    angle = math.atan2(up, across) + (turn if forward else -turn)
    return start[0] + first_m * math.cos(angle), start[1] + first_m * math.sin(angle)


def draw_leg(brush: Brush, look: Look, hip: Point, foot: Point, *, dim: float) -> None:
    """Draw a bent leg with its shoe.

    Args:
        brush: Draws it.
        look: Whose leg.
        hip: Where it begins.
        foot: Where the sole rests.
        dim: Below 1 for the leg on the far side.
    """
    ankle = (foot[0] - 0.06, foot[1] + 0.07)
    knee = bent(hip, ankle, THIGH_M, SHIN_M, forward=True)
    shin = look.skin if look.shorts else look.legs
    limb(brush, [knee, ankle], [0.14, 0.10], tinted(shin, dim))
    limb(brush, [hip, knee], [0.20, 0.15], tinted(look.legs, dim))
    shoe = [
        (ankle[0] - 0.08, foot[1]),
        (ankle[0] - 0.05, foot[1] + 0.1),
        (ankle[0] + 0.07, foot[1] + 0.09),
        (ankle[0] + 0.19, foot[1]),
    ]
    brush.polygon(shoe, tinted(look.shoes, dim))


def draw_upper_body(brush: Brush, look: Look, seat: Seat) -> None:
    """Draw back, head and the near arm.

    Args:
        brush: Draws it.
        look: Whose body.
        seat: Where it sits.
    """
    hip = seat.hip
    shoulder = (hip[0] + TORSO_M * math.sin(seat.lean), hip[1] + TORSO_M * math.cos(seat.lean))
    middle = ((hip[0] + shoulder[0]) / 2 - 0.03, (hip[1] + shoulder[1]) / 2)
    elbow = bent(shoulder, seat.hand, UPPER_ARM_M, FOREARM_M, forward=False)
    sleeve = look.top if look.long_sleeves else look.skin
    limb(brush, [(elbow[0] + 0.05, elbow[1] + 0.02), seat.hand], [0.09, 0.07], tinted(sleeve, 0.7))
    limb(brush, [hip, middle, (shoulder[0] - 0.02, shoulder[1] - 0.04)], [0.27, 0.25, 0.24], look.top)
    if look.bag is not None:
        brush.polygon(
            [
                (shoulder[0] - 0.08, shoulder[1]),
                (hip[0] - 0.08, hip[1] + 0.12),
                (hip[0] - 0.27, hip[1] + 0.14),
                (shoulder[0] - 0.24, shoulder[1] - 0.02),
            ],
            look.bag,
            fade=0.6,
        )
    draw_head(brush, (shoulder[0], shoulder[1] + 0.03), look, lean=0.04)
    limb(brush, [elbow, seat.hand], [0.09, 0.07], tinted(sleeve, 0.95))
    limb(brush, [shoulder, elbow], [0.13, 0.10], tinted(look.top, 0.92))
    brush.disc(seat.hand, 0.045, look.skin)
