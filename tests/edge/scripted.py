"""A camera without a camera: frames and detections as a test tells them, into the real pipeline."""

import itertools
from collections.abc import Iterable, Sequence

import numpy as np

from cityedge.classes import CLASSES
from edge.pipeline import CameraPipeline, Step
from edge.settings import CameraSettings, GatewaySettings
from edge.types import Frame, Picture
from models.types import Detections

WIDTH, HEIGHT = 800, 600
NOON = 1_777_896_000.0
SURE = (0.4, *([0.32] * 5))

Thing = tuple[str, float, float, float]
"""Class, foot x, foot y, height, in pixels of the frame; it is half as wide as tall."""


def seen(*things: Thing) -> Detections:
    """Things as a detector would tell them."""
    boxes = [(x - h / 4, y - h, x + h / 4, y) for _, x, y, h in things]
    return Detections(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.full(len(things), 0.8, np.float32),
        np.array([CLASSES.index(name) for name, *_ in things], np.int32),
    )


class Street:
    """A picture of a street: textured, well lit, and never twice the same in a row, as a camera's are."""

    def __init__(self) -> None:
        rng = np.random.default_rng(7)
        blocks = rng.integers(40, 216, (24, 32, 3)).astype(np.int16)
        base = np.kron(blocks, np.ones((10, 10, 1), np.int16))
        noisy = (np.clip(base + rng.integers(-6, 7, base.shape), 0, 255).astype(np.uint8) for _ in range(8))
        self._pictures = itertools.cycle(list(noisy))

    def picture(self) -> Picture:
        """Its next picture: uint8, shape (240, 320, 3), BGR."""
        return next(self._pictures)


STREET = Street()


def frame(time_s: float, *, unix_s: float | None = None) -> Frame:
    """A frame of the scripted camera, 800 by 600."""
    at = NOON + time_s if unix_s is None else unix_s
    return Frame(round(time_s * 10), time_s, at, WIDTH, HEIGHT, lambda _w, _h: STREET.picture())


def pipeline(camera: CameraSettings, *, window_s: int = 60, lateness_s: float = 2.0) -> CameraPipeline:
    """The pipeline of one camera of gateway ``site/gw``."""
    gateway = GatewaySettings(
        site="site", gateway="gw", cameras=(camera,), window_s=window_s, lateness_s=lateness_s
    )
    return CameraPipeline(camera, gateway, model="model@1", sure_scores=SURE, config_rev="rev")


def run(
    flow: CameraPipeline, scenes: Iterable[Sequence[Thing]], *, begin_s: float = 0.0, fps: float = 10.0
) -> list[Step]:
    """Show the pipeline one scene after the other; frames are numbered from ``begin_s`` on."""
    return [
        flow.step(frame(begin_s + index / fps), seen(*scene), STREET.picture())
        for index, scene in enumerate(scenes)
    ]


def way(name: str, from_x: float, to_x: float, *, y: float, height: float, frames: int) -> list[list[Thing]]:
    """One thing that goes straight across the picture."""
    step = (to_x - from_x) / max(1, frames - 1)
    return [[(name, from_x + index * step, y, height)] for index in range(frames)]
