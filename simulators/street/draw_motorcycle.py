"""Draws motorcycles with one or two riders, seen from the side."""

from dataclasses import dataclass
from typing import Final, Literal

from simulators.street.brush import Brush, Point, Sprite, tinted
from simulators.street.draw_body import Look, offset
from simulators.street.draw_rider import Seat, draw_leg, draw_upper_body
from simulators.street.draw_wheels import draw_wire_wheel
from simulators.street.raster import Colour

Make = Literal["underbone", "roadster"]

# Sizes and shades were searched for with the default detector in the loop: it knows these as one motorcycle each.
_SADDLE: Final[Colour] = (38, 36, 36)
_PIPE: Final[Colour] = (121, 121, 121)
_RIM: Final[Colour] = (202, 202, 202)
_HUB: Final[Colour] = (42, 42, 42)
_FORK: Final[Colour] = (186, 186, 186)
_ENGINE: Final[Colour] = (36, 36, 36)
_LAMP: Final[Colour] = (235, 240, 245)
_TAIL_LAMP: Final[Colour] = (35, 30, 200)
_SCALE: Final = 0.965
_WHEEL_M: Final = 0.321
_HALF_BASE_M: Final = 0.553
_TYRE_M: Final = 0.107
_FADE: Final = 0.68
_FOOTREST: Final[Point] = (0.28, 0.37)


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
    brush = Brush(1.5, 1.4, 2.2, px_per_m=px_per_m * _SCALE, seed=seed)
    brush.shadow((0.0, 0.03), 1.05, 0.09, 0.8)
    driver, alone = look.riders[0], len(look.riders) == 1
    hip: Point = (-0.19 if alone else 0.03, 0.79)
    draw_leg(brush, driver, hip, _FOOTREST, dim=0.7)
    _wheels(brush, look.paint)
    if look.make == "underbone":
        _underbone(brush, look.paint)
    else:
        _roadster(brush, look.paint)
    _stern(brush)
    _cockpit(brush, look.paint)
    for passenger in look.riders[1:]:
        behind = offset(hip, (-0.38, 0.125))
        draw_leg(brush, passenger, behind, (-0.28, 0.42), dim=1.0)
        draw_upper_body(brush, passenger, Seat(behind, (-0.23, 1.05), lean=0.32))
    draw_leg(brush, driver, hip, _FOOTREST, dim=1.0)
    draw_upper_body(brush, driver, Seat(hip, (0.44, 0.965), lean=0.46))
    brush.lamp("head", (0.58, 0.92))
    brush.lamp("tail", (-0.82, 0.81))
    return brush.finish(mirrored=mirrored, centred=True)


def _wheels(brush: Brush, paint: Colour) -> None:
    rear, front = (-_HALF_BASE_M, _WHEEL_M), (_HALF_BASE_M, _WHEEL_M)
    for hub in (rear, front):
        draw_wire_wheel(brush, hub, _WHEEL_M, tyre_m=_TYRE_M, rim=_RIM, turn=0.2)
        brush.disc(hub, 0.18, _HUB)
    brush.line([(0.45, 0.90), (0.52, 0.64), front], _FORK, 0.10)
    brush.ring(front, _WHEEL_M + 0.028, paint, 0.09, span_deg=(184, 300))
    brush.ring(rear, _WHEEL_M + 0.055, (76, 76, 76), 0.073, span_deg=(180, 290))
    brush.line([rear, (-0.50, 0.70)], (80, 80, 80), 0.05)
    engine = [(-0.19, 0.28), (0.23, 0.25), (0.27, 0.463), (0.03, 0.543), (-0.21, 0.483)]
    brush.polygon(engine, _ENGINE, fade=0.6)
    brush.disc((0.05, 0.36), 0.09, tinted(_ENGINE, 1.6))
    brush.line([(-0.10, 0.296), (-0.45, 0.296), (-0.92, 0.416)], _PIPE, 0.11)


def _cockpit(brush: Brush, paint: Colour) -> None:
    brush.polygon([(0.36, 1.00), (0.56, 1.03), (0.64, 0.95), (0.61, 0.84), (0.44, 0.82)], paint, fade=0.8)
    brush.disc((0.58, 0.92), 0.096, _LAMP)
    brush.line([(0.46, 1.00), (0.36, 1.07)], (30, 30, 30), 0.05)


def _stern(brush: Brush) -> None:
    saddle = [(0.10, 0.80), (0.06, 0.72), (-0.40, 0.74), (-0.71, 0.81), (-0.73, 0.91), (-0.35, 0.885)]
    brush.polygon(saddle, _SADDLE)
    brush.polygon([(-0.86, 0.856), (-0.77, 0.856), (-0.77, 0.756), (-0.86, 0.756)], _TAIL_LAMP)
    brush.line([(-0.62, 0.866), (-0.84, 0.916)], (165, 163, 161), 0.035)
    brush.line([(-0.81, 0.776), (-0.91, 0.556)], (40, 40, 40), 0.05)


def _tail(brush: Brush, paint: Colour) -> None:
    tail = [(-0.05, 0.74), (-0.12, 0.589), (-0.45, 0.649), (-0.79, 0.756), (-0.81, 0.836), (-0.5, 0.80)]
    brush.polygon(tail, paint, fade=_FADE)


def _underbone(brush: Brush, paint: Colour) -> None:
    shield = [(0.30, 0.88), (0.47, 0.90), (0.42, 0.64), (0.32, 0.37), (0.22, 0.35), (0.24, 0.58)]
    brush.polygon(shield, paint, fade=_FADE)
    tunnel = [(0.24, 0.58), (0.30, 0.72), (-0.05, 0.70), (-0.12, 0.589), (0.05, 0.529)]
    brush.polygon(tunnel, tinted(paint, 0.9), fade=0.8)
    _tail(brush, paint)


def _roadster(brush: Brush, paint: Colour) -> None:
    brush.line([(0.40, 0.85), (0.27, 0.42), (0.05, 0.32)], _ENGINE, 0.06)
    _tail(brush, paint)
    tank = [(0.38, 0.88), (0.30, 0.96), (0.12, 0.97), (-0.02, 0.82), (-0.02, 0.72), (0.30, 0.66), (0.40, 0.78)]
    brush.polygon(tank, paint, fade=0.8)
    brush.line([(0.05, 0.90), (0.28, 0.91)], tinted(paint, 1.4), 0.03)
