"""The flow of one camera: sight and detections to tracks, to what its rules make of them, to window summaries.

No I/O.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cityedge.messages import CountMessage
from edge.rules import UNIT, Outcome, Rules, areas_m2
from edge.see import Eye, Reference
from edge.settings import CameraSettings, GatewaySettings
from edge.summarise.facts import CameraFacts
from edge.summarise.seen import BLIND, GAP_S
from edge.summarise.windows import Windows
from edge.track.appearance import describe
from edge.track.riders import Riders
from edge.track.settings import TrackerSettings
from edge.track.tracker import Tracker
from edge.types import Frame, Picture, Sight, TrackedObject
from models.types import Detections


@dataclass(frozen=True)
class Step:
    """What one frame led to; or what was left when the agent stops.

    Attributes:
        sight: How well the camera sees.
        outcome: What the rules made of it, and what ended because the source was opened again.
        closed: Windows that closed, as messages that no outbox has numbered yet.
        objects: Everything tracked in this frame, of the classes that are counted.
        dt_s: For how long, up to the frame, frames came; 0 for the first one after a gap.
    """

    sight: Sight
    outcome: Outcome
    closed: Sequence[CountMessage]
    objects: Sequence[TrackedObject] = field(default=())
    dt_s: float = 0.0


class CameraPipeline:
    """One camera's state from detections to windows; not thread-safe: one frame at a time, in order.

    Args:
        camera: What is counted in it.
        gateway: Whose camera it is, and how long windows are.
        model: Model id and version, for the summaries.
        sure_scores: Score from which a detection may begin a track, by label.
        config_rev: Revision of the configuration, for the summaries.
        reference: How the camera looked when it was installed; None: it is learnt.

    Raises:
        ConfigError: The calibration fixes no ground, or not where an alarm needs it.
    """

    def __init__(
        self,
        camera: CameraSettings,
        gateway: GatewaySettings,
        *,
        model: str,
        sure_scores: tuple[float, ...],
        config_rev: str,
        reference: Reference | None = None,
    ) -> None:
        self._camera = camera
        self._eye = Eye(camera.see, reference, masks=camera.masks)
        self._tracker = Tracker(TrackerSettings(sure_scores=sure_scores))
        self._riders = Riders()
        self._size_px = UNIT
        self._rules = Rules(camera, UNIT)  # laid anew over the first frame; here already for its errors
        self._sight = Sight("ok", 0.0)
        self._last: Frame | None = None
        facts = CameraFacts(
            site=gateway.site,
            gateway=gateway.gateway,
            camera=camera.name,
            model=model,
            config_rev=config_rev,
            classes=camera.classes,
            lines=[line.name for line in camera.lines],
            zones=[zone.name for zone in camera.zones],
            flows=camera.flows,
            areas_m2=areas_m2(camera),
            heat=camera.heat,
        )
        self._windows = Windows(facts, window_s=gateway.window_s, lateness_s=gateway.lateness_s)

    @property
    def reference(self) -> Reference | None:
        """How the camera looked when it was installed, given or learnt; None while it is not known yet."""
        return self._eye.reference

    def step(self, frame: Frame, detections: Detections, picture: Picture) -> Step:
        """Take in one frame.

        Args:
            frame: The frame; one that is not later than the one before begins a new opening of the source.
            detections: What the detector saw in it, in pixels of the source frame, unsure ones included.
            picture: What the detector looked at: the whole frame at any size, BGR.

        Returns:
            What it led to.
        """
        dt_s, ended = self._arrive(frame)
        self._sight = sight = self._eye.look(picture, frame.time_s)
        objects = self._follow(frame, detections, picture)
        outcome = self._rules.update(objects, frame, dt_s=dt_s, blind=sight.state in BLIND)
        self._sum_up(frame, dt_s, outcome)
        closed = self.tick(frame.captured_unix_s)
        return Step(sight, outcome.after(ended), closed, objects, dt_s)

    def tick(self, now_unix_s: float) -> Sequence[CountMessage]:
        """Close the windows that are over, frames or no frames: to be called about once a second.

        Args:
            now_unix_s: The time, Unix time.

        Returns:
            Their summaries, oldest first.
        """
        return self._windows.close(now_unix_s)

    def flush(self) -> Step:
        """Close everything, because the agent stops; the running window ends with the last frame or tick.

        Returns:
            What ended, and all windows; the ``observed`` share says how much was seen.
        """
        ended = self._end(self._last.time_s if self._last else 0.0)
        return Step(self._sight, ended, self._windows.flush(self._windows.now_s))

    def _arrive(self, frame: Frame) -> tuple[float, Outcome]:
        """Make ready for a frame: for how long, up to it, frames came; what ended, as the source was away."""
        last, self._last = self._last, frame
        size_px = (frame.width_px, frame.height_px)
        again = last is not None and frame.time_s <= last.time_s
        ended = Outcome()
        if again or size_px != self._size_px:  # tracks are in pixels, as lines are
            self._tracker.reset()
            ended = self._end(frame.time_s)
            self._size_px = size_px
            self._rules = Rules(self._camera, size_px)
        if last is None or again:
            return 0.0, ended
        dt_s = frame.time_s - last.time_s
        return (dt_s if dt_s <= GAP_S else 0.0), ended

    def _follow(self, frame: Frame, detections: Detections, picture: Picture) -> Sequence[TrackedObject]:
        scale = (picture.shape[1] / frame.width_px, picture.shape[0] / frame.height_px)
        usable = self._tracker.usable(detections)
        looks = describe(picture, usable.boxes_px, scale)
        tracked = self._riders.mark(self._tracker.update(usable, looks, frame.time_s))
        return [item for item in tracked if item.name in self._camera.classes]

    def _sum_up(self, frame: Frame, dt_s: float, outcome: Outcome) -> None:
        unix_s = frame.captured_unix_s - frame.time_s
        sight = self._sight
        self._windows.frame(
            frame.captured_unix_s,
            dt_s,
            zones=outcome.zones,
            heat=outcome.heat,
            see=sight.state,
            since_s=unix_s + sight.since_s,
        )
        for crossing in outcome.crossings:
            self._windows.crossing(crossing, unix_s + crossing.time_s)
        for reading in outcome.speeds:
            self._windows.speed(reading, unix_s + reading.time_s)
        for zone, event in outcome.visits:
            self._windows.visit(zone, event, unix_s + event.time_s)
        for trip in outcome.trips:
            self._windows.trip(trip, unix_s + trip.time_s)

    def _end(self, time_s: float) -> Outcome:
        """End what is under way; it belongs to the time of the last frame or tick."""
        ended = self._rules.finish(time_s)
        for zone, event in ended.visits:
            self._windows.visit(zone, event, self._windows.now_s)
        for trip in ended.trips:
            self._windows.trip(trip, self._windows.now_s)
        return ended
