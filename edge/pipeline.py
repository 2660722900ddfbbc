"""The flow of one camera: detections to tracks to crossings and zone use to window summaries. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cityedge.messages import CountMessage
from edge.count.lines import LineCounter
from edge.count.zones import ZoneCounter
from edge.settings import CameraSettings, GatewaySettings
from edge.summarise.window import CameraFacts
from edge.summarise.windows import Windows
from edge.track.appearance import describe
from edge.track.riders import Riders
from edge.track.settings import TrackerSettings
from edge.track.tracker import Tracker
from edge.types import Frame, LineCrossing, Picture, TrackedObject, ZoneSample
from models.types import Detections

GAP_S: Final = 2.0
"""Frames further apart than this leave a gap in what was observed."""


@dataclass(frozen=True)
class Step:
    """What one frame led to.

    Attributes:
        objects: Everything tracked in this frame, of the classes that are counted.
        crossings: Line crossings that were decided at this frame.
        zones: What was in each zone.
        closed: Windows that closed, as messages that no outbox has numbered yet.
    """

    objects: Sequence[TrackedObject]
    crossings: Sequence[LineCrossing]
    zones: dict[str, ZoneSample]
    closed: Sequence[CountMessage]


class CameraPipeline:
    """One camera's state from detections to windows; not thread-safe: one frame at a time, in order.

    Args:
        camera: What is counted in it.
        gateway: Whose camera it is, and how long windows are.
        model: Model id and version, for the summaries.
        sure_scores: Score from which a detection may begin a track, by label.
        config_rev: Revision of the configuration, for the summaries.
    """

    def __init__(
        self,
        camera: CameraSettings,
        gateway: GatewaySettings,
        *,
        model: str,
        sure_scores: tuple[float, ...],
        config_rev: str,
    ) -> None:
        self._camera = camera
        self._tracker = Tracker(TrackerSettings(sure_scores=sure_scores))
        self._riders = Riders()
        self._lines: list[LineCounter] = []
        self._zones: list[ZoneCounter] = []
        self._size_px = (0, 0)
        self._last: Frame | None = None
        self._now_s = 0.0
        facts = CameraFacts(
            gateway.site,
            gateway.gateway,
            camera.name,
            camera.classes,
            [line.name for line in camera.lines],
            [zone.name for zone in camera.zones],
            model,
            config_rev,
        )
        self._windows = Windows(facts, window_s=gateway.window_s, lateness_s=gateway.lateness_s)

    def step(self, frame: Frame, detections: Detections, picture: Picture) -> Step:
        """Take in one frame.

        Args:
            frame: The frame; one that is not later than the one before begins a new opening of the source.
            detections: What the detector saw in it, in pixels of the source frame, unsure ones included.
            picture: What the detector looked at: the whole frame at any size, BGR.

        Returns:
            What it led to.
        """
        dt_s = self._arrive(frame)
        scale = (picture.shape[1] / frame.width_px, picture.shape[0] / frame.height_px)
        usable = self._tracker.usable(detections)
        looks = describe(picture, usable.boxes_px, scale)
        tracked = self._riders.mark(self._tracker.update(usable, looks, frame.time_s))
        objects = [item for item in tracked if item.name in self._camera.classes]
        crossings = [c for line in self._lines for c in line.update(objects, frame.time_s)]
        samples = self._count_zones(frame, objects)
        self._windows.frame(frame.captured_unix_s, dt_s, samples)
        for crossing in crossings:
            self._windows.crossing(crossing, self._unix_s(frame, crossing.time_s))
        return Step(objects, crossings, samples, self.tick(frame.captured_unix_s))

    def tick(self, now_unix_s: float) -> Sequence[CountMessage]:
        """Close the windows that are over, frames or no frames: to be called about once a second.

        Args:
            now_unix_s: The time, Unix time.

        Returns:
            Their summaries, oldest first.
        """
        self._now_s = max(self._now_s, now_unix_s)
        return self._windows.close(self._now_s)

    def flush(self) -> Sequence[CountMessage]:
        """Close all windows, because the agent stops; the running one ends with the last frame or tick.

        Returns:
            Their summaries, oldest first; the ``observed`` share says how much was seen.
        """
        self._end_visits()
        return self._windows.flush(self._now_s)

    def _arrive(self, frame: Frame) -> float:
        """Make ready for a frame; how long, up to it, the camera was seen."""
        last, self._last = self._last, frame
        size_px = (frame.width_px, frame.height_px)
        again = last is not None and frame.time_s <= last.time_s
        if again:
            self._tracker.reset()
        if again or size_px != self._size_px:
            self._end_visits()
            self._place(size_px)
        if last is None or again:
            return 0.0
        dt_s = frame.time_s - last.time_s
        return dt_s if dt_s <= GAP_S else 0.0

    def _place(self, size_px: tuple[int, int]) -> None:
        """Lay the lines and zones, given as shares of the picture, over a frame's pixels."""
        self._size_px = size_px
        width, height = size_px
        self._lines = [
            LineCounter(line.name, [(x * width, y * height) for x, y in line.points])
            for line in self._camera.lines
        ]
        self._zones = [
            ZoneCounter(
                zone.name,
                [(x * width, y * height) for x, y in zone.points],
                entry_confirm_s=zone.entry_confirm_s,
                exit_grace_s=zone.exit_grace_s,
            )
            for zone in self._camera.zones
        ]

    def _count_zones(self, frame: Frame, objects: Sequence[TrackedObject]) -> dict[str, ZoneSample]:
        samples = {}
        within = [self._within(item) for item in objects]
        for zone in self._zones:
            samples[zone.name], events = zone.update(within, frame.time_s)
            for event in events:
                self._windows.visit(zone.name, event, self._unix_s(frame, event.time_s))
        return samples

    def _within(self, item: TrackedObject) -> TrackedObject:
        """The same object, its box cut to the picture: who leaves it below stands at its edge."""
        width, height = self._size_px
        left, top, right, bottom = item.box_px
        return item.at((max(0.0, left), max(0.0, top), min(float(width), right), min(float(height), bottom)))

    def _end_visits(self) -> None:
        for zone in self._zones:
            for event in zone.finish():
                self._windows.visit(zone.name, event, self._now_s)

    def _unix_s(self, frame: Frame, time_s: float) -> float:
        return frame.captured_unix_s - (frame.time_s - time_s)
