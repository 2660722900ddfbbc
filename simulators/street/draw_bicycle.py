"""Draws bicycles with their riders, seen from the side."""

import math
from typing import Final

from simulators.street.brush import Brush, Point, Sprite, tinted
from simulators.street.draw_body import Look
from simulators.street.draw_rider import Seat, draw_leg, draw_upper_body
from simulators.street.draw_wheels import TYRE, draw_wire_wheel
from simulators.street.raster import Colour

WHEEL_M: Final = 0.38
REAR: Final[Point] = (-0.54, WHEEL_M)
FRONT: Final[Point] = (0.56, WHEEL_M)
CRANK: Final[Point] = (-0.05, 0.30)
SADDLE: Final[Point] = (-0.24, 0.92)
STEM: Final[Point] = (0.36, 0.88)
BAR: Final[Point] = (0.34, 1.05)
CRANK_M: Final = 0.17


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
    brush = Brush(1.2, 1.2, 2.2, px_per_m=px_per_m, seed=seed)
    brush.shadow((0.0, 0.02), 0.85, 0.07, 0.55)
    swing = (CRANK_M * math.cos(-phase), CRANK_M * math.sin(-phase))
    near = (CRANK[0] + swing[0], CRANK[1] + swing[1])
    far = (CRANK[0] - swing[0], CRANK[1] - swing[1])
    hip: Point = (SADDLE[0] + 0.02, SADDLE[1] + 0.06)
    draw_leg(brush, rider, hip, far, dim=0.7)
    _machine(brush, frame, near, far, turn=-phase * 2.2)
    draw_leg(brush, rider, hip, near, dim=1.0)
    draw_upper_body(brush, rider, Seat(hip, (BAR[0] - 0.02, BAR[1]), lean=0.30))
    brush.lamp("head", (FRONT[0] - 0.08, 0.84))
    return brush.finish(mirrored=mirrored, centred=True)


def _machine(brush: Brush, frame: Colour, near: Point, far: Point, *, turn: float) -> None:
    for hub in (REAR, FRONT):
        draw_wire_wheel(brush, hub, WHEEL_M, tyre_m=0.05, rim=(185, 185, 182), turn=turn)
    tube = 0.05
    seat_tube = (SADDLE[0] + 0.04, SADDLE[1] - 0.18)
    for path in (
        [REAR, CRANK],
        [REAR, seat_tube],
        [CRANK, seat_tube],
        [CRANK, (STEM[0] + 0.03, STEM[1] - 0.18)],
        [seat_tube, (STEM[0], STEM[1] - 0.06)],
    ):
        brush.line(path, frame, tube)
    brush.line([STEM, (STEM[0] + 0.06, STEM[1] - 0.22), FRONT], tinted(frame, 0.85), tube)
    brush.line([STEM, BAR, (BAR[0] - 0.10, BAR[1] + 0.02)], (60, 60, 60), 0.035)
    brush.line([seat_tube, SADDLE], (150, 150, 150), 0.035)
    brush.line([(SADDLE[0] - 0.13, SADDLE[1] + 0.02), (SADDLE[0] + 0.14, SADDLE[1])], TYRE, 0.07)
    brush.ring(CRANK, 0.09, (120, 120, 120), 0.03)
    brush.line([near, far], (110, 110, 110), 0.03)
    for pedal in (near, far):
        brush.line([(pedal[0] - 0.05, pedal[1]), (pedal[0] + 0.05, pedal[1])], (40, 40, 40), 0.04)
    brush.line([(REAR[0] - 0.12, 0.78), (REAR[0] + 0.22, 0.78)], (80, 80, 80), 0.03)
    brush.line([(FRONT[0] - 0.12, 0.84), (FRONT[0] - 0.04, 0.84)], (230, 235, 240), 0.07)
