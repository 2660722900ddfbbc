"""Pictures to look at: the plaza as it was filmed, streets as they are simulated; each with its time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from cityedge.clock import SystemClock
from edge.capture import open_source
from edge.see import Eye
from edge.settings import SourceSettings
from edge.types import Picture, Sight
from simulators.street.camera import Camera
from simulators.street.conditions import Conditions
from simulators.street.street import Setting, Street
from simulators.street.traffic import Traffic
from tests.support.real_models import plaza_video

WIDTH_PX, HEIGHT_PX = 416, 312
PLAZA_FPS = 7.0

Shown = tuple[float, Picture]


def plaza(*, fps: float = PLAZA_FPS, until_s: float = 1e9) -> Iterator[Shown]:
    """The film of the plaza, at the rate at which it was filmed or less."""
    settings = SourceSettings(url=str(plaza_video()), fps=PLAZA_FPS, pace="fast")
    source = open_source(settings, clock=SystemClock(), max_fps=fps)
    try:
        for frame in source.frames():
            if frame.time_s >= until_s:
                return
            yield frame.time_s, frame.bgr(WIDTH_PX, HEIGHT_PX)
    finally:
        source.close()


def street(
    conditions: Conditions, *, from_s: float = 0.0, to_s: float = 45.0, fps: float = 2.5, seed: int = 3
) -> Iterator[Shown]:
    """A simulated street, always the same one for a seed."""
    camera = Camera(WIDTH_PX, HEIGHT_PX)
    setting = Setting(seed=seed, fps=fps, camera=camera, conditions=conditions)
    shown = Street(setting, Traffic(camera, seed=seed))
    for index in range(int(from_s * fps), int(to_s * fps)):
        yield index / fps, np.array(shown.frame(index))


@dataclass(frozen=True)
class Change:
    """The eye said something new.

    Attributes:
        at_s: When.
        sight: What.
    """

    at_s: float
    sight: Sight


def changes(eye: Eye, shown: Iterable[Shown]) -> list[Change]:
    """What the eye says to pictures: the first word, and each new one."""
    said: list[Change] = []
    for time_s, picture in shown:
        sight = eye.look(picture, time_s)
        if not said or said[-1].sight.state != sight.state:
            said.append(Change(time_s, sight))
    return said


def states(said: Iterable[Change]) -> list[str]:
    """Only the words."""
    return [change.sight.state for change in said]
