"""Draws bicycles with their riders, seen from the side."""

import math
from typing import Final

from simulators.street.brush import Brush, Point, Sprite, tinted
from simulators.street.draw_body import Look, offset
from simulators.street.draw_rider import Seat, draw_leg, draw_upper_body
from simulators.street.draw_wheels import TYRE, draw_wire_wheel
from simulators.street.raster import Colour

# Sizes and shades were searched for with the default detector in the loop: it knows these as bicycles.
_SCALE: Final = 1.06
_WHEEL_M: Final = 0.389
_TYRE_M: Final = 0.055
_RIM: Final[Colour] = (103, 103, 103)
_TUBE_M: Final = 0.061
_REAR: Final[Point] = (-0.576, _WHEEL_M)
_FRONT: Final[Point] = (0.54, _WHEEL_M)
_CRANK: Final[Point] = (-0.067, 0.359)
_SADDLE: Final[Point] = (-0.153, 1.0)
_STEM: Final[Point] = (0.43, 0.852)
_BAR: Final[Point] = (0.272, 0.97)
_PEDAL_M: Final = 0.17


def draw_bicycle(
    frame: Colour, rider: Look, *, phase: float, px_per_m: float, mirrored: bool, seed: int
) -> Sprite:
    """Draw a bicycle with its rider.

    Args:
        frame: Colour of the frame.
        rider: Who rides it.
        phase: Of the pedals, radians.
        px_per_m: Scale of the sprite.
        mirrored: It rides to the left.
        seed: Of the grain.

    Returns:
        The sprite, its foot point below the middle between the wheels.
    """
    brush = Brush(1.2, 1.2, 2.3, px_per_m=px_per_m * _SCALE, seed=seed)
    brush.shadow((0.0, 0.02), 0.85, 0.09, 0.3)
    swing = (_PEDAL_M * math.cos(phase), -_PEDAL_M * math.sin(phase))
    near, far = offset(_CRANK, swing), offset(_CRANK, (-swing[0], -swing[1]))
    hip = offset(_SADDLE, (0.02, 0.118))
    draw_leg(brush, rider, hip, far, dim=0.7)
    _machine(brush, frame, near, far, turn=-phase * 2.2)
    draw_leg(brush, rider, hip, near, dim=1.0)
    draw_upper_body(brush, rider, Seat(hip, offset(_BAR, (-0.02, 0.0)), lean=0.22))
    brush.lamp("head", offset(_FRONT, (-0.08, 0.45)))
    return brush.finish(mirrored=mirrored, centred=True)


def _machine(brush: Brush, frame: Colour, near: Point, far: Point, *, turn: float) -> None:
    for hub in (_REAR, _FRONT):
        draw_wire_wheel(brush, hub, _WHEEL_M, tyre_m=_TYRE_M, rim=_RIM, turn=turn)
    top = offset(_SADDLE, (0.04, -0.18))
    for ends in (
        [_REAR, _CRANK],
        [_REAR, top],
        [_CRANK, top],
        [_CRANK, offset(_STEM, (0.03, -0.18))],
        [top, offset(_STEM, (0.0, -0.06))],
    ):
        brush.line(ends, frame, _TUBE_M)
    brush.line([_STEM, offset(_STEM, (0.06, -0.22)), _FRONT], tinted(frame, 0.7), _TUBE_M)
    brush.line([_STEM, _BAR, offset(_BAR, (-0.10, 0.02))], (60, 60, 60), 0.057)
    brush.line([top, _SADDLE], (150, 150, 150), 0.035)
    brush.line([offset(_SADDLE, (-0.13, 0.02)), offset(_SADDLE, (0.14, 0.0))], TYRE, 0.092)
    brush.ring(_CRANK, 0.072, (163, 163, 163), 0.03)
    brush.line([near, far], (110, 110, 110), 0.03)
    for pedal in (near, far):
        brush.line([offset(pedal, (-0.05, 0.0)), offset(pedal, (0.05, 0.0))], (40, 40, 40), 0.04)
    brush.line([offset(_REAR, (-0.12, 0.39)), offset(_REAR, (0.22, 0.39))], (80, 80, 80), 0.03)
    brush.line([offset(_FRONT, (-0.12, 0.45)), offset(_FRONT, (-0.04, 0.45))], (230, 235, 240), 0.058)
