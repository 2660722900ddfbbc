"""A brush that draws one thing in metres on a transparent, supersampled canvas and hands back a sprite.

The thing stands with its foot point at (0, 0), faces right (+x) and rises upwards (+y).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

import numpy as np

from simulators.street import raster
from simulators.street.raster import SUBPIXELS, Colour, Corners, Floats, Picture

Point = tuple[float, float]
"""Metres right of and above the foot point."""
LampKind = Literal["head", "tail"]

SUPERSAMPLING: Final = 4
_SOLID: Final = 0.5  # opacity from which a pixel belongs to the thing
_GRAIN: Final = 5.0  # standard deviation of cloth and paint, 0 to 255


def tinted(colour: Colour, factor: float) -> Colour:
    """Make a colour lighter or darker.

    Args:
        colour: What to change.
        factor: Below 1 darkens, above 1 lightens; the result is clipped to 0 to 255.

    Returns:
        The changed colour.
    """
    blue, green, red = (max(0, min(255, round(channel * factor))) for channel in colour)
    return blue, green, red


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """Mix two colours.

    Args:
        first: Taken whole where ``share`` is 0.
        second: Taken whole where ``share`` is 1.
        share: 0 to 1.

    Returns:
        The mixture.
    """
    blue, green, red = (round(a * (1 - share) + b * share) for a, b in zip(first, second, strict=True))
    return blue, green, red


class Lamp(NamedTuple):
    """A lamp that burns by night.

    Attributes:
        kind: A headlight, which also lights the road ahead, or a tail light.
        x_px: Right of the foot point.
        y_px: Below the foot point.
        ahead: 1 where ahead is to the right, -1 where it is to the left.
    """

    kind: LampKind
    x_px: int
    y_px: int
    ahead: int


@dataclass(frozen=True)
class Sprite:
    """A thing that is ready to be laid into a frame.

    Attributes:
        colour: Shape (H, W, 3), uint8, BGR, premultiplied by its opacity.
        keep: Shape (H, W, 3), uint8: how much of what is behind stays visible, 0 to 255.
        foot_x_px: Column of the foot point in the sprite.
        foot_y_px: Row of the foot point in the sprite.
        box_px: Left, top, right, bottom of the thing without its shadow, relative to the foot point.
        outline: Shape (N, 2), int32: the thing's outline without its shadow, pixels relative to the foot point.
        lamps: Its lamps.
    """

    colour: Picture
    keep: Picture
    foot_x_px: int
    foot_y_px: int
    box_px: tuple[int, int, int, int]
    outline: Corners
    lamps: tuple[Lamp, ...] = ()


class Brush:
    """Draws on a canvas in metres.

    Args:
        left_m: How far the canvas reaches behind the foot point; positive.
        right_m: How far it reaches ahead of it; positive.
        top_m: How far it reaches above it.
        px_per_m: Pixels of the finished sprite per metre.
        seed: Of the grain.
    """

    def __init__(self, left_m: float, right_m: float, top_m: float, *, px_per_m: float, seed: int = 0) -> None:
        self._left_px = math.ceil(left_m * px_per_m)
        self._top_px = math.ceil(top_m * px_per_m)
        self._below_px = math.ceil(0.5 * px_per_m)
        width_px = self._left_px + math.ceil(right_m * px_per_m)
        height_px = self._top_px + self._below_px
        shape = (height_px * SUPERSAMPLING, width_px * SUPERSAMPLING)
        self._colour = np.zeros((*shape, 3), np.uint8)
        self._alpha = np.zeros(shape, np.uint8)
        self._shadow = np.zeros(shape, np.uint8)
        self._scale = px_per_m * SUPERSAMPLING
        self._seed = seed
        self._lamps: list[tuple[LampKind, Point]] = []

    def _at(self, points: Sequence[Point]) -> Corners:
        """Metres to fixed-point pixels of the canvas."""
        origin = np.array([self._left_px, self._top_px], np.float64) * SUPERSAMPLING
        metres = np.asarray(points, np.float64).reshape(-1, 2) * [1.0, -1.0]
        return np.rint((metres * self._scale + origin) * SUBPIXELS).astype(np.int32)

    def _spot(self, point: Point) -> tuple[int, int]:
        x, y = self._at([point])[0]
        return int(x), int(y)

    def _axes(self, across_m: float, up_m: float) -> tuple[int, int]:
        return round(across_m * self._scale * SUBPIXELS), round(up_m * self._scale * SUBPIXELS)

    def _px(self, length_m: float) -> int:
        return max(1, round(length_m * self._scale))

    def polygon(self, points: Sequence[Point], colour: Colour, *, fade: float = 1.0) -> None:
        """Fill a polygon.

        Args:
            points: Its corners, metres.
            colour: At its top.
            fade: Factor of the colour at its bottom; the shade runs evenly between.
        """
        corners = self._at(points)
        if fade == 1.0:
            raster.fill(self._colour, corners, colour, smooth=True)
            raster.fill(self._alpha, corners, (255,))
            return
        height, width = self._alpha.shape
        left, top = np.maximum(corners.min(0) // SUBPIXELS - 1, 0)
        right, bottom = np.minimum(corners.max(0) // SUBPIXELS + 2, (width, height))
        if right <= left or bottom <= top:
            return
        mask = np.zeros((bottom - top, right - left), np.uint8)
        raster.fill(mask, corners - np.array([left, top], np.int32) * SUBPIXELS, (255,))
        shade = np.linspace(1.0, fade, bottom - top)[:, None, None] * np.array(colour, np.float64)
        rows = np.broadcast_to(np.clip(shade, 0, 255).astype(np.uint8), (*mask.shape, 3))
        part = (slice(top, bottom), slice(left, right))
        np.copyto(self._colour[part], rows, where=mask[:, :, None] > 0)
        np.maximum(self._alpha[part], mask, out=self._alpha[part])

    def line(self, points: Sequence[Point], colour: Colour, width_m: float) -> None:
        """Draw a line with round ends.

        Args:
            points: Its corners, metres.
            colour: Of the line.
            width_m: Its width.
        """
        corners, width = self._at(points), self._px(width_m)
        raster.stroke(self._colour, corners, colour, width)
        raster.stroke(self._alpha, corners, (255,), width)

    def disc(self, centre: Point, radius_m: float, colour: Colour, *, height_m: float | None = None) -> None:
        """Fill a circle or an ellipse.

        Args:
            centre: Its centre, metres.
            radius_m: Half its width.
            colour: Of the disc.
            height_m: Half its height; a circle where None.
        """
        at, axes = self._spot(centre), self._axes(radius_m, height_m or radius_m)
        raster.ellipse(self._colour, at, axes, colour)
        raster.ellipse(self._alpha, at, axes, (255,))

    def ring(
        self,
        centre: Point,
        radius_m: float,
        colour: Colour,
        width_m: float,
        *,
        span_deg: tuple[float, float] = (0, 360),
    ) -> None:
        """Draw a circle's rim, or an arc of it.

        Args:
            centre: Its centre, metres.
            radius_m: Its radius.
            colour: Of the rim.
            width_m: Width of the rim.
            span_deg: From and to, clockwise from the right.
        """
        at, axes, width = self._spot(centre), self._axes(radius_m, radius_m), self._px(width_m)
        raster.ellipse(self._colour, at, axes, colour, width_px=width, span_deg=span_deg)
        raster.ellipse(self._alpha, at, axes, (255,), width_px=width, span_deg=span_deg)

    def extrude(self, profile: Sequence[Point], colours: Sequence[Colour], depth: Point) -> None:
        """Draw the faces that lead from a side-on profile to its far side.

        Args:
            profile: The near side's corners, anticlockwise as seen (x right, y up).
            colours: One per edge, the first from corner 0 to corner 1.
            depth: Where the far side lies, metres right and up of the near side as seen.
        """
        ends = [*profile[1:], profile[0]]
        for start, end, colour in zip(profile, ends, colours, strict=True):
            normal = (end[1] - start[1], start[0] - end[0])
            if normal[0] * depth[0] + normal[1] * depth[1] > 0:
                far = [(x + depth[0], y + depth[1]) for x, y in (end, start)]
                self.polygon([start, end, *far], colour)

    def shadow(self, centre: Point, radius_m: float, height_m: float, strength: float) -> None:
        """Lay a soft shadow on the ground, behind everything drawn.

        Args:
            centre: Its centre, metres.
            radius_m: Half its width.
            height_m: Half its height as seen.
            strength: 0 to 1.
        """
        raster.ellipse(self._shadow, self._spot(centre), self._axes(radius_m, height_m), (round(255 * strength),))

    def lamp(self, kind: LampKind, at: Point) -> None:
        """Note where a lamp is; it is drawn by whoever knows the hour.

        Args:
            kind: Which lamp.
            at: Where it is, metres.
        """
        self._lamps.append((kind, at))

    def finish(self, *, mirrored: bool = False, centred: bool = False) -> Sprite:
        """Turn the canvas into a sprite.

        Args:
            mirrored: The thing faces left.
            centred: Put the foot point below the middle of what was drawn.

        Returns:
            The sprite, at a quarter of the canvas's size in each direction.
        """
        colour, alpha = self._shrunk()
        keep = (1 - alpha) * (1 - self._soft_shadow(alpha.shape))
        foot_x_px, sign = self._left_px, 1
        if mirrored:
            colour, keep, alpha = colour[:, ::-1], keep[:, ::-1], alpha[:, ::-1]
            foot_x_px, sign = alpha.shape[1] - self._left_px, -1
        solid = alpha > _SOLID
        rows, columns = np.flatnonzero(solid.any(1)), np.flatnonzero(solid.any(0))
        shift = round((columns[0] + columns[-1] + 1) / 2) - foot_x_px if centred else 0
        foot_x_px += shift
        left, right = int(columns[0]) - foot_x_px, int(columns[-1]) + 1 - foot_x_px
        box = (left, int(rows[0]) - self._top_px, right, int(rows[-1]) + 1 - self._top_px)
        per_m = self._scale / SUPERSAMPLING
        lamps = tuple(
            Lamp(kind, round(x * per_m * sign) - shift, round(-y * per_m), sign) for kind, (x, y) in self._lamps
        )
        tripled = np.repeat(np.rint(keep * 255).astype(np.uint8)[:, :, None], 3, axis=2)
        paint = np.ascontiguousarray(np.rint(colour).astype(np.uint8))
        outline = raster.outline(solid) - np.array([foot_x_px, self._top_px], np.int32)
        return Sprite(paint, np.ascontiguousarray(tripled), foot_x_px, self._top_px, box, outline, lamps)

    def _shrunk(self) -> tuple[Floats, Floats]:
        """Colour premultiplied by opacity, and opacity 0 to 1, at the finished size, with grain."""
        size = (self._alpha.shape[1] // SUPERSAMPLING, self._alpha.shape[0] // SUPERSAMPLING)
        colour = raster.shrunk(raster.cut_out(self._colour, self._alpha), size)
        alpha = np.asarray(raster.shrunk(self._alpha, size) / 255, np.float32)
        noise = np.random.default_rng(self._seed).normal(0, _GRAIN, alpha.shape).astype(np.float32)
        grain = raster.softened(noise, 0.8) * 1.8 * alpha
        return np.asarray(np.clip(colour + grain[:, :, None], 0, 255), np.float32), alpha

    def _soft_shadow(self, shape: tuple[int, ...]) -> Floats:
        soft = np.asarray(raster.shrunk(self._shadow, (shape[1], shape[0])) / 255, np.float32)
        return raster.softened(soft, 0.05 * self._scale / SUPERSAMPLING)
