"""Draws motorcycles with one or two riders, seen from the side."""

from dataclasses import dataclass
from typing import Final, Literal

from simulators.street.brush import Brush, Colour, Point, Sprite, tinted
from simulators.street.draw_person import Look
from simulators.street.draw_rider import Seat, draw_leg, draw_upper_body
from simulators.street.draw_wheels import draw_wire_wheel

Make = Literal["underbone", "roadster"]

SADDLE: Final[Colour] = (38, 36, 36)
CHROME: Final[Colour] = (165, 163, 161)
STEEL: Final[Colour] = (58, 56, 55)
LAMP: Final[Colour] = (235, 240, 245)
TAIL_LAMP: Final[Colour] = (35, 30, 200)
TYRE_M: Final = 0.11


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
    brush = Brush(1.5, 1.4, 2.2, px_per_m=px_per_m, seed=seed)
    brush.shadow((0.0, 0.03), 1.05, 0.11, 0.65)
    driver, rest = look.riders[0], (0.13, 0.32)
    hip: Point = (-0.17 if len(look.riders) == 1 else -0.05, 0.84)
    draw_leg(brush, driver, hip, rest, dim=0.7)
    if look.make == "underbone":
        _underbone(brush, look.paint)
    else:
        _roadster(brush, look.paint)
    for passenger in look.riders[1:]:
        behind: Point = (hip[0] - 0.44, hip[1] + 0.07)
        draw_leg(brush, passenger, behind, (-0.28, 0.40), dim=0.95)
        draw_upper_body(brush, passenger, Seat(behind, (-0.14, 1.14), rest, lean=0.06))
    draw_leg(brush, driver, hip, rest, dim=1.0)
    draw_upper_body(brush, driver, Seat(hip, (0.35, 1.07), rest, lean=0.30))
    brush.lamp("head", (0.58, 0.92))
    brush.lamp("tail", (-0.93, 0.83))
    return brush.finish(mirrored=mirrored, centred=True)


def _wheels(brush: Brush, paint: Colour, base_m: float, radius_m: float) -> None:
    for hub in ((-base_m, radius_m), (base_m, radius_m)):
        draw_wire_wheel(brush, hub, radius_m, tyre_m=TYRE_M, rim=CHROME, turn=0.2)
        brush.disc(hub, 0.10, (105, 104, 102))
    brush.line([(0.45, 0.90), (0.52, 0.64), (base_m, radius_m)], (120, 118, 116), 0.06)
    brush.ring((base_m, radius_m), radius_m + 0.045, paint, 0.05, span_deg=(190, 330))
    brush.ring((-base_m, radius_m), radius_m + 0.055, (50, 50, 50), 0.05, span_deg=(180, 290))
    brush.line([(-base_m, radius_m), (-0.50, 0.70)], (80, 80, 80), 0.05)


def _cockpit(brush: Brush, paint: Colour) -> None:
    brush.polygon([(0.36, 1.00), (0.56, 1.03), (0.63, 0.95), (0.60, 0.84), (0.44, 0.82)], paint, fade=0.8)
    brush.disc((0.58, 0.92), 0.085, LAMP)
    brush.line([(0.46, 1.00), (0.36, 1.07)], (30, 30, 30), 0.05)
    brush.line([(0.42, 1.04), (0.36, 1.25)], (40, 40, 40), 0.025)
    brush.disc((0.35, 1.26), 0.06, (60, 58, 55), height_m=0.045)


def _stern(brush: Brush) -> None:
    brush.polygon([(-0.97, 0.88), (-0.88, 0.88), (-0.88, 0.78), (-0.97, 0.78)], TAIL_LAMP)
    brush.line([(-0.62, 0.89), (-0.95, 0.94)], CHROME, 0.035)
    brush.line([(-0.92, 0.80), (-1.02, 0.58)], (40, 40, 40), 0.05)


def _underbone(brush: Brush, paint: Colour) -> None:
    _wheels(brush, paint, 0.61, 0.33)
    brush.polygon([(-0.22, 0.28), (0.20, 0.25), (0.24, 0.48), (0.0, 0.56), (-0.24, 0.50)], STEEL, fade=0.6)
    brush.disc((0.02, 0.36), 0.11, tinted(STEEL, 1.6))
    brush.line([(-0.10, 0.24), (-0.45, 0.24), (-0.92, 0.36)], tinted(CHROME, 0.9), 0.085)
    brush.polygon([(0.30, 0.88), (0.47, 0.90), (0.42, 0.64), (0.32, 0.36), (0.18, 0.34), (0.20, 0.58)], paint, fade=0.7)
    brush.polygon([(0.24, 0.58), (0.30, 0.72), (-0.05, 0.70), (-0.12, 0.54), (0.05, 0.48)], tinted(paint, 0.9), fade=0.8)
    brush.polygon([(-0.05, 0.74), (-0.12, 0.54), (-0.45, 0.60), (-0.90, 0.78), (-0.92, 0.86), (-0.5, 0.80)], paint, fade=0.75)
    brush.polygon([(0.10, 0.80), (0.06, 0.72), (-0.40, 0.74), (-0.82, 0.83), (-0.84, 0.91), (-0.35, 0.86)], SADDLE)
    _stern(brush)
    _cockpit(brush, paint)


def _roadster(brush: Brush, paint: Colour) -> None:
    _wheels(brush, paint, 0.65, 0.34)
    brush.line([(0.40, 0.85), (0.25, 0.40), (-0.10, 0.30)], STEEL, 0.06)
    brush.polygon([(-0.22, 0.24), (0.20, 0.24), (0.24, 0.40), (0.12, 0.60), (-0.12, 0.60), (-0.26, 0.45)], (125, 123, 121), fade=0.55)
    for fin in range(4):
        brush.line([(-0.05, 0.46 + 0.04 * fin), (0.2, 0.46 + 0.04 * fin)], STEEL, 0.015)
    brush.disc((-0.08, 0.36), 0.11, (150, 148, 146))
    brush.disc((-0.08, 0.36), 0.07, (100, 98, 97))
    brush.line([(0.2, 0.5), (0.26, 0.3), (0.1, 0.22), (-0.35, 0.24)], tinted(CHROME, 0.8), 0.045)
    brush.line([(-0.35, 0.24), (-0.95, 0.33)], tinted(CHROME, 0.8), 0.09)
    brush.polygon([(-0.05, 0.74), (-0.12, 0.52), (-0.42, 0.56), (-0.50, 0.72)], tinted(paint, 0.8), fade=0.75)
    brush.polygon([(-0.45, 0.76), (-0.9, 0.86), (-0.98, 0.80), (-0.9, 0.74), (-0.45, 0.66)], paint, fade=0.8)
    brush.polygon([(0.04, 0.80), (-0.02, 0.72), (-0.45, 0.72), (-0.86, 0.84), (-0.82, 0.92), (-0.3, 0.82)], SADDLE)
    tank: list[Point] = [(0.38, 0.90), (0.30, 0.99), (0.12, 1.0), (-0.02, 0.84), (-0.02, 0.74), (0.30, 0.70), (0.40, 0.80)]
    brush.polygon(tank, paint, fade=0.7)
    brush.line([(0.05, 0.93), (0.28, 0.94)], tinted(paint, 1.4), 0.03)
    _stern(brush)
    _cockpit(brush, paint)
