"""One camera in the agent: its reader, its mailbox, its pipeline, and how it is."""

import logging
import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cityedge.backoff import Backoff
from cityedge.clock import Clock
from cityedge.messages import CameraStatus, CountMessage
from edge.agent.alerts import AlertBoard
from edge.agent.camera_alerts import CameraAlerts
from edge.agent.patient_mailbox import PatientMailbox
from edge.agent.rate import RateMeter
from edge.capture import CameraReader, Mailbox, ReaderState
from edge.detect import Sighting
from edge.errors import ReferenceFileError
from edge.pipeline import CameraPipeline, Step
from edge.see import ReferenceFile
from edge.settings import CameraSettings
from edge.types import Frame, Sight

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Surroundings:
    """What all cameras of an agent share.

    Attributes:
        clock: The time.
        rng: Spreads attempts.
        changed: Notified when any camera has a fresh frame.
        emit: Takes windows that closed.
        alerts: Where it says what is wrong.
        references: Where cameras keep how they looked when they were installed.
    """

    clock: Clock
    rng: random.Random
    changed: threading.Condition
    emit: Callable[[Sequence[CountMessage]], None]
    alerts: AlertBoard
    references: ReferenceFile


class Camera:
    """One camera.

    Args:
        settings: Its settings.
        pipeline: Its pipeline, which nobody else touches.
        around: What it shares with the others.
    """

    def __init__(self, settings: CameraSettings, *, pipeline: CameraPipeline, around: Surroundings) -> None:
        self.name = settings.name
        self._settings = settings
        self._pipeline = pipeline
        self._around = around
        self._alerts = CameraAlerts(settings.name, around.alerts)
        self._lock = threading.Lock()
        self._rate = RateMeter()
        self._sight = Sight("ok", 0.0)
        self._zero_unix_s = 0.0
        self._to_learn = pipeline.reference is None
        self._counts_every_frame = settings.source.pace == "fast"
        self._backoff = Backoff(rng=around.rng)
        self._state: ReaderState | None = None
        self._stopping = False
        self._restart_at_s: float | None = None
        self._begin_reader()

    def start(self) -> None:
        """Begin to read frames."""
        self._reader.start()

    def stop(self) -> None:
        """Stop reading; the frame that waits can still be taken."""
        self._stopping = True
        self._mailbox.close()
        self._reader.stop()

    def watch(self) -> None:
        """Replace a reader that died without saying that it ended; to be called now and then."""
        now_s = self._around.clock.monotonic_s()
        if self._restart_at_s is None:
            if self._reader.alive or self.ended:
                return
            self._restart_at_s = now_s + self._backoff.next_s()
            _log.error("camera %s: its reader died; it is restarted", self.name)
        elif now_s >= self._restart_at_s:
            self._restart_at_s = None
            self._begin_reader()
            self._reader.start()

    @property
    def fresh(self) -> bool:
        """Whether a frame waits."""
        return self._mailbox.full

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self._state is not None and self._state.phase == "ended"

    @property
    def failure(self) -> str:
        """Why it waits or ended; empty where nothing is wrong."""
        return self._state.error if self._state is not None else ""

    def take(self) -> Frame | None:
        """The frame that waits, if one does."""
        return self._mailbox.take()

    def count(self, sighting: Sighting) -> None:
        """Take in what was seen in a frame.

        Args:
            sighting: Of a frame from :meth:`take`, in the order of the frames.
        """
        frame = sighting.frame
        with self._lock:
            step = self._pipeline.step(frame, sighting.detections, sighting.picture)
            self._sight = step.sight
            self._rate.add(self._around.clock.monotonic_s())
            self._around.emit(step.closed)
        self._zero_unix_s = frame.captured_unix_s - frame.time_s
        self._alerts.sight(step.sight, frame)
        self._raise_alarms(step)

    def tick(self) -> None:
        """Close the windows that are over, frames or no frames; keep a reference that was learnt."""
        self._keep_reference()
        if self._counts_every_frame and not (self.ended and not self.fresh):
            return  # its time is the recording's, not the clock's
        with self._lock:
            self._around.emit(self._pipeline.tick(self._around.clock.now().timestamp()))

    def flush(self) -> None:
        """Close all windows and end all alerts: the agent stops."""
        with self._lock:
            step = self._pipeline.flush()
            self._around.emit(step.closed)
        self._raise_alarms(step)
        self._alerts.end()

    def status(self) -> CameraStatus:
        """How it is."""
        if self._state is None or self._state.phase != "running":
            return CameraStatus(camera=self.name, see="offline", rate_fps=0.0)
        with self._lock:
            rate_fps = round(self._rate.per_s(self._around.clock.monotonic_s()), 2)
            return CameraStatus(camera=self.name, see=self._sight.state, rate_fps=rate_fps)

    def _raise_alarms(self, step: Step) -> None:
        for change in step.outcome.alarms:
            self._alerts.alarm(change, unix_s=self._zero_unix_s + change.time_s)

    def _keep_reference(self) -> None:
        """Keep, once, how the camera looks, where nobody has said so before."""
        if not self._to_learn:
            return
        with self._lock:
            reference = self._pipeline.reference
        if reference is None:
            return
        self._to_learn = False
        try:
            self._around.references.write(self.name, reference)
        except ReferenceFileError as error:
            _log.warning("camera %s: %s", self.name, error)
        else:
            _log.info("camera %s: learnt how it looks; from now on it is noticed when it is moved", self.name)

    def _begin_reader(self) -> None:
        kind = PatientMailbox if self._counts_every_frame else Mailbox
        self._mailbox = kind(self._around.changed)
        self._reader = CameraReader(
            self._settings,
            self._mailbox,
            clock=self._around.clock,
            on_state=self._on_state,
            rng=self._around.rng,
        )

    def _on_state(self, state: ReaderState) -> None:
        self._state = state
        if state.error:
            self._alerts.away(state.error)
        elif state.phase == "running":
            _log.info("camera %s: frames are coming", self.name)
            self._alerts.back()
        elif state.phase == "ended" and not self._stopping:
            _log.info("camera %s: the recording has ended", self.name)
