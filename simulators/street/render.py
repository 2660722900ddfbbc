"""Renders the street at any moment: backdrop, things from far to near, light, sensor."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from simulators.street import raster
from simulators.street.actors import Actor, Extent
from simulators.street.brush import Lamp, Sprite
from simulators.street.camera import Camera
from simulators.street.draw_background import draw_backdrop
from simulators.street.light import LIGHTS, Hour, glow, light_map, lit_backdrop, noise_bank
from simulators.street.raster import Colour, Picture
from simulators.street.sprites import Wardrobe

_HEADLIGHT: Final[Colour] = (150, 165, 170)
_BEAM: Final[Colour] = (34, 42, 46)
_TAIL_LIGHT: Final[Colour] = (20, 20, 150)
_HALO_M: Final = 0.30
_BEAM_M: Final = 1.6


@dataclass(frozen=True)
class Appearance:
    """An actor in one picture.

    Attributes:
        actor: Who.
        sprite: How it is drawn.
        x_px: Column of its foot point.
        y_px: Row of its foot point.
        px_per_m: How large a metre is there.
    """

    actor: Actor
    sprite: Sprite
    x_px: int
    y_px: int
    px_per_m: float

    @property
    def box_px(self) -> Extent:
        """The drawn box, not clipped to the picture."""
        left, top, right, bottom = self.sprite.box_px
        return Extent(self.x_px + left, self.y_px + top, self.x_px + right, self.y_px + bottom)


class Renderer:
    """Draws pictures of the street. One instance serves one thread.

    Args:
        camera: That sees the street.
        hour: How it is lit.
        seed: Of houses, texture and noise.
    """

    def __init__(self, camera: Camera, *, hour: Hour, seed: int) -> None:
        self._camera = camera
        self._light = LIGHTS[hour]
        self._shade = light_map(self._light, camera)
        self._dark = hour != "day"
        self._backdrop = lit_backdrop(draw_backdrop(camera, seed), self._light, self._shade)
        self._noise = noise_bank(self._light, camera, seed)
        self._wardrobe = Wardrobe(camera)
        self._glows: dict[tuple[str, int], Picture] = {}

    def appearances(self, actors: Sequence[Actor], time_s: float) -> list[Appearance]:
        """Find who is on their path at a moment.

        Args:
            actors: Everybody.
            time_s: Scene time.

        Returns:
            Those on their path, far to near; some may be outside the picture.
        """
        return sorted(self._on_path(actors, time_s), key=lambda seen: (seen.y_px, seen.actor.number))

    def _on_path(self, actors: Sequence[Actor], time_s: float) -> Iterator[Appearance]:
        camera = self._camera
        for actor in actors:
            leg = actor.path.leg_at(time_s)
            if leg is None:
                continue
            spot = leg.at(time_s)
            foot = camera.project(spot)
            sprite = self._wardrobe.sprite(actor, leg, time_s)
            x_px, y_px = round(foot.x * camera.width_px), round(foot.y * camera.height_px)
            yield Appearance(actor, sprite, x_px, y_px, camera.px_per_m(spot.depth_m))

    def frame(self, actors: Sequence[Actor], time_s: float, *, index: int) -> Picture:
        """Draw one picture.

        Args:
            actors: Everybody.
            time_s: Scene time.
            index: Which frame it is; decides the noise.

        Returns:
            Shape (H, W, 3), uint8, BGR.
        """
        seen = self.appearances(actors, time_s)
        picture = self._backdrop.copy()
        for one in seen:
            _lay(picture, one.sprite, one.x_px, one.y_px)
        if self._dark:
            picture = raster.dimmed(picture, self._shade)
            self._burn(picture, seen)
        more, less = self._noise[index % len(self._noise)]
        return raster.sensed(picture, more, less)

    def _burn(self, picture: Picture, seen: Sequence[Appearance]) -> None:
        for one in seen:
            for lamp in one.sprite.lamps:
                self._burn_lamp(picture, one, lamp)

    def _burn_lamp(self, picture: Picture, one: Appearance, lamp: Lamp) -> None:
        x_px, y_px = one.x_px + lamp.x_px, one.y_px + lamp.y_px
        if lamp.kind == "tail":
            _add(picture, self._glow("tail", one.px_per_m * _HALO_M * 0.8), x_px, y_px)
            return
        _add(picture, self._glow("head", one.px_per_m * _HALO_M), x_px, y_px)
        reach = one.px_per_m * _BEAM_M
        _add(picture, self._glow("beam", reach), x_px + lamp.ahead * round(reach * 0.9), one.y_px)

    def _glow(self, kind: str, radius_px: float) -> Picture:
        key = (kind, round(radius_px))
        if key not in self._glows:
            colour = {"tail": _TAIL_LIGHT, "head": _HEADLIGHT, "beam": _BEAM}[kind]
            dimmed = tuple(round(channel * self._light.headlights) for channel in colour)
            flatness = 0.18 if kind == "beam" else 1.0
            self._glows[key] = glow(radius_px, (dimmed[0], dimmed[1], dimmed[2]), flatness=flatness)
        return self._glows[key]


def _overlap(
    picture: Picture, shape: tuple[int, ...], left: int, top: int
) -> tuple[tuple[slice, slice], ...] | None:
    """The part of a picture that a patch covers, and the part of the patch that lies in the picture."""
    height, width = picture.shape[:2]
    y1, x1 = max(0, top), max(0, left)
    y2, x2 = min(height, top + shape[0]), min(width, left + shape[1])
    if y2 <= y1 or x2 <= x1:
        return None
    return (slice(y1, y2), slice(x1, x2)), (slice(y1 - top, y2 - top), slice(x1 - left, x2 - left))


def _lay(picture: Picture, sprite: Sprite, x_px: int, y_px: int) -> None:
    parts = _overlap(picture, sprite.colour.shape, x_px - sprite.foot_x_px, y_px - sprite.foot_y_px)
    if parts:
        there, here = parts
        behind = raster.dimmed(picture[there], sprite.keep[here])
        picture[there] = raster.brightened(behind, sprite.colour[here])


def _add(picture: Picture, patch: Picture, x_px: int, y_px: int) -> None:
    parts = _overlap(picture, patch.shape, x_px - patch.shape[1] // 2, y_px - patch.shape[0] // 2)
    if parts:
        there, here = parts
        picture[there] = raster.brightened(picture[there], patch[here])
