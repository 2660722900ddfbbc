"""The keeper's thread: closes windows on time, records health, and is the only one that writes to the outbox."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cityedge import __version__
from cityedge.clock import Clock
from cityedge.messages import UNNUMBERED_EPOCH, HealthMessage
from cityedge.topics import GATEWAY_SOURCE
from edge.agent.alerts import Alert, AlertBoard
from edge.agent.camera import Camera
from edge.agent.intake import Intake
from edge.agent.supervisor import Heart
from edge.errors import OutboxError
from edge.health import read_machine
from edge.outbox.outbox import Outbox
from edge.settings import GatewaySettings

_log = logging.getLogger(__name__)

_TICK_S: Final = 1.0
_GROUP_S: Final = 0.1
"""How long the first message of a group waits for others: cameras close their windows at one moment."""
_EXPIRE_EVERY_S: Final = 60.0
_DISK: Final = Alert(GATEWAY_SOURCE, "outbox_failing", "critical")
_DROPPED: Final = Alert(GATEWAY_SOURCE, "counts_dropped", "critical")


@dataclass(frozen=True)
class Belongings:
    """What the keeper looks after.

    Attributes:
        cameras: Whose windows it closes.
        intake: What it empties.
        outbox: Where that goes.
        alerts: Where it says what is wrong.
        clock: The time.
        wake_uplink: Called when there are new rows.
    """

    cameras: Sequence[Camera]
    intake: Intake
    outbox: Outbox
    alerts: AlertBoard
    clock: Clock
    wake_uplink: Callable[[], None]


class Keeper:
    """Does what is due every second, minute and health interval.

    Args:
        settings: The gateway's.
        belongings: What it looks after.
    """

    def __init__(self, settings: GatewaySettings, belongings: Belongings) -> None:
        self._settings = settings
        self._its = belongings
        self._health_at_s = self._expire_at_s = 0.0
        self._failing = ""
        self._dropped = 0

    def work(self, heart: Heart) -> None:
        """Keep until told to end.

        Args:
            heart: The worker's.
        """
        while not heart.to_end:
            heart.beat()
            for camera in self._its.cameras:
                camera.tick()
            now_s = self._its.clock.monotonic_s()
            if now_s >= self._health_at_s:
                self._health_at_s = now_s + self._settings.health_interval_s
                self._record_health()
            self._save(expire=now_s >= self._expire_at_s)
            if self._its.intake.wait(_TICK_S):
                time.sleep(_GROUP_S)

    def finish(self) -> None:
        """Close all windows and save everything, once nothing more is counted."""
        for camera in self._its.cameras:
            camera.flush()
        self._save(expire=False)

    def _save(self, *, expire: bool) -> None:
        its = self._its
        try:
            if its.intake.flush():
                its.wake_uplink()
            if expire:
                self._expire_at_s = its.clock.monotonic_s() + _EXPIRE_EVERY_S
                its.outbox.expire()
        except OutboxError as error:
            self._complain(str(error))
        else:
            self._relax()

    def _complain(self, error: str) -> None:
        # The alert waits in memory with everything else, and goes out when the disk takes it.
        if error != self._failing:
            self._failing = error
            _log.error("%s. Counts wait in memory", error)
            self._its.alerts.raise_(_DISK, error)

    def _relax(self) -> None:
        if self._failing:
            self._failing = ""
            _log.info("the outbox takes rows again")
            self._its.alerts.clear(_DISK)
        if self._its.intake.dropped > self._dropped:
            self._dropped = self._its.intake.dropped
            text = f"{self._dropped} messages were dropped since the start: the disk took none for too long"
            self._its.alerts.say(_DROPPED, text, value=float(self._dropped))

    def _record_health(self) -> None:
        its, settings = self._its, self._settings
        machine = read_machine(Path(settings.state_dir))
        try:
            queue_rows, queue_age_s = its.outbox.books().queued, its.outbox.queue_age_s()
        except OutboxError as error:
            self._complain(str(error))
            return
        message = HealthMessage(
            site=settings.site,
            gateway=settings.gateway,
            epoch=UNNUMBERED_EPOCH,
            seq=1,
            time=its.clock.now(),
            version=__version__,
            queue_rows=queue_rows,
            queue_age_s=round(queue_age_s, 3),
            disk_free_bytes=machine.disk_free_bytes,
            memory_bytes=machine.memory_bytes,
            temp_c=machine.temp_c,
            clock_offset_s=machine.clock_offset_s,
        )
        its.intake.put([message])
        self._log_summary(message)

    def _log_summary(self, health: HealthMessage) -> None:
        cameras = ", ".join(
            f"{status.camera} {status.see} {status.rate_fps:g} fps"
            for status in (camera.status() for camera in self._its.cameras)
        )
        megabytes = health.memory_bytes / 1e6
        _log.info("%s; %d rows queued; %.0f MB", cameras or "no camera", health.queue_rows, megabytes)
