"""One street: its cast on its stage, drawn frame by frame, with its truth beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from simulators.street.actors import Actor, Cast
from simulators.street.appearance import Appearance
from simulators.street.camera import Camera, Share
from simulators.street.conditions import Conditions
from simulators.street.delivery import arrives
from simulators.street.faults import shown_index
from simulators.street.layout import CALIBRATION, LINES, ZONES
from simulators.street.places import Line, Zone
from simulators.street.raster import Picture
from simulators.street.render import Renderer
from simulators.street.truth import Truth


@dataclass(frozen=True)
class Setting:
    """What kind of street it is.

    Attributes:
        seed: Decides houses, textures and noise; and the traffic, where it is not scripted.
        fps: Frames per second of scene time.
        camera: That sees it.
        lines: Where a perfect counter counts crossings.
        zones: Where a perfect counter counts stays.
        conditions: Weather, light, distractions and camera faults.
        scenario: Name of the scenario that it is; None where it is none.
        calibration: Four points of the picture whose place on the ground is told.
    """

    seed: int = 1
    fps: float = 10.0
    camera: Camera = field(default_factory=Camera)
    lines: tuple[Line, ...] = LINES
    zones: tuple[Zone, ...] = ZONES
    conditions: Conditions = field(default_factory=Conditions)
    scenario: str | None = None
    calibration: tuple[Share, ...] = CALIBRATION


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
        self._renderer = Renderer(setting.camera, conditions=setting.conditions, seed=setting.seed)
        self._present: list[Actor] = []

    def frame(self, index: int) -> Picture:
        """Draw a frame.

        Args:
            index: Which, from 0; frames may be skipped, but none is asked for after a later one.

        Returns:
            Shape (H, W, 3), uint8, BGR.
        """
        shown = shown_index(self.setting.conditions.faults, index, self.setting.fps)
        present = self._advance(self.time_s(index), since_s=self.time_s(shown))
        return self._renderer.frame(present, self.time_s(shown), index=shown)

    def appearances(self, index: int) -> Sequence[Appearance]:
        """Who is on their path in a frame.

        Args:
            index: Which frame, as for :meth:`frame`.

        Returns:
            Far to near; some may be outside the picture. Where the picture is frozen: who is really there.
        """
        time_s = self.time_s(index)
        shown = shown_index(self.setting.conditions.faults, index, self.setting.fps)
        return self._renderer.appearances(self._advance(time_s, since_s=self.time_s(shown)), time_s)

    def arrives(self, index: int) -> bool:
        """Say whether a frame reaches those who look, or is lost on the way.

        Args:
            index: Which frame.

        Returns:
            The same for every street of this setting.
        """
        return arrives(self.setting.conditions, index, fps=self.setting.fps, seed=self.setting.seed)

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
        self._advance(end_s, since_s=end_s)

    def _advance(self, time_s: float, *, since_s: float) -> Sequence[Actor]:
        """Take in who comes, and let go of who left before a time that may be earlier."""
        for actor in self._cast.arrivals(time_s):
            self.truth.add(actor)
            self._present.append(actor)
        self._present = [actor for actor in self._present if actor.path.end_s >= since_s]
        return self._present
