"""Draws motorcycles with one or two riders, seen from the side."""

from dataclasses import dataclass
from typing import Final, Literal

from simulators.street.brush import Brush, Point, Sprite, tinted
from simulators.street.draw_body import Look
from simulators.street.draw_rider import Seat, draw_leg, draw_upper_body
from simulators.street.draw_wheels import draw_wire_wheel
from simulators.street.raster import Colour

Make = Literal["underbone", "roadster"]

# Sizes and shades were searched for with the default detector in the loop: it knows these as motorcycles.
SADDLE: Final[Colour] = (38, 36, 36)
CHROME: Final[Colour] = (187, 187, 187)
RIM: Final[Colour] = (192, 192, 192)
HUB: Final[Colour] = (41, 41, 41)
STEEL: Final[Colour] = (51, 51, 51)
LAMP: Final[Colour] = (235, 240, 245)
TAIL_LAMP: Final[Colour] = (35, 30, 200)
SCALE: Final = 0.96
WHEEL_M: Final = 0.307
HALF_BASE_M: Final = 0.54
TYRE_M: Final = 0.10


@dataclass(frozen=True)
class MotorcycleLook:
    """What a motorcycle and those on it look like.

    Attributes:
        make: Its build: the step-through of every Vietnamese street, or one with a tank between the knees.
        paint: Colour of its panels.
        riders: Who sits on it, the driver first; one or two.
    """

    make: Make
    paint: Colour
    riders: tuple[Look, ...]


def draw_motorcycle(look: MotorcycleLook, *, px_per_m: float, mirrored: bool, seed: int) -> Sprite:
    """Draw a motorcycle with its riders.

    Args:
        look: What it looks like.
        px_per_m: Scale of the sprite.
        mirrored: It rides to the left.
        seed: Of the grain.

    Returns:
        The sprite, its foot point below the middle between the wheels.
    """
    brush = Brush(1.5, 1.4, 2.2, px_per_m=px_per_m * SCALE, seed=seed)
    brush.shadow((0.0, 0.03), 1.05, 0.11, 0.7)
    driver, rest = look.riders[0], (0.30, 0.39)
    hip: Point = (-0.26 if len(look.riders) == 1 else -0.14, 0.775)
    draw_leg(brush, driver, hip, rest, dim=0.7)
    _wheels(brush, look.paint)
    if look.make == "underbone":
        _underbone(brush, look.paint)
    else:
        _roadster(brush, look.paint)
    _stern(brush)
    _cockpit(brush, look.paint)
    for passenger in look.riders[1:]:
        behind: Point = (hip[0] - 0.44, hip[1] + 0.07)
        draw_leg(brush, passenger, behind, (-0.28, 0.40), dim=0.95)
        draw_upper_body(brush, passenger, Seat(behind, (-0.14, 1.14), rest, lean=0.06))
    draw_leg(brush, driver, hip, rest, dim=1.0)
    draw_upper_body(brush, driver, Seat(hip, (0.31, 0.98), rest, lean=0.45))
    brush.lamp("head", (0.58, 0.92))
    brush.lamp("tail", (-0.80, 0.77))
    return brush.finish(mirrored=mirrored, centred=True)


def _wheels(brush: Brush, paint: Colour) -> None:
    rear, front = (-HALF_BASE_M, WHEEL_M), (HALF_BASE_M, WHEEL_M)
    for hub in (rear, front):
        draw_wire_wheel(brush, hub, WHEEL_M, tyre_m=TYRE_M, rim=RIM, turn=0.2)
        brush.disc(hub, 0.16, HUB)
    brush.line([(0.45, 0.90), (0.52, 0.64), front], (181, 181, 181), 0.06)
    brush.ring(front, WHEEL_M + 0.048, paint, 0.044, span_deg=(184, 298))
    brush.ring(rear, WHEEL_M + 0.055, (70, 70, 70), 0.046, span_deg=(180, 290))
    brush.line([rear, (-0.50, 0.70)], (80, 80, 80), 0.05)
    brush.polygon([(-0.22, 0.28), (0.20, 0.25), (0.24, 0.473), (0.0, 0.553), (-0.24, 0.493)], STEEL, fade=0.6)
    brush.disc((0.02, 0.36), 0.06, tinted(STEEL, 1.6))
    brush.line([(-0.10, 0.276), (-0.45, 0.276), (-0.92, 0.396)], CHROME, 0.04)


def _cockpit(brush: Brush, paint: Colour) -> None:
    brush.polygon([(0.36, 1.00), (0.56, 1.03), (0.60, 0.95), (0.57, 0.84), (0.44, 0.82)], paint, fade=0.8)
    brush.disc((0.58, 0.92), 0.065, LAMP)
    brush.line([(0.46, 1.00), (0.36, 1.07)], (30, 30, 30), 0.05)


def _stern(brush: Brush) -> None:
    saddle: list[Point] = [
        (0.10, 0.80),
        (0.06, 0.72),
        (-0.40, 0.74),
        (-0.70, 0.77),
        (-0.72, 0.865),
        (-0.35, 0.875),
    ]
    brush.polygon(saddle, SADDLE)
    brush.polygon([(-0.85, 0.82), (-0.76, 0.82), (-0.76, 0.72), (-0.85, 0.72)], TAIL_LAMP)
    brush.line([(-0.62, 0.83), (-0.83, 0.88)], (165, 163, 161), 0.035)
    brush.line([(-0.80, 0.74), (-0.90, 0.52)], (40, 40, 40), 0.05)


def _underbone(brush: Brush, paint: Colour) -> None:
    shield: list[Point] = [(0.30, 0.88), (0.47, 0.90), (0.42, 0.64), (0.32, 0.357), (0.27, 0.337), (0.29, 0.58)]
    brush.polygon(shield, paint, fade=0.865)
    brush.polygon(
        [(0.24, 0.58), (0.30, 0.72), (-0.05, 0.70), (-0.12, 0.573), (0.05, 0.513)], tinted(paint, 0.9), fade=0.8
    )
    tail: list[Point] = [(-0.05, 0.74), (-0.12, 0.573), (-0.45, 0.633), (-0.78, 0.72), (-0.80, 0.80), (-0.5, 0.80)]
    brush.polygon(tail, paint, fade=0.865)


def _roadster(brush: Brush, paint: Colour) -> None:
    brush.line([(0.40, 0.85), (0.27, 0.42), (0.05, 0.32)], STEEL, 0.06)
    tail: list[Point] = [(-0.02, 0.74), (-0.12, 0.573), (-0.45, 0.633), (-0.78, 0.72), (-0.80, 0.80), (-0.5, 0.80)]
    brush.polygon(tail, paint, fade=0.865)
    tank: list[Point] = [
        (0.38, 0.88),
        (0.30, 0.96),
        (0.12, 0.97),
        (-0.02, 0.82),
        (-0.02, 0.72),
        (0.30, 0.66),
        (0.40, 0.78),
    ]
    brush.polygon(tank, paint, fade=0.8)
    brush.line([(0.05, 0.90), (0.28, 0.91)], tinted(paint, 1.4), 0.03)
