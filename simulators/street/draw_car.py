"""Draws cars: saloon, hatchback and people carrier, seen from the side and a little from above."""

from dataclasses import dataclass
from typing import Final

from simulators.street.brush import Brush, Point, Sprite, mixed, tinted
from simulators.street.draw_wheels import draw_disc_wheel
from simulators.street.raster import Colour

GLASS: Final[Colour] = (62, 52, 44)
GLASS_TOP: Final[Colour] = (120, 110, 98)
RUBBER: Final[Colour] = (38, 36, 35)


@dataclass(frozen=True)
class CarShape:
    """Side profile of a car, metres from the middle and from the ground.

    Attributes:
        body: Corners, anticlockwise from the rear bottom: bumper, bonnet, screen, roof, back.
        glazed: Indices of the profile's edges that are glass.
        windows: Side windows.
        seams: Door seams.
        axles: Where the wheels' centres are.
        wheel_m: Radius of the wheels.
    """

    body: tuple[Point, ...]
    glazed: frozenset[int]
    windows: tuple[tuple[Point, ...], ...]
    seams: tuple[tuple[Point, ...], ...]
    axles: tuple[float, float]
    wheel_m: float = 0.32


SALOON: Final = CarShape(
    body=(
        (-2.18, 0.22),
        (2.15, 0.22),
        (2.22, 0.34),
        (2.20, 0.58),
        (2.08, 0.72),
        (1.15, 0.92),
        (0.42, 1.36),
        (0.2, 1.43),
        (-0.75, 1.43),
        (-1.02, 1.37),
        (-1.62, 0.98),
        (-2.14, 0.93),
        (-2.22, 0.75),
        (-2.23, 0.4),
    ),
    glazed=frozenset({5, 9}),
    windows=(
        ((-0.18, 0.93), (0.98, 0.93), (0.40, 1.29), (0.18, 1.35), (-0.18, 1.35)),
        ((-1.40, 0.96), (-0.26, 0.93), (-0.26, 1.35), (-0.74, 1.35), (-0.98, 1.29)),
    ),
    seams=(
        ((-0.22, 1.36), (-0.22, 0.36)),
        ((0.95, 0.92), (0.92, 0.36)),
        ((-1.25, 0.94), (-1.12, 0.62), (-1.0, 0.5)),
    ),
    axles=(-1.32, 1.38),
)

HATCHBACK: Final = CarShape(
    body=(
        (-1.90, 0.22),
        (1.85, 0.22),
        (1.94, 0.36),
        (1.92, 0.62),
        (1.80, 0.78),
        (1.05, 0.98),
        (0.35, 1.43),
        (0.1, 1.50),
        (-1.2, 1.47),
        (-1.5, 1.38),
        (-1.86, 0.98),
        (-1.93, 0.8),
        (-1.95, 0.4),
    ),
    glazed=frozenset({5, 9}),
    windows=(
        ((-0.32, 0.97), (0.86, 0.97), (0.32, 1.35), (0.08, 1.41), (-0.32, 1.41)),
        ((-1.40, 1.0), (-0.40, 0.97), (-0.40, 1.41), (-1.15, 1.38), (-1.36, 1.30)),
    ),
    seams=(((-0.36, 1.41), (-0.36, 0.36)), ((0.84, 0.96), (0.80, 0.36)), ((-1.3, 0.97), (-1.1, 0.6))),
    axles=(-1.18, 1.22),
)

CARRIER: Final = CarShape(
    body=(
        (-2.15, 0.25),
        (2.10, 0.25),
        (2.18, 0.40),
        (2.16, 0.72),
        (2.02, 0.90),
        (1.22, 1.06),
        (0.55, 1.58),
        (0.3, 1.66),
        (-1.75, 1.66),
        (-1.98, 1.56),
        (-2.15, 1.05),
        (-2.20, 0.85),
        (-2.20, 0.45),
    ),
    glazed=frozenset({5, 9}),
    windows=(
        ((-0.02, 1.05), (1.05, 1.05), (0.50, 1.49), (0.28, 1.56), (-0.02, 1.56)),
        ((-1.05, 1.06), (-0.10, 1.05), (-0.10, 1.56), (-1.05, 1.56)),
        ((-1.90, 1.10), (-1.13, 1.06), (-1.13, 1.56), (-1.70, 1.56), (-1.83, 1.48)),
    ),
    seams=(((-0.06, 1.57), (-0.06, 0.38)), ((1.02, 1.04), (0.98, 0.38)), ((-1.09, 1.57), (-1.09, 0.75))),
    axles=(-1.35, 1.38),
    wheel_m=0.34,
)

