"""Draws lorries: a cab, a chassis and a box or an open load bed, seen from the side and a little from above."""

from dataclasses import dataclass
from typing import Final, Literal

from simulators.street.brush import Brush, Point, Sprite, mixed, tinted
from simulators.street.draw_wheels import draw_disc_wheel
from simulators.street.raster import Colour

GLASS: Final[Colour] = (70, 60, 50)
RUBBER: Final[Colour] = (35, 33, 32)
STEEL: Final[Colour] = (58, 56, 54)
WHEEL_M: Final = 0.45

Load = Literal["box", "bed", "tarpaulin"]


@dataclass(frozen=True)
class TruckLook:
    """What a lorry looks like.

    Attributes:
        cab: Colour of the cab.
        body: Colour of box, bed or tarpaulin.
        load: What is on the chassis.
        length_m: Overall length.
    """

    cab: Colour
    body: Colour
    load: Load
    length_m: float


def draw_truck(look: TruckLook, *, px_per_m: float, rise: float, mirrored: bool, seed: int) -> Sprite:
    """Draw a lorry.

    Args:
        look: What it looks like.
        px_per_m: Scale of the sprite.
        rise: Metres by which the far side appears above the near side.
        mirrored: It drives to the left.
        seed: Of the paint's grain.

    Returns:
        The sprite, its foot point below its middle.
    """
    half = look.length_m / 2
    brush = Brush(half + 0.5, half + 0.6, 4.4, px_per_m=px_per_m, seed=seed)
    brush.shadow((0.0, 0.08), half + 0.1, 0.26, 0.75)
    brush.polygon([(-half, 0.62), (half - 0.4, 0.62), (half - 0.4, 0.92), (-half, 0.92)], STEEL, fade=0.6)
    _cab(brush, half, look.cab, rise)
    gap = half - 1.75
    if look.load == "box":
        _box(brush, (-half, gap), look.body, rise)
    elif look.load == "tarpaulin":
        _tarpaulin(brush, (-half, gap), look.body, rise)
    else:
        _bed(brush, (-half, gap), look.body, rise)
    _under(brush, half)
    for x in (-half + 1.1, half - 1.15):
        brush.disc((x, WHEEL_M + 0.09), WHEEL_M + 0.07, (18, 18, 18))
        draw_disc_wheel(brush, (x, WHEEL_M), WHEEL_M, rim=(160, 160, 158), turn=seed * 0.6)
    brush.lamp("head", (half - 0.08, 0.83))
    brush.lamp("tail", (-half + 0.06, 0.8))
    return brush.finish(mirrored=mirrored, centred=True)


def _cab(brush: Brush, half: float, paint: Colour, rise: float) -> None:
    back = half - 1.65
    body: list[Point] = [
        (back, 0.50),
        (half, 0.50),
        (half + 0.03, 0.70),
        (half + 0.03, 1.20),
        (half - 0.18, 2.15),
        (half - 0.42, 2.30),
        (back, 2.30),
    ]
    faces = [tinted(paint, 1.15)] * len(body)
    faces[3] = mixed(GLASS, (215, 205, 195), 0.5)
    brush.extrude(body, faces, (0.0, rise))
    brush.polygon(body, tinted(paint, 1.08), fade=0.7)
    window: list[Point] = [(back + 0.35, 1.38), (half - 0.14, 1.38), (half - 0.32, 2.05), (back + 0.35, 2.05)]
    brush.polygon(window, mixed(GLASS, (205, 195, 180), 0.35), fade=0.5)
    brush.disc((back + 0.75, 1.62), 0.13, (80, 100, 130), height_m=0.17)
    brush.line([*window, window[0]], RUBBER, 0.03)
    brush.line([(back + 0.28, 2.12), (back + 0.28, 0.72)], tinted(paint, 0.5), 0.02)
    brush.line([(half - 0.12, 1.34), (half - 0.32, 0.95)], tinted(paint, 0.5), 0.02)
    brush.line([(back + 0.34, 1.22), (back + 0.52, 1.22)], RUBBER, 0.05)
    brush.polygon(
        [(half - 0.20, 0.74), (half + 0.02, 0.74), (half + 0.02, 0.92), (half - 0.26, 0.92)], (235, 240, 245)
    )
    brush.polygon([(back, 0.52), (half + 0.03, 0.52), (half + 0.05, 0.68), (back, 0.66)], tinted(paint, 0.4))
    brush.line([(half - 0.2, 2.12), (half + 0.16, 2.02), (half + 0.16, 1.60)], RUBBER, 0.05)
    brush.disc((half + 0.16, 1.72), 0.07, RUBBER, height_m=0.19)


