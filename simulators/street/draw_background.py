"""Draws the street when nobody is in it: houses, pavements, road, zebra crossing; and which windows are lit."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulators.street import raster
from simulators.street.brush import tinted
from simulators.street.camera import Camera, Ground
from simulators.street.layout import CENTRE, FAR_KERB, NEAR_KERB, ZEBRA_M
from simulators.street.raster import SUBPIXELS, Colour, Floats, Picture

ROWS: Final = 576
_FINE: Final = 2
_HOUSE_FOOT: Final = 160
_WIDE_HOUSE: Final = 140
_WALLS: Final[tuple[Colour, ...]] = (
    (176, 196, 204),
    (170, 180, 176),
    (150, 178, 198),
    (186, 186, 178),
    (160, 190, 182),
    (190, 180, 172),
    (168, 172, 190),
)
_CLOTH: Final[tuple[Colour, ...]] = ((92, 110, 70), (80, 84, 140), (130, 100, 70), (90, 120, 140))
_SKY: Final[Colour] = (214, 206, 198)


@dataclass(frozen=True)
class Backdrop:
    """The empty street.

    Attributes:
        day: Shape (H, W, 3), uint8, BGR: as the sun shows it.
        lit: Shape (H, W, 3), uint8, BGR: what lit windows add by night.
    """

    day: Picture
    lit: Picture


def draw_backdrop(camera: Camera, seed: int) -> Backdrop:
    """Draw the empty street.

    Args:
        camera: That sees it.
        seed: Of the houses and of all texture; same seed, same picture.

    Returns:
        The empty street by day, and the light of its windows.
    """
    painter = _Painter(camera, np.random.default_rng(seed))
    painter.ground()
    painter.houses()
    painter.road()
    painter.zebra()
    return Backdrop(painter.textured(), painter.finished(painter.lit))


class _Painter:
    """Paints in pixels of the reference picture, from its left edge; a wider picture has more columns."""

    def __init__(self, camera: Camera, rng: np.random.Generator) -> None:
        self.camera = camera
        self.rng = rng
        self.columns = round(camera.width_px / camera.scale)
        shape = (camera.height_px * _FINE, camera.width_px * _FINE, 3)
        self.canvas: Picture = np.zeros(shape, np.uint8)
        self.lit: Picture = np.zeros(shape, np.uint8)

    def area(self, corners: list[tuple[float, float]], colour: Colour, *, on: Picture | None = None) -> None:
        scaled = np.rint(np.array(corners) * self.camera.scale * _FINE * SUBPIXELS).astype(np.int32)
        raster.fill(self.canvas if on is None else on, scaled, colour, smooth=True)

    def _chance(self, share: float) -> bool:
        return float(self.rng.random()) < share

    def block(self, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
        self.area([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def ground(self) -> None:
        kerb, near = FAR_KERB * ROWS, NEAR_KERB * ROWS
        wide = self.columns
        self.block(0, 0, wide, _HOUSE_FOOT, _SKY)
        self.block(0, _HOUSE_FOOT, wide, kerb, (160, 166, 170))
        self.block(0, near, wide, ROWS, (166, 172, 176))
        for top, bottom in ((_HOUSE_FOOT, kerb - 6), (near + 8, ROWS)):
            self._slabs(top, bottom)
        self.block(0, kerb - 6, wide, kerb, (182, 186, 188))
        self.block(0, kerb, wide, kerb + 4, (104, 106, 108))
        self.block(0, near + 2, wide, near + 9, (186, 190, 192))
        self.block(0, near - 1, wide, near + 2, (110, 112, 114))

    def _slabs(self, top: float, bottom: float) -> None:
        joint: Colour = (138, 143, 147)
        near, far = (self.camera.depth_at(row / ROWS) for row in (bottom, top))
        for depth in np.arange(near, far, 1.0):
            row = self.camera.project(Ground(0.0, float(depth))).y * ROWS
            self.block(0, row, self.columns, row + 1, joint)
        reach = self.camera.reach_m(far)
        for x_m in np.arange(-np.ceil(reach), reach + 1, 1.0):
            ends = [self.camera.project(Ground(float(x_m), depth)) for depth in (near, far)]
            (x1, y1), (x2, y2) = [(end.x * self.columns, end.y * ROWS) for end in ends]
            self.area([(x1, y1), (x1 + 1, y1), (x2 + 1, y2), (x2, y2)], joint)

    def houses(self) -> None:
        left = -float(self.rng.integers(0, 60))
        while left < self.columns:
            width = float(self.rng.integers(110, 170))
            wall = _WALLS[int(self.rng.integers(len(_WALLS)))]
            self.block(left, 0, left + width - 2, _HOUSE_FOOT, wall)
            self.block(left + width - 2, 0, left + width, _HOUSE_FOOT, tinted(wall, 0.7))
            self._upper_floor(left, width, wall)
            self._shop(left, width, wall)
            left += width

    def _upper_floor(self, left: float, width: float, wall: Colour) -> None:
        count = 2 if width < _WIDE_HOUSE else 3
        for index in range(count):
            x = left + width * (index + 0.5) / count - 13
            self.block(x - 3, -2, x + 29, 47, tinted(wall, 1.15))
            self.block(x, 0, x + 26, 44, (96, 88, 80))
            self.block(x + 2, 2, x + 12, 42, (128, 120, 110))
            self.block(x + 14, 2, x + 24, 42, (116, 108, 98))
            if self._chance(0.5):
                self.area([(x, 0), (x + 26, 0), (x + 26, 44), (x, 44)], (70, 120, 150), on=self.lit)
        self.block(left, 52, left + width - 2, 57, tinted(wall, 0.8))

    def _shop(self, left: float, width: float, wall: Colour) -> None:
        cloth = _CLOTH[int(self.rng.integers(len(_CLOTH)))]
        self.block(left + 6, 62, left + width - 8, 76, tinted(cloth, 1.1))
        inner = (left + 10, left + width - 12)
        if self._chance(0.45):
            for row in range(80, _HOUSE_FOOT - 4, 5):
                self.block(inner[0], row, inner[1], row + 4, (142, 146, 148))
                self.block(inner[0], row + 4, inner[1], row + 5, (112, 116, 118))
        else:
            door = inner[1] - 32
            self.block(inner[0], 88, door - 6, _HOUSE_FOOT - 18, (108, 102, 94))
            self.area(
                [(inner[0] + 8, 88), (inner[0] + 26, 88), (inner[0] + 10, 142), (inner[0], 142)], (132, 126, 116)
            )
            self.block(door, 86, inner[1], _HOUSE_FOOT, (84, 90, 98))
            self.block(door + 4, 90, inner[1] - 4, 128, (112, 106, 98))
            self.area(
                [(inner[0], 88), (door - 6, 88), (door - 6, 142), (inner[0], 142)], (60, 100, 122), on=self.lit
            )
        self.area([(left + 4, 76), (left + width - 6, 76), (left + width - 2, 88), (left, 88)], cloth)
        self.block(left, _HOUSE_FOOT - 4, left + width, _HOUSE_FOOT, tinted(wall, 0.62))

    def road(self) -> None:
        top, bottom = FAR_KERB * ROWS + 4, NEAR_KERB * ROWS - 1
        self.block(0, top, self.columns, bottom, (150, 150, 149))
        for row in (300.0, 312.0, 425.0, 438.0):
            self.block(0, row - 6, self.columns, row, (144, 144, 143))
        for row in (top + 8, bottom - 12):
            self.block(0, row, self.columns, row + 2.5, (196, 200, 202))
        middle = CENTRE * ROWS
        for x in np.arange(-20, self.columns, 110):
            self.block(float(x), middle - 2, float(x) + 58, middle + 2, (200, 204, 206))

    def zebra(self) -> None:
        far, near = (self.camera.depth_at(row) for row in (FAR_KERB + 0.02, NEAR_KERB - 0.03))
        for depth in np.arange(near, far, 1.0):
            corners = [
                self.camera.project(Ground(x_m, float(d)))
                for x_m, d in (
                    (ZEBRA_M[0], depth),
                    (ZEBRA_M[1], depth),
                    (ZEBRA_M[1], depth + 0.45),
                    (ZEBRA_M[0], depth + 0.45),
                )
            ]
            self.area([(c.x * self.columns, c.y * ROWS) for c in corners], (196, 200, 202))

    def finished(self, canvas: Picture) -> Picture:
        return raster.shrunk(canvas, (self.camera.width_px, self.camera.height_px))

    def textured(self) -> Picture:
        picture = self.finished(self.canvas).astype(np.float32)
        height, width = picture.shape[:2]
        grain: Floats = np.zeros((height, width), np.float32)
        for cell, strength in ((1, 4.0), (4, 5.0), (24, 4.0)):
            small = self.rng.normal(0, strength, (height // cell + 1, width // cell + 1)).astype(np.float32)
            grain += raster.stretched(small, (width, height))
        grain[: round(_HOUSE_FOOT * self.camera.scale)] *= 0.5
        return np.asarray(np.clip(picture + grain[:, :, None], 0, 255), np.uint8)
