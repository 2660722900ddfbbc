"""Scripted streets: who passes when, written down by hand in YAML.

::

    actors:
      - class: car                      # along a lane, from outside the picture to outside the picture
        lane: far-road
        start_s: 2.0
        speed_mps: 8.0
      - class: person                   # along points of the picture; 0 to 1 from its top left corner
        path: [[-0.1, 0.95], [0.6, 0.95], [0.6, 0.4], [1.1, 0.4]]
        start_s: 5.0
        speed_mps: 1.3
        look: 4                         # which of the looks; the actor's place in the list where left out
"""

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Annotated

import msgspec
from msgspec import Meta

from cityedge import settings
from cityedge.classes import ObjectClass
from cityedge.errors import ConfigError
from simulators.street.actors import Actor
from simulators.street.camera import Camera, Share
from simulators.street.layout import LANES
from simulators.street.paths import FEWEST_POINTS, Path
from simulators.street.ways import lane_way

Point = tuple[Annotated[float, Meta(ge=-2, le=3)], Annotated[float, Meta(ge=0.05, le=1.5)]]


class ScriptedActor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """One actor of a script.

    Attributes:
        kind: What it is.
        start_s: When its path begins, scene time.
        speed_mps: How fast it moves.
        lane: The lane that it keeps to; or
        path: the points of the picture that it passes.
        look: Which of the looks of its class it has.
    """

    kind: ObjectClass
    start_s: Annotated[float, Meta(ge=0)]
    speed_mps: Annotated[float, Meta(gt=0, le=40)]
    lane: str | None = None
    path: tuple[Point, ...] | None = None
    look: int | None = None

    def __post_init__(self) -> None:
        if (self.lane is None) == (self.path is None):
            raise ValueError("lane: needs either a lane or a path")
        if self.lane is not None and self.lane not in {lane.name for lane in LANES}:
            raise ValueError(f"lane: is none of {', '.join(lane.name for lane in LANES)}")
        if self.path is not None and len(self.path) < FEWEST_POINTS:
            raise ValueError(f"path: needs two points, got {len(self.path)}")


class ScriptFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A script.

    Attributes:
        actors: Everybody who passes.
    """

    actors: Annotated[tuple[ScriptedActor, ...], Meta(min_length=1)]


class Script:
    """A cast that was written down.

    Args:
        actors: Everybody who passes.
    """

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._waiting = sorted(actors, key=lambda actor: actor.path.start_s)

    @property
    def end_s(self) -> float:
        """When the last one has passed, scene time."""
        return max((actor.path.end_s for actor in self._waiting), default=0.0)

    def arrivals(self, until_s: float) -> Sequence[Actor]:
        """Everybody new whose path begins before a time.

        Args:
            until_s: Scene time; not before that of an earlier call.

        Returns:
            Those whom no earlier call returned.
        """
        count = sum(actor.path.start_s <= until_s for actor in self._waiting)
        arrived, self._waiting = self._waiting[:count], self._waiting[count:]
        return arrived


def load_script(file: FilePath, camera: Camera) -> Script:
    """Read a script.

    Args:
        file: A YAML file as above.
        camera: In whose picture its points are.

    Returns:
        The cast.

    Raises:
        ConfigError: The file cannot be read, or says something that cannot be.
    """
    script = settings.load(file, ScriptFile)
    actors = []
    for index, scripted in enumerate(script.actors):
        try:
            actors.append(_actor(scripted, index, camera))
        except ValueError as error:
            raise ConfigError([f"{file}: actors[{index}].path: {error}"]) from error
    return Script(actors)


def _actor(scripted: ScriptedActor, index: int, camera: Camera) -> Actor:
    look = index if scripted.look is None else scripted.look
    if scripted.path is not None:
        points = tuple(camera.ground(Share(x, y)) for x, y in scripted.path)
    else:
        lane = next(lane for lane in LANES if lane.name == scripted.lane)
        points = lane_way(lane, scripted.kind, look, camera)
    return Actor(index + 1, scripted.kind, Path(points, scripted.start_s, scripted.speed_mps), look)
