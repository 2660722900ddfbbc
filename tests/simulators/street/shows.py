"""Streets under conditions, for the tests of weather, light, distractions and faults."""

import numpy as np
from numpy.typing import NDArray

from simulators.street.actors import Actor
from simulators.street.camera import Camera, Share
from simulators.street.conditions import Conditions
from simulators.street.layout import LANES
from simulators.street.paths import Path
from simulators.street.raster import Picture
from simulators.street.render import Renderer
from simulators.street.street import Setting, Street
from simulators.street.traffic import Traffic
from simulators.street.ways import lane_way
from tests.simulators.street.streets import straight, walker

SMALL = Camera(384, 288)
"""Draws four times as fast as the usual picture."""
FPS = 10.0


def street(conditions: Conditions, *, seed: int = 1, camera: Camera = SMALL) -> Street:
    """A busy street of a minute."""
    traffic = Traffic(camera, seed=seed, end_s=60)
    return Street(Setting(seed=seed, fps=FPS, camera=camera, conditions=conditions), traffic)


def frame(conditions: Conditions, time_s: float = 20.0, *, seed: int = 1) -> Picture:
    """One frame of it."""
    return street(conditions, seed=seed).frame(round(time_s * FPS))


def renderer(conditions: Conditions) -> Renderer:
    """Draws whoever a test puts on the street."""
    return Renderer(SMALL, conditions=conditions, seed=1)


def someone() -> Actor:
    """A person who is in the middle of the near pavement after five seconds."""
    return walker(straight(Share(0.2, 0.92), Share(0.8, 0.92)))


CAR_S = 1.2
"""When :func:`car` is in the left half of the picture."""


def car() -> Actor:
    """A car on its way to the right."""
    lane = next(lane for lane in LANES if lane.name == "near-road")
    return Actor(2, "car", Path(lane_way(lane, "car", 1, SMALL), 0.0, 6.0), look_seed=1)


def changed(one: Picture, other: Picture, *, by: int = 1) -> NDArray[np.bool_]:
    """Where two pictures differ by so much."""
    return np.asarray(np.abs(one.astype(int) - other.astype(int)).max(2) >= by)


def detail(picture: Picture) -> float:
    """How much a picture changes from one pixel to the next but three, which noise alone hardly makes."""
    grey = picture.astype(np.float64).mean(2)
    height, width = (side // 4 * 4 for side in grey.shape)
    coarse = grey[:height, :width].reshape(height // 4, 4, width // 4, 4).mean((1, 3))
    return float(np.abs(np.diff(coarse, axis=1)).mean())
