"""Renders the street at any moment: backdrop, things from far to near, light, weather, lens, sensor."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from simulators.street import raster
from simulators.street.actors import Actor
from simulators.street.aim import Aim, aim_at
from simulators.street.appearance import Appearance
from simulators.street.birds import Birds
from simulators.street.camera import Camera
from simulators.street.conditions import Conditions
from simulators.street.draw_background import draw_backdrop
from simulators.street.drops import LensDrops
from simulators.street.effects import Effect, Moment
from simulators.street.flags import Flags
from simulators.street.fog import Fog
from simulators.street.headlamps import Headlamps
from simulators.street.lens import AimedCamera, FaultyLens
from simulators.street.light import Light, Shade, light_map, light_of, lit_backdrop, noise_bank
from simulators.street.rain import Mirror, Rain, wetted
from simulators.street.raster import Picture
from simulators.street.shadows import CastShadows
from simulators.street.sprites import Wardrobe


class Renderer:
    """Draws pictures of the street. One instance serves one thread.

    Args:
        camera: That sees the street.
        conditions: Weather, light, distractions and camera faults.
        seed: Of houses, texture and noise.
    """

    def __init__(self, camera: Camera, *, conditions: Conditions, seed: int) -> None:
        self._camera = camera
        self._conditions = conditions
        self._seed = seed
        light = light_of(conditions)
        shade = light_map(light, camera)
        backdrop = draw_backdrop(camera, seed)
        if conditions.rain:
            wet = wetted(backdrop.day, conditions.rain, camera=camera, seed=seed)
            backdrop = replace(backdrop, day=wet)
        self._backdrop = lit_backdrop(backdrop, light, shade)
        self._noise = noise_bank(light, camera, seed)
        self._wardrobe = Wardrobe(camera)
        self._under = list(_under(conditions, camera, seed))
        self._over = list(_over(conditions, camera, seed, light=light, shade=shade))

    def appearances(self, actors: Sequence[Actor], time_s: float) -> list[Appearance]:
        """Find who is on their path at a moment.

        Args:
            actors: Everybody.
            time_s: Scene time.

        Returns:
            Those on their path, far to near; some may be outside the picture.
        """
        aim = aim_at(self._conditions, self._camera, time_s, seed=self._seed)
        return self._placed(actors, time_s, aim)

    def _placed(self, actors: Sequence[Actor], time_s: float, aim: Aim) -> list[Appearance]:
        on_path = self._on_path(actors, time_s, aim)
        return sorted(on_path, key=lambda seen: (seen.y_px, seen.actor.number))

    def _on_path(self, actors: Sequence[Actor], time_s: float, aim: Aim) -> Iterator[Appearance]:
        camera = self._camera
        for actor in actors:
            leg = actor.path.leg_at(time_s)
            if leg is None:
                continue
            spot = leg.at(time_s)
            foot = camera.project(spot)
            sprite = self._wardrobe.sprite(actor, leg, time_s)
            x_px, y_px = round(foot.x * camera.width_px), round(foot.y * camera.height_px)
            yield Appearance(actor, sprite, spot, x_px, y_px, camera.px_per_m(spot.depth_m), aim)

    def frame(self, actors: Sequence[Actor], time_s: float, *, index: int) -> Picture:
        """Draw one picture.

        Args:
            actors: Everybody.
            time_s: Scene time.
            index: Which frame it is; decides the noise.

        Returns:
            Shape (H, W, 3), uint8, BGR.
        """
        aim = aim_at(self._conditions, self._camera, time_s, seed=self._seed)
        moment = Moment(time_s, index, self._placed(actors, time_s, aim), aim)
        picture = self._backdrop.copy()
        for effect in self._under:
            picture = effect.apply(picture, moment)
        for one in moment.seen:
            sprite = one.sprite
            corner = (one.x_px - sprite.foot_x_px, one.y_px - sprite.foot_y_px)
            raster.blend(picture, sprite.keep, sprite.colour, corner)
        for effect in self._over:
            picture = effect.apply(picture, moment)
        more, less = self._noise[index % len(self._noise)]
        return raster.sensed(picture, more, less)


def _under(conditions: Conditions, camera: Camera, seed: int) -> Iterator[Effect]:
    """What lies behind or beneath everybody."""
    if conditions.flags:
        yield Flags(conditions.flags, camera=camera, seed=seed)
    if conditions.sun:
        yield CastShadows(conditions.sun, camera)
    if conditions.rain:
        yield Mirror(conditions.rain)


def _over(conditions: Conditions, camera: Camera, seed: int, *, light: Light, shade: Picture) -> Iterator[Effect]:
    """What is between everybody and the sensor, farthest first."""
    if conditions.birds_per_minute:
        yield Birds(conditions.birds_per_minute, camera=camera, seed=seed)
    if light.dims:
        yield Shade(shade)
    if light.headlights:
        yield Headlamps(light, bright=conditions.headlights, rain=conditions.rain)
    if conditions.fog:
        yield Fog(conditions.fog, light=light, camera=camera)
    if conditions.rain:
        yield Rain(conditions.rain, light=light, camera=camera, seed=seed)
        yield LensDrops(conditions.rain, camera=camera, seed=seed)
    yield AimedCamera()
    yield FaultyLens(conditions.faults, light=light, camera=camera, seed=seed)