SHAPES: Final = (SALOON, HATCHBACK, CARRIER)


def draw_car(shape: CarShape, paint: Colour, *, px_per_m: float, rise: float, mirrored: bool, seed: int) -> Sprite:
    """Draw a car.

    Args:
        shape: Its profile.
        paint: Its colour.
        px_per_m: Scale of the sprite.
        rise: Metres by which the far side appears above the near side: how far from above it is seen.
        mirrored: It drives to the left.
        seed: Of the paint's grain.

    Returns:
        The sprite, its foot point below its middle.
    """
    brush = Brush(2.8, 2.8, 2.6, px_per_m=px_per_m, seed=seed)
    brush.shadow((0.0, 0.06), 2.35, 0.20, 0.75)
    edges = range(len(shape.body))
    faces = [GLASS_TOP if edge in shape.glazed else tinted(paint, 1.18) for edge in edges]
    brush.extrude(shape.body, faces, (0.0, rise))
    _flank(brush, shape, paint)
    for x in shape.axles:
        brush.disc((x, shape.wheel_m + 0.08), shape.wheel_m + 0.06, (20, 20, 20))
        draw_disc_wheel(brush, (x, shape.wheel_m), shape.wheel_m, rim=(176, 174, 172), turn=seed * 0.7)
    nose, tail = shape.body[3], shape.body[-2]
    brush.lamp("head", (nose[0] - 0.15, nose[1] + 0.03))
    brush.lamp("tail", (tail[0] + 0.12, tail[1]))
    return brush.finish(mirrored=mirrored, centred=True)


def _flank(brush: Brush, shape: CarShape, paint: Colour) -> None:
    brush.polygon(shape.body, tinted(paint, 1.05), fade=0.62)
    front, back = shape.body[3][0], shape.body[-2][0]
    brush.polygon(
        [(back, 0.50), (front, 0.50), (front - 0.03, 0.22), (back + 0.05, 0.22)], tinted(paint, 0.62), fade=0.7
    )
    brush.polygon([(back, 0.27), (front, 0.27), (front - 0.08, 0.20), (back + 0.08, 0.20)], RUBBER)
    for window in shape.windows:
        brush.polygon(window, mixed(GLASS, (200, 190, 175), 0.25), fade=0.55)
        low, high = window[0], window[-1]
        brush.line(
            [(low[0] + 0.3, low[1] + 0.03), (high[0] + 0.45, high[1] - 0.03)],
            mixed(GLASS, (220, 215, 205), 0.45),
            0.07,
        )
        brush.line([*window, window[0]], RUBBER, 0.03)
    for seam in shape.seams:
        brush.line(seam, tinted(paint, 0.45), 0.02)
    belt = shape.windows[0][0][1]
    brush.line([(back + 0.1, belt - 0.10), (front - 0.25, belt - 0.17)], tinted(paint, 1.3), 0.04)
    for seam in shape.seams[:2]:
        brush.line([(seam[0][0] - 0.32, belt - 0.12), (seam[0][0] - 0.14, belt - 0.12)], tinted(paint, 0.5), 0.04)
    _lights(brush, shape)
    mirror = shape.windows[0][1]
    brush.disc((mirror[0] - 0.08, mirror[1] + 0.06), 0.10, tinted(paint, 0.8), height_m=0.07)


def _lights(brush: Brush, shape: CarShape) -> None:
    nose, tail = shape.body[3], shape.body[-2]
    brush.polygon(
        [
            (nose[0] - 0.02, nose[1] - 0.02),
            (nose[0] - 0.10, nose[1] + 0.10),
            (nose[0] - 0.42, nose[1] + 0.09),
            (nose[0] - 0.25, nose[1] - 0.02),
        ],
        (235, 240, 245),
        fade=0.8,
    )
    brush.polygon(
        [
            (tail[0] + 0.02, tail[1] - 0.12),
            (tail[0] + 0.02, tail[1] + 0.08),
            (tail[0] + 0.26, tail[1] + 0.10),
            (tail[0] + 0.18, tail[1] - 0.10),
        ],
        (35, 30, 185),
        fade=0.7,
    )
