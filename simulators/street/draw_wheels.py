"""Draws the wheels of everything that has some."""

import math

from simulators.street.brush import Brush, Point, tinted
from simulators.street.raster import Colour

TYRE: Colour = (28, 27, 26)


def draw_disc_wheel(brush: Brush, centre: Point, radius_m: float, *, rim: Colour, turn: float = 0.0) -> None:
    """Draw a car's wheel: tyre, rim, spokes, hub.

    Args:
        brush: Draws it.
        centre: Of the wheel, metres.
        radius_m: Of the tyre.
        rim: Colour of the rim.
        turn: How far it has turned, radians.
    """
    brush.disc(centre, radius_m, TYRE)
    brush.ring(centre, radius_m * 0.86, tinted(TYRE, 1.7), radius_m * 0.05)
    brush.disc(centre, radius_m * 0.66, tinted(rim, 0.55))
    brush.ring(centre, radius_m * 0.60, rim, radius_m * 0.10)
    for spoke in range(5):
        angle = turn + spoke * 2 * math.pi / 5
        tip = (centre[0] + 0.58 * radius_m * math.cos(angle), centre[1] + 0.58 * radius_m * math.sin(angle))
        brush.line([centre, tip], tinted(rim, 0.95), radius_m * 0.17)
    brush.disc(centre, radius_m * 0.16, tinted(rim, 0.7))


def draw_wire_wheel(
    brush: Brush, centre: Point, radius_m: float, *, tyre_m: float, rim: Colour, turn: float
) -> None:
    """Draw a wheel with thin spokes that one sees through.

    Args:
        brush: Draws it.
        centre: Of the wheel, metres.
        radius_m: Outside of the tyre.
        tyre_m: Thickness of the tyre.
        rim: Colour of rim and spokes.
        turn: How far it has turned, radians.
    """
    for spoke in range(9):
        angle = turn + spoke * math.pi / 9
        reach = radius_m - tyre_m
        tip = (reach * math.cos(angle), reach * math.sin(angle))
        ends = [(centre[0] - tip[0], centre[1] - tip[1]), (centre[0] + tip[0], centre[1] + tip[1])]
        brush.line(ends, tinted(rim, 0.9), 0.008)
    brush.ring(centre, radius_m - tyre_m, rim, tyre_m * 0.6)
    brush.ring(centre, radius_m - tyre_m / 2, TYRE, tyre_m)
    brush.disc(centre, radius_m * 0.12, tinted(rim, 0.7))
