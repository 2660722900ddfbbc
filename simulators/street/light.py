"""Light: what the hour and the sky do to the colours, and how strongly lamps burn."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from simulators.street import raster
from simulators.street.camera import Camera
from simulators.street.conditions import Conditions, Hour
from simulators.street.draw_background import Backdrop
from simulators.street.effects import Moment
from simulators.street.raster import Colour, Picture


@dataclass(frozen=True)
class Light:
    """How the street is lit.

    Attributes:
        ambient: Share of daylight that is left, blue, green, red.
        lamps: What a street lamp adds in the middle of its pool, blue, green, red.
        windows: How brightly windows are lit, 0 to 1.
        headlights: How brightly vehicles' lamps glow, 0 to 1.
        noise: Standard deviation of the sensor's noise, 0 to 255.
    """

    ambient: tuple[float, float, float]
    lamps: tuple[float, float, float]
    windows: float
    headlights: float
    noise: float

    @property
    def dims(self) -> bool:
        """Whether less than full daylight is left."""
        return min(self.ambient) < 1

    @property
    def darkness(self) -> float:
        """How much a lamp shows on the road: 0 by day, 1 by night."""
        return min(1.0, 2.0 * (1 - sum(self.ambient) / 3))


LIGHTS: Final[dict[Hour, Light]] = {
    "day": Light((1.0, 1.0, 1.0), (0.0, 0.0, 0.0), 0.0, 0.0, 2.5),
    "dusk": Light((0.74, 0.66, 0.66), (0.06, 0.12, 0.16), 0.7, 0.6, 3.5),
    "night": Light((0.47, 0.41, 0.40), (0.14, 0.24, 0.30), 1.0, 1.0, 5.0),
}
_RAIN_CLOUDS: Final = 0.2
_LOW_SUN: Final = (0.74, 0.90, 1.0)
_HIGH_SUN_DEG: Final = 45.0
_DAYTIME_LAMPS: Final = 0.5
_LAMP_SPACING: Final = 300
_LAMP_ROWS: Final = (250 / 576, 520 / 576)


def light_of(conditions: Conditions) -> Light:
    """Find out how the street is lit.

    Args:
        conditions: The hour, clouds of rain, a sun that may be low, lamps that may be bright.

    Returns:
        The light.
    """
    light = LIGHTS[conditions.light]
    low = max(0.0, 1 - conditions.sun.elevation_deg / _HIGH_SUN_DEG) if conditions.sun else 0.0
    clouds = 1 - _RAIN_CLOUDS * conditions.rain
    blue, green, red = (
        share * clouds * (1 - low * (1 - warm)) for share, warm in zip(light.ambient, _LOW_SUN, strict=True)
    )
    lamps = max(light.headlights, _DAYTIME_LAMPS) if conditions.headlights else light.headlights
    return replace(light, ambient=(blue, green, red), headlights=lamps, noise=light.noise * conditions.noise)


class Shade:
    """Takes away the daylight that is missing.

    Args:
        shares: The light map.
    """

    def __init__(self, shares: Picture) -> None:
        self._shares = shares

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Darken the picture; see :class:`simulators.street.effects.Effect`."""
        del moment
        return raster.dimmed(picture, self._shares)


def light_map(light: Light, camera: Camera) -> Picture:
    """Share of daylight that reaches each pixel.

    Args:
        light: How the street is lit.
        camera: That sees it.

    Returns:
        Shape (H, W, 3), uint8: 255 is full daylight.
    """
    rows, columns = np.mgrid[0 : camera.height_px, 0 : camera.width_px].astype(np.float32)
    pools = np.zeros_like(rows)
    spacing = _LAMP_SPACING * camera.scale
    for index, row in enumerate(_LAMP_ROWS):
        centres = np.arange(spacing * (0.5 if index else 0.1), camera.width_px + spacing, spacing)
        for x_px in centres:
            across = (columns - x_px) / (0.55 * spacing)
            along = (rows - row * camera.height_px) / (0.42 * spacing)
            pools = np.maximum(pools, np.exp(-(across**2) - along**2))
    share = np.array(light.ambient, np.float32) + pools[:, :, None] * np.array(light.lamps, np.float32)
    return np.asarray(np.rint(np.clip(share, 0, 1) * 255), np.uint8)


def lit_backdrop(backdrop: Backdrop, light: Light, shade: Picture) -> Picture:
    """The empty street with its windows so bright that they are right once the light map is applied.

    Args:
        backdrop: The empty street.
        light: How it is lit.
        shade: The light map.

    Returns:
        Shape (H, W, 3), uint8, BGR.
    """
    glow = backdrop.lit.astype(np.float32) * light.windows * 255.0 / np.maximum(shade, 1)
    return np.asarray(np.clip(backdrop.day + glow, 0, 255), np.uint8)


def glow(radius_px: float, colour: Colour, *, flatness: float = 1.0) -> Picture:
    """The halo of a lamp, or the pool of light that it throws.

    Args:
        radius_px: How far it reaches to the side.
        colour: In its middle.
        flatness: Height over width.

    Returns:
        Shape (H, W, 3), uint8, BGR: to be added to the frame, its middle the lamp.
    """
    half_width, half_height = max(2, round(radius_px)), max(2, round(radius_px * flatness))
    rows = np.linspace(-1, 1, 2 * half_height + 1)[:, None]
    columns = np.linspace(-1, 1, 2 * half_width + 1)[None, :]
    fall = np.clip(1 - np.hypot(rows, columns), 0, 1) ** 2
    return np.asarray(np.rint(fall[:, :, None] * np.array(colour, np.float64)), np.uint8)


def noise_bank(light: Light, camera: Camera, seed: int) -> list[tuple[Picture, Picture]]:
    """A few fields of sensor noise to choose from.

    Args:
        light: How the street is lit.
        camera: That sees it.
        seed: Of the noise.

    Returns:
        Pairs of what is added and what is taken away, shape (H, W, 3), uint8.
    """
    rng = np.random.default_rng(seed)
    bank = []
    for _ in range(6):
        field = rng.normal(0, light.noise, (camera.height_px, camera.width_px, 3)).astype(np.float32)
        field = raster.softened(field, 0.5) * 1.3
        more, less = np.clip(field, 0, 255), np.clip(-field, 0, 255)
        bank.append((np.rint(more).astype(np.uint8), np.rint(less).astype(np.uint8)))
    return bank