def _box(brush: Brush, span: tuple[float, float], paint: Colour, rise: float) -> None:
    back, front = span
    box: list[Point] = [(back, 0.92), (front, 0.92), (front, 3.05), (back, 3.05)]
    brush.extrude(box, [tinted(paint, 1.12)] * 4, (0.0, rise))
    brush.polygon(box, tinted(paint, 1.03), fade=0.82)
    ribs = max(3, round((front - back) / 0.55))
    for rib in range(1, ribs):
        x = back + (front - back) * rib / ribs
        brush.line([(x, 1.0), (x, 2.97)], tinted(paint, 0.86), 0.03)
        brush.line([(x + 0.04, 1.0), (x + 0.04, 2.97)], tinted(paint, 1.1), 0.02)
    brush.line([*box, box[0]], tinted(paint, 0.6), 0.06)
    brush.line([(back, 0.95), (front, 0.95)], STEEL, 0.10)


def _tarpaulin(brush: Brush, span: tuple[float, float], paint: Colour, rise: float) -> None:
    back, front = span
    cover: list[Point] = [
        (back, 1.45),
        (front, 1.45),
        (front, 2.7),
        (front - 0.15, 2.9),
        (back + 0.15, 2.9),
        (back, 2.7),
    ]
    brush.extrude(cover, [tinted(paint, 1.2)] * 6, (0.0, rise))
    brush.polygon(cover, tinted(paint, 1.1), fade=0.7)
    hoops = max(3, round((front - back) / 0.8))
    for hoop in range(1, hoops):
        x = back + (front - back) * hoop / hoops
        brush.line([(x, 1.5), (x, 2.88)], tinted(paint, 0.72), 0.05)
        brush.line([(x + 0.07, 1.5), (x + 0.07, 2.86)], tinted(paint, 1.25), 0.03)
    _planks(brush, span, (70, 110, 140), 1.5)


def _planks(brush: Brush, span: tuple[float, float], paint: Colour, height: float) -> None:
    back, front = span
    brush.polygon([(back, 0.90), (front, 0.90), (front, height), (back, height)], tinted(paint, 1.05), fade=0.75)
    for share in (0.33, 0.66):
        y = 0.90 + (height - 0.90) * share
        brush.line([(back, y), (front, y)], tinted(paint, 0.6), 0.03)
    posts = max(2, round((front - back) / 1.2))
    for post in range(posts + 1):
        x = back + (front - back) * post / posts
        brush.line([(x, 0.92), (x, height)], tinted(paint, 0.55), 0.06)


def _bed(brush: Brush, span: tuple[float, float], paint: Colour, rise: float) -> None:
    back, front = span
    heap: list[Point] = [
        (back + 0.2, 1.4),
        (front - 0.3, 1.4),
        (front - 0.5, 1.9),
        (front - 1.4, 2.15),
        (back + 1.3, 2.05),
        (back + 0.5, 1.75),
    ]
    brush.extrude([(back, 0.9), (front, 0.9), (front, 1.5), (back, 1.5)], [tinted(paint, 0.6)] * 4, (0.0, rise))
    brush.polygon(heap, (95, 125, 150), fade=0.7)
    _planks(brush, span, paint, 1.55)
    brush.line([(front, 0.92), (front, 2.25)], STEEL, 0.08)


def _under(brush: Brush, half: float) -> None:
    brush.polygon([(-0.6, 0.42), (0.4, 0.42), (0.4, 0.85), (-0.6, 0.85)], tinted(STEEL, 1.5), fade=0.6)
    brush.line([(-half + 1.9, 0.45), (-0.8, 0.45)], STEEL, 0.05)
    brush.polygon([(-half, 0.70), (-half + 0.12, 0.70), (-half + 0.12, 0.90), (-half, 0.90)], (35, 30, 190))
    brush.polygon(
        [(-half + 0.4, 0.35), (-half + 0.48, 0.35), (-half + 0.48, 0.9), (-half + 0.4, 0.9)], (30, 30, 30)
    )
