"""Headlamps: the halos of vehicles' lamps, their cones on the road and their streaks on a wet one."""

from typing import Final

import numpy as np

from simulators.street import raster
from simulators.street.appearance import Appearance
from simulators.street.brush import Lamp
from simulators.street.effects import Moment
from simulators.street.light import Light, glow
from simulators.street.raster import Colour, Picture

_HEADLIGHT: Final[Colour] = (150, 165, 170)
_BRIGHT: Final[Colour] = (225, 240, 245)
_BEAM: Final[Colour] = (34, 42, 46)
_CONE: Final[Colour] = (105, 125, 132)
_TAIL_LIGHT: Final[Colour] = (20, 20, 150)
_HALO_M: Final = 0.30
_BLOOM_M: Final = 0.75
_BEAM_M: Final = 1.6
_REACH_M: Final = 9.0
_SPREAD_M: Final = 2.4
_FLATNESS: Final = 0.36  # how flat the road lies as this camera sees it: rows per column of a metre
_MIRRORED: Final = 0.8  # of a lamp's light, by a road under water


class Headlamps:
    """Lights the lamps of those who have any.

    Args:
        light: How strongly they glow.
        bright: Whether they dazzle and throw cones, rather than glimmer.
        rain: How wet the road is, 0 to 1.
    """

    def __init__(self, light: Light, *, bright: bool, rain: float) -> None:
        self._glow = light.headlights
        self._darkness = light.darkness
        self._bright = bright
        self._rain = rain
        self._patches: dict[tuple[str, int, int], Picture] = {}

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Light the lamps; see :class:`simulators.street.effects.Effect`."""
        for one in moment.seen:
            for lamp in one.sprite.lamps:
                self._burn(picture, one, lamp)
        return picture

    def _burn(self, picture: Picture, one: Appearance, lamp: Lamp) -> None:
        x_px, y_px = one.x_px + lamp.x_px, one.y_px + lamp.y_px
        if self._rain:
            self._mirror(picture, one, lamp)
        if lamp.kind == "tail":
            raster.add(picture, self._patch("tail", one.px_per_m * _HALO_M * 0.8), x_px, y_px)
            return
        if not self._bright:
            raster.add(picture, self._patch("head", one.px_per_m * _HALO_M), x_px, y_px)
            reach = one.px_per_m * _BEAM_M
            raster.add(picture, self._patch("beam", reach), x_px + lamp.ahead * round(reach * 0.9), one.y_px)
            return
        raster.add(picture, self._patch("bloom", one.px_per_m * _BLOOM_M), x_px, y_px)
        raster.add(picture, self._patch("head", one.px_per_m * _HALO_M), x_px, y_px)
        reach = one.px_per_m * _REACH_M
        raster.add(picture, self._patch("cone", reach, lamp.ahead), x_px + lamp.ahead * round(reach / 2), one.y_px)

    def _mirror(self, picture: Picture, one: Appearance, lamp: Lamp) -> None:
        """The streak that a lamp draws on a wet road, below where it would stand in a mirror."""
        patch = self._patch(f"{lamp.kind} streak", one.px_per_m * _HALO_M)
        raster.add(picture, patch, one.x_px + lamp.x_px, one.y_px - lamp.y_px)

    def _patch(self, kind: str, radius_px: float, ahead: int = 1) -> Picture:
        key = (kind, round(radius_px), ahead)
        if key not in self._patches:
            self._patches[key] = self._drawn(kind, radius_px, ahead)
        return self._patches[key]

    def _drawn(self, kind: str, radius_px: float, ahead: int) -> Picture:
        match kind:
            case "tail":
                return glow(radius_px, self._dimmed(_TAIL_LIGHT))
            case "head":
                return glow(radius_px, self._dimmed(_BRIGHT if self._bright else _HEADLIGHT))
            case "bloom":
                return glow(radius_px, self._dimmed(_HEADLIGHT, 0.55))
            case "beam":
                return glow(radius_px, self._dimmed(_BEAM), flatness=0.18)
            case "cone":
                return _cone(radius_px, self._dimmed(_CONE, self._darkness), ahead)
            case _:
                colour = _TAIL_LIGHT if kind.startswith("tail") else _HEADLIGHT
                return glow(radius_px, self._dimmed(colour, self._rain * _MIRRORED), flatness=3.5)

    def _dimmed(self, colour: Colour, share: float = 1.0) -> Colour:
        blue, green, red = (round(channel * self._glow * share) for channel in colour)
        return blue, green, red


def _cone(reach_px: float, colour: Colour, ahead: int) -> Picture:
    """Light on the road from a lamp at the middle of one end, wider and weaker the farther it comes."""
    width, half = max(4, round(reach_px)), max(2, round(reach_px * _SPREAD_M / _REACH_M * _FLATNESS))
    far_m = np.linspace(0.01, _REACH_M, width)[None, :]
    beside_m = np.linspace(-_SPREAD_M, _SPREAD_M, 2 * half + 1)[:, None]
    shape = np.exp(-((beside_m / (0.35 + 0.17 * far_m)) ** 2)) * np.clip(far_m / 1.6, 0, 1) * np.exp(-far_m / 3.6)
    shape *= np.clip((_REACH_M - far_m) / 2, 0, 1)
    patch = np.rint(shape[:, ::ahead, None] * np.array(colour, np.float64) * 1.5)
    return np.ascontiguousarray(np.clip(patch, 0, 255).astype(np.uint8))
