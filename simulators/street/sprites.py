"""Keeps the sprites that were drawn, so that each pose of each look is drawn once."""

import math
from collections import OrderedDict
from typing import Final, NamedTuple

from simulators.street.actors import Actor
from simulators.street.brush import Sprite
from simulators.street.camera import Camera
from simulators.street.draw_bicycle import draw_bicycle
from simulators.street.draw_body import Look
from simulators.street.draw_bus import BusLook, draw_bus
from simulators.street.draw_car import draw_car
from simulators.street.draw_motorcycle import MotorcycleLook, draw_motorcycle
from simulators.street.draw_person import View, draw_walker
from simulators.street.draw_truck import TruckLook, draw_truck
from simulators.street.looks import AnyLook, BicycleLook, CarLook
from simulators.street.paths import Leg

_GAIT_POSES: Final = 12
_GAIT_M: Final = 1.3
_PEDAL_POSES: Final = 10
_PEDAL_M: Final = 4.6
_SCALE_STEP: Final = 1.03
_KEPT: Final = 400
_ROOF_M: Final = 0.16
_HIGH_ROOF_M: Final = 0.30


class Pose(NamedTuple):
    """All that decides how a look is drawn.

    Attributes:
        look: Who or what.
        seed: Of the grain.
        view: From where a walker is seen; others are always seen from the side.
        step: Which pose of the gait or of the pedals.
        px_per_m: Scale.
        mirrored: It moves to the left.
    """

    look: AnyLook
    seed: int
    view: View
    step: int
    px_per_m: float
    mirrored: bool


class Wardrobe:
    """Sprites by pose, the longest unused forgotten first.

    Args:
        camera: That sees them.
    """

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._kept: OrderedDict[Pose, Sprite] = OrderedDict()

    def sprite(self, actor: Actor, leg: Leg, time_s: float) -> Sprite:
        """Find or draw an actor as it looks at a moment.

        Args:
            actor: Who.
            leg: The part of its path that it is on.
            time_s: Scene time.

        Returns:
            The sprite.
        """
        pose = self._pose(actor, leg, time_s)
        sprite = self._kept.pop(pose, None) or draw(pose)
        self._kept[pose] = sprite
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return sprite

    def _pose(self, actor: Actor, leg: Leg, time_s: float) -> Pose:
        depth_m = leg.at(time_s).depth_m
        per_m = self._camera.px_per_m(depth_m)
        across, away = leg.facing
        if away:
            per_m = _SCALE_STEP ** round(math.log(per_m, _SCALE_STEP))
        view: View = "side"
        if isinstance(actor.look, Look) and abs(away) > abs(across):
            view = "back" if away > 0 else "front"
        mirrored = view == "side" and across < 0
        step = _step(actor.look, leg.walked_m(time_s))
        return Pose(actor.look, actor.look_seed, view, step, per_m, mirrored)


def _step(look: AnyLook, walked_m: float) -> int:
    match look:
        case Look():
            return int(walked_m / (_GAIT_M * look.stature) * _GAIT_POSES) % _GAIT_POSES
        case BicycleLook():
            return int(walked_m / _PEDAL_M * _PEDAL_POSES) % _PEDAL_POSES
        case _:
            return 0


def draw(pose: Pose) -> Sprite:
    """Draw a pose.

    Args:
        pose: What to draw.

    Returns:
        The sprite.
    """
    per_m, mirrored, seed = pose.px_per_m, pose.mirrored, pose.seed
    match pose.look:
        case Look():
            phase = pose.step * math.tau / _GAIT_POSES
            return draw_walker(
                pose.look, phase=phase, view=pose.view, px_per_m=per_m, mirrored=mirrored, seed=seed
            )
        case BicycleLook(frame, rider):
            phase = pose.step * math.tau / _PEDAL_POSES
            return draw_bicycle(frame, rider, phase=phase, px_per_m=per_m, mirrored=mirrored, seed=seed)
        case MotorcycleLook():
            return draw_motorcycle(pose.look, px_per_m=per_m, mirrored=mirrored, seed=seed)
        case CarLook(shape, paint):
            return draw_car(shape, paint, px_per_m=per_m, rise=_ROOF_M, mirrored=mirrored, seed=seed)
        case BusLook():
            return draw_bus(pose.look, px_per_m=per_m, rise=_ROOF_M, mirrored=mirrored, seed=seed)
        case TruckLook():
            return draw_truck(pose.look, px_per_m=per_m, rise=_HIGH_ROOF_M, mirrored=mirrored, seed=seed)
