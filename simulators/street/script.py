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
        stands_s: [0, 4, 0, 0]          # how long to stand at each of them; nowhere where left out
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
from simulators.street.layout import LANES, lane_named
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
        stands_s: How long it stands at each point of its path.
        brake_m: Over which length it slows down before standing.
        look: Which of the looks of its class it has.
    """

    kind: ObjectClass
    start_s: Annotated[float, Meta(ge=0)]
    speed_mps: Annotated[float, Meta(gt=0, le=40)]
    lane: str | None = None
    path: tuple[Point, ...] | None = None
    stands_s: tuple[Annotated[float, Meta(ge=0, le=3600)], ...] = ()
    brake_m: Annotated[float, Meta(ge=0, le=20)] = 0.0
    look: int | None = None

    def __post_init__(self) -> None:
        if (self.lane is None) == (self.path is None):
            raise ValueError("lane: needs either a lane or a path")
        if self.lane is not None and self.lane not in {lane.name for lane in LANES}:
            raise ValueError(f"lane: is none of {', '.join(lane.name for lane in LANES)}")
        if self.path is not None and len(self.path) < FEWEST_POINTS:
            raise ValueError(f"path: needs two points, got {len(self.path)}")
        if self.stands_s and len(self.stands_s) != len(self.path or ()):
            raise ValueError(f"stands_s: needs one time for each point of the path, got {len(self.stands_s)}")


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
    return Script(actors_of(settings.load(file, ScriptFile).actors, camera, name=str(file)))


def actors_of(scripted: Sequence[ScriptedActor], camera: Camera, *, name: str) -> list[Actor]:
    """Make actors of what was written down.

    Args:
        scripted: Everybody who was.
        camera: In whose picture their points are.
        name: Of the file, for errors.

    Returns:
        The actors, numbered from 1.

    Raises:
        ConfigError: Somebody's path cannot be.
    """
    actors = []
    for index, one in enumerate(scripted):
        try:
            actors.append(_actor(one, index, camera))
        except ValueError as error:
            raise ConfigError([f"{name}: actors[{index}].path: {error}"]) from error
    return actors


def _actor(scripted: ScriptedActor, index: int, camera: Camera) -> Actor:
    look = index if scripted.look is None else scripted.look
    if scripted.path is not None:
        points = tuple(camera.ground(Share(x, y)) for x, y in scripted.path)
    else:
        points = lane_way(lane_named(scripted.lane or ""), scripted.kind, look, camera)
    path = Path(points, scripted.start_s, scripted.speed_mps, scripted.stands_s, scripted.brake_m)
    return Actor(index + 1, scripted.kind, path, look)
