"""One street: its cast on its stage, drawn frame by frame, with its truth beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulators.street.actors import Actor, Cast
from simulators.street.camera import Camera
from simulators.street.layout import LINES, ZONES
from simulators.street.light import Hour
from simulators.street.places import Line, Zone
from simulators.street.raster import Picture
from simulators.street.render import Appearance, Renderer
from simulators.street.truth import Truth


@dataclass(frozen=True)
class Setting:
    """What kind of street it is.

    Attributes:
        seed: Decides houses, textures and noise; and the traffic, where it is not scripted.
        fps: Frames per second of scene time.
        camera: That sees it.
        hour: How it is lit.
        lines: Where a perfect counter counts crossings.
        zones: Where a perfect counter counts stays.
    """

    seed: int = 1
    fps: float = 10.0
    camera: Camera = field(default_factory=Camera)
    hour: Hour = "day"
    lines: tuple[Line, ...] = LINES
    zones: tuple[Zone, ...] = ZONES


class Street:
    """A street that is looked at frame after frame. One instance serves one thread.

    Args:
        setting: What kind of street it is.
        cast: Who comes.
    """

    def __init__(self, setting: Setting, cast: Cast) -> None:
        self.setting = setting
        self.truth = Truth(setting.camera, lines=setting.lines, zones=setting.zones)
        self._cast = cast
        self._renderer = Renderer(setting.camera, hour=setting.hour, seed=setting.seed)
        self._present: list[Actor] = []

    def frame(self, index: int) -> Picture:
        """Draw a frame.

        Args:
            index: Which, from 0; frames may be skipped, but none is asked for after a later one.

        Returns:
            Shape (H, W, 3), uint8, BGR.
        """
        time_s = self.time_s(index)
        return self._renderer.frame(self._advance(time_s), time_s, index=index)

    def appearances(self, index: int) -> Sequence[Appearance]:
        """Who is on their path in a frame.

        Args:
            index: Which frame, as for :meth:`frame`.

        Returns:
            Far to near; some may be outside the picture.
        """
        time_s = self.time_s(index)
        return self._renderer.appearances(self._advance(time_s), time_s)

    def time_s(self, index: int) -> float:
        """When a frame is taken.

        Args:
            index: Which frame.

        Returns:
            Scene time.
        """
        return index / self.setting.fps

    def finish(self, end_s: float) -> None:
        """Take everybody into account who comes before the end, without drawing them.

        Args:
            end_s: Scene time.
        """
        self._advance(end_s)

    def _advance(self, time_s: float) -> Sequence[Actor]:
        for actor in self._cast.arrivals(time_s):
            self.truth.add(actor)
            self._present.append(actor)
        self._present = [actor for actor in self._present if actor.path.end_s >= time_s]
        return self._present
