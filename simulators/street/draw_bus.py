"""Draws city buses, seen from the side and a little from above."""

from dataclasses import dataclass
from typing import Final

from simulators.street.brush import Brush, Point, Sprite, mixed, tinted
from simulators.street.draw_wheels import draw_disc_wheel
from simulators.street.raster import Colour

GLASS: Final[Colour] = (70, 60, 50)
RUBBER: Final[Colour] = (35, 33, 32)
SEATS: Final[Colour] = (85, 75, 80)
WHEEL_M: Final = 0.46


@dataclass(frozen=True)
class BusLook:
    """What a bus looks like.

    Attributes:
        paint: Colour of the body.
        trim: Colour of the stripe.
        length_m: Its length.
    """

    paint: Colour
    trim: Colour
    length_m: float


def draw_bus(look: BusLook, *, px_per_m: float, rise: float, mirrored: bool, seed: int) -> Sprite:
    """Draw a city bus.

    Args:
        look: What it looks like.
        px_per_m: Scale of the sprite.
        rise: Metres by which the far side appears above the near side.
        mirrored: It drives to the left.
        seed: Of the paint's grain.

    Returns:
        The sprite, its foot point below its middle.
    """
    paint, half = look.paint, look.length_m / 2
    brush = Brush(half + 0.6, half + 0.6, 4.2, px_per_m=px_per_m, seed=seed)
    brush.shadow((0.0, 0.08), half + 0.15, 0.28, 0.75)
    body: list[Point] = [
        (-half, 0.35),
        (half - 0.05, 0.35),
        (half, 0.55),
        (half, 1.2),
        (half - 0.12, 2.75),
        (half - 0.35, 2.98),
        (-half + 0.25, 2.98),
        (-half + 0.03, 2.8),
    ]
    top = tinted(paint, 1.15)
    brush.extrude(body, [top] * len(body), (0.0, rise))
    brush.polygon(
        [
            (-half + 1.2, 3.0 + rise * 0.4),
            (-half + 3.0, 3.0 + rise * 0.4),
            (-half + 3.0, 3.12 + rise * 0.5),
            (-half + 1.2, 3.12 + rise * 0.5),
        ],
        tinted(paint, 0.8),
    )
    brush.polygon(body, tinted(paint, 1.05), fade=0.72)
    brush.polygon([(-half + 0.02, 1.15), (half, 1.15), (half, 0.85), (-half + 0.02, 0.85)], look.trim, fade=0.8)
    brush.polygon([(-half, 0.55), (half, 0.55), (half - 0.04, 0.33), (-half + 0.02, 0.33)], tinted(paint, 0.45))
    _windows(brush, half, paint)
    _doors(brush, half)
    _ends(brush, half)
    for x in (-half + 2.0, half - 2.1):
        brush.disc((x, WHEEL_M + 0.10), WHEEL_M + 0.08, (18, 18, 18))
        draw_disc_wheel(brush, (x, WHEEL_M), WHEEL_M, rim=(150, 150, 150), turn=seed * 0.5)
    brush.lamp("head", (half - 0.12, 0.77))
    brush.lamp("tail", (-half + 0.05, 1.0))
    return brush.finish(mirrored=mirrored, centred=True)


def _windows(brush: Brush, half: float, paint: Colour) -> None:
    low, high = 1.35, 2.45
    brush.polygon(
        [
            (-half + 0.25, low - 0.05),
            (half - 0.06, low - 0.05),
            (half - 0.14, high + 0.08),
            (-half + 0.25, high + 0.08),
        ],
        RUBBER,
    )
    count = round(2 * half / 1.45)
    step = (2 * half - 1.7) / count
    for pane in range(count):
        left = -half + 0.32 + pane * step
        right = left + step - 0.09
        brush.polygon(
            [(left, low), (right, low), (right, high), (left, high)],
            mixed(GLASS, (205, 195, 180), 0.35),
            fade=0.45,
        )
        brush.polygon(
            [(left + 0.2, low), (left + 0.45, low), (left + 0.85, high), (left + 0.6, high)],
            mixed(GLASS, (215, 205, 195), 0.42),
            fade=0.7,
        )
        brush.polygon(
            [(left + 0.3, low), (left + 0.7, low), (left + 0.7, low + 0.3), (left + 0.35, low + 0.3)], SEATS
        )
        brush.line([(left, high - 0.3), (right, high - 0.3)], RUBBER, 0.03)
    brush.polygon(
        [(half - 1.25, low), (half - 0.10, low), (half - 0.15, high), (half - 1.25, high)],
        mixed(GLASS, (205, 195, 180), 0.45),
        fade=0.5,
    )
    brush.line([(-half + 0.1, 2.66), (half - 0.2, 2.66)], tinted(paint, 0.75), 0.04)


def _doors(brush: Brush, half: float) -> None:
    for centre in (half - 0.75, -0.2):
        for leaf in (-0.32, 0.32):
            left, right = centre + leaf - 0.29, centre + leaf + 0.29
            brush.polygon([(left, 0.45), (right, 0.45), (right, 2.45), (left, 2.45)], RUBBER)
            brush.polygon(
                [(left + 0.06, 0.62), (right - 0.06, 0.62), (right - 0.06, 2.36), (left + 0.06, 2.36)],
                mixed(GLASS, (205, 200, 190), 0.4),
                fade=0.5,
            )


def _ends(brush: Brush, half: float) -> None:
    brush.polygon(
        [(half - 0.02, 1.25), (half + 0.02, 1.3), (half - 0.10, 2.5), (half - 0.22, 2.5)],
        mixed(GLASS, (220, 215, 205), 0.5),
    )
    brush.polygon(
        [(half - 0.30, 0.66), (half - 0.02, 0.68), (half - 0.02, 0.88), (half - 0.22, 0.86)], (235, 240, 245)
    )
    brush.polygon([(-half, 0.75), (-half + 0.10, 0.75), (-half + 0.10, 1.2), (-half, 1.2)], (35, 30, 190))
    brush.line([(half - 0.05, 2.55), (half + 0.28, 2.40), (half + 0.28, 1.95)], RUBBER, 0.06)
    brush.disc((half + 0.28, 2.0), 0.09, RUBBER, height_m=0.2)
    brush.polygon([(half - 2.0, 2.55), (half - 0.5, 2.55), (half - 0.5, 2.85), (half - 2.0, 2.85)], (30, 30, 30))
    for dot in range(7):
        brush.line([(half - 1.9 + dot * 0.19, 2.64), (half - 1.82 + dot * 0.19, 2.76)], (40, 190, 250), 0.05)
