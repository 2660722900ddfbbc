"""Keeps one camera's frames coming into its mailbox, whatever happens to the camera."""

import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from cityedge.backoff import Backoff
from cityedge.clock import Clock
from edge.capture.address import is_live
from edge.capture.mailbox import Mailbox
from edge.capture.opening import open_source
from edge.capture.source import CaptureCounters, Source
from edge.errors import SourceEndedError, SourceError
from edge.settings import CameraSettings

_STEADY_S = 10.0
"""A source that ran this long was well: the next wait is a short one again."""

Phase = Literal["connecting", "running", "waiting", "ended"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReaderState:
    """What a reader is about.

    Attributes:
        phase: ``connecting`` until the first frame, ``running``, ``waiting`` before the next attempt,
            ``ended`` where nothing more will come.
        error: What went wrong, and what to do about it, where it waits or ended by an error; else empty.
        since: Since when it is so, UTC.
    """

    phase: Phase
    error: str
    since: datetime


class CameraReader:
    """Runs a camera's source in a thread of its own, into a mailbox.

    A live source that cannot be opened or stops is opened again for ever, after waits of 1 to 30 s; one that
    gives no frame for ``timeout_s`` counts as stopped. A recording ends the reader at its end, or by an error.

    Args:
        camera: What to open.
        mailbox: Where frames go; it is closed when nothing more will come.
        clock: Stamps frames and states.
        on_state: Called in the reader's thread at every change of state.
        rng: Spreads the attempts of many gateways.
    """

    def __init__(
        self,
        camera: CameraSettings,
        mailbox: Mailbox,
        *,
        clock: Clock,
        on_state: Callable[[ReaderState], None],
        rng: random.Random,
    ) -> None:
        self._camera = camera
        self._mailbox = mailbox
        self._clock = clock
        self._on_state = on_state
        self._backoff = Backoff(rng=rng)
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._source: Source | None = None
        self._before = CaptureCounters()
        self._openings = 0
        self._thread = threading.Thread(target=self._run, name=f"camera {camera.name}", daemon=True)

    def start(self) -> None:
        """Begin; to be called once."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End it, and wait until it has.

        Args:
            timeout_s: How long to wait.
        """
        self._stop.set()
        with self._lock:
            if self._source is not None:
                self._source.close()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    @property
    def counters(self) -> CaptureCounters:
        """What became of the pictures of all openings so far."""
        with self._lock:
            return self._before + self._source.counters if self._source is not None else self._before

    @property
    def openings(self) -> int:
        """How often the source was opened; all beyond the first are reconnects."""
        return self._openings

    @property
    def alive(self) -> bool:
        """Whether its thread runs."""
        return self._thread.is_alive()

    def _run(self) -> None:
        error, again = "", True
        while again and not self._stop.is_set():
            self._report("connecting")
            error, again = self._attempt()
            if again and not self._stop.is_set():
                self._report("waiting", error)
                self._stop.wait(self._backoff.next_s())
        self._report("ended", "" if self._stop.is_set() else error)
        self._mailbox.close()

    def _attempt(self) -> tuple[str, bool]:
        """Open the source and read it to its end: what went wrong, and whether to try again."""
        live = is_live(self._camera.source)
        try:
            source = open_source(
                self._camera.source,
                clock=self._clock,
                max_fps=self._camera.max_fps,
                masks=self._camera.masks,
                stop=self._stop,
            )
            self._read(source)
        except SourceEndedError as error:
            return str(error), True
        except SourceError as error:
            return str(error), live
        except Exception as error:  # noqa: BLE001 - the rim: a fault of ours must not end a camera for ever
            _log.exception("camera %s: unexpected error", self._camera.name)
            return f"unexpected {type(error).__name__}; the log has the details", live
        return "", live

    def _read(self, source: Source) -> None:
        with self._lock:
            self._source = source
            self._openings += 1
            if self._stop.is_set():
                source.close()
        running_since_s: float | None = None
        try:
            for frame in source.frames():
                if running_since_s is None:
                    running_since_s = self._clock.monotonic_s()
                    self._report("running")
                self._mailbox.put(frame)
        finally:
            source.close()
            if running_since_s is not None and self._clock.monotonic_s() - running_since_s >= _STEADY_S:
                self._backoff.reset()
            with self._lock:
                self._before += source.counters
                self._source = None

    def _report(self, phase: Phase, error: str = "") -> None:
        if error:
            _log.warning("camera %s: %s", self._camera.name, error)
        self._on_state(ReaderState(phase=phase, error=error, since=self._clock.now()))
