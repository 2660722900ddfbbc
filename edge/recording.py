"""Counts a recording as fast as it can be counted: the agent's own pipeline, fed from a file."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cityedge.messages import CountMessage
from edge.detect import Sighting, look_in_order, model_of, sure_scores_of
from edge.pipeline import CameraPipeline, Step
from edge.settings import CameraSettings, GatewaySettings
from edge.summarise.totals import Totals
from edge.types import AlarmChange, Frame
from models.detector import Detector


@dataclass
class Stages:
    """Where the processor time went, in seconds, summed over all frames; waiting is in none of them.

    Attributes:
        decode: Reading and decoding.
        scale: Making the detector's picture.
        infer: The model itself.
        dress: Making the model's input and reading its output.
        count: Tracking, counting and summarising.
    """

    decode: float = 0.0
    scale: float = 0.0
    infer: float = 0.0
    dress: float = 0.0
    count: float = 0.0


@dataclass
class Counted:
    """What a recording came to so far.

    Attributes:
        totals: What it came to.
        windows: The summaries of its windows, oldest first.
        alarms: Everything that an alarm found.
        frames: How many frames were read and looked at.
        first_s: Scene time of the first frame.
        last_s: Scene time of the last frame.
        stages: Where the time went.
    """

    totals: Totals = field(default_factory=Totals)
    windows: list[CountMessage] = field(default_factory=list)
    alarms: list[AlarmChange] = field(default_factory=list)
    frames: int = 0
    first_s: float = 0.0
    last_s: float = 0.0
    stages: Stages = field(default_factory=Stages)

    @property
    def scene_s(self) -> float:
        """How long the scene was, the last frame's own share included."""
        if self.frames < 2:  # noqa: PLR2004 - one frame has no length
            return 0.0
        return (self.last_s - self.first_s) * self.frames / (self.frames - 1)


class RecordingCounter:
    """Counts one recording.

    Args:
        detector: The detector.
        camera: What to count in it.
        gateway: Whose camera it is, and how long windows are.
        workers: How many frames to look at at once.
    """

    def __init__(
        self, detector: Detector, camera: CameraSettings, gateway: GatewaySettings, *, workers: int
    ) -> None:
        self.counted = Counted()
        self._detector = detector
        self._workers = workers
        self._pipeline = CameraPipeline(
            camera,
            gateway,
            model=model_of(detector),
            sure_scores=sure_scores_of(detector),
            config_rev="command-line",
        )

    def run(self, frames: Iterable[Frame]) -> Iterator[tuple[Sighting, Step]]:
        """Count; ``counted`` says how far it has come, and after the last step holds everything.

        Args:
            frames: The recording's frames, in order.

        Yields:
            Every frame and what it led to.
        """
        for sighting in look_in_order(self._detector, self._timed(frames), workers=self._workers):
            begun = time.thread_time()
            step = self._pipeline.step(sighting.frame, sighting.detections, sighting.picture)
            self._take(step)
            self.counted.totals.see(step.sight, dt_s=step.dt_s, time_s=sighting.frame.time_s)
            self._note(sighting, time.thread_time() - begun)
            yield sighting, step
        self._take(self._pipeline.flush())

    def _take(self, step: Step) -> None:
        counted, outcome = self.counted, step.outcome
        counted.windows += step.closed
        counted.alarms += outcome.alarms
        for message in step.closed:
            counted.totals.add(message)
        for zone, event in outcome.visits:
            counted.totals.visit(zone, event)
        for reading in outcome.speeds:
            counted.totals.speed(reading)

    def _timed(self, frames: Iterable[Frame]) -> Iterator[Frame]:
        iterator = iter(frames)
        while True:
            begun = time.thread_time()
            frame = next(iterator, None)
            self.counted.stages.decode += time.thread_time() - begun
            if frame is None:
                return
            yield frame

    def _note(self, sighting: Sighting, count_s: float) -> None:
        counted, stages = self.counted, self.counted.stages
        if not counted.frames:
            counted.first_s = sighting.frame.time_s
        counted.frames += 1
        counted.last_s = sighting.frame.time_s
        stages.scale += sighting.scale_s
        stages.infer += sighting.infer_s
        stages.dress += sighting.dress_s
        stages.count += count_s
