"""The agent: builds the gateway from its settings, runs it, and stops it so that nothing counted is lost."""

import hashlib
import logging
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import msgspec

from cityedge import __version__
from cityedge.clock import Clock
from cityedge.messages import StatusMessage
from cityedge.topics import GATEWAY_SOURCE
from edge.agent.alerts import Alert, AlertBoard
from edge.agent.camera import Camera, Surroundings
from edge.agent.intake import Intake
from edge.agent.keeper import Belongings, Keeper
from edge.agent.pool import InferencePool
from edge.agent.supervisor import Heart, Supervisor
from edge.detect import model_of, sure_scores_of, worker_count
from edge.errors import ReferenceFileError
from edge.outbox.notes import Owner
from edge.outbox.outbox import Outbox
from edge.pipeline import CameraPipeline
from edge.publish.connection import check_files
from edge.publish.uplink import Uplink, UplinkSettings
from edge.see import Reference, ReferenceFile
from edge.settings import CameraSettings, GatewaySettings
from models.detector import Detector

_log = logging.getLogger(__name__)

_WATCH_S: Final = 0.5
_INFERENCE_STALL_S: Final = 60.0
_KEEPER_STALL_S: Final = 120.0
_UPLINK_STALL_S: Final = 180.0
_STOP_WITHIN_S: Final = 10.0
_CRITICAL: Final = frozenset({"duplicate_client_id"})


class Agent:
    """One gateway.

    Args:
        settings: What it is to do.
        detector: Looks at the frames of all cameras.
        clock: The time.
        rng: Spreads attempts of many gateways.
        drain_s: How long a clean stop waits for the cloud to store what is left.

    Raises:
        OutboxError: The outbox's folder does not take it, or another agent has it.
        ConfigError: A certificate, key or password file of the broker cannot be read.
    """

    def __init__(
        self,
        settings: GatewaySettings,
        detector: Detector,
        *,
        clock: Clock,
        rng: random.Random,
        drain_s: float = 10.0,
    ) -> None:
        check_files(settings.broker)
        self._settings = settings
        self._clock = clock
        self._drain_s = drain_s
        self._stopping = threading.Event()
        self._changed = threading.Condition()
        owner = Owner(settings.site, settings.gateway)
        self._outbox = Outbox(Path(settings.state_dir), owner=owner, limits=settings.outbox, clock=clock)
        intake = Intake(self._outbox.append)
        self._alerts = AlertBoard(settings.site, settings.gateway, clock=clock, send=intake.put)
        references = ReferenceFile.of(settings.state_dir)
        around = Surroundings(clock, rng, self._changed, intake.put, self._alerts, references)
        self._cameras = [self._camera(camera, detector, around) for camera in settings.cameras]
        self._pool = InferencePool(self._cameras, detector=detector, changed=self._changed)
        self._supervisor = Supervisor(clock=clock, report=self._on_restart, rng=rng)
        self._uplinks = Supervisor(clock=clock, report=self._on_restart, rng=rng)
        self._uplink = self._make_uplink(rng)
        belongings = Belongings(
            self._cameras, intake, self._outbox, self._alerts, clock, wake_uplink=self._uplink.wake
        )
        self._keeper = Keeper(settings, belongings)

    def run(self, *, until_end: bool = False, duration_s: float | None = None) -> int:
        """Run until stopped; to be called once.

        Args:
            until_end: Stop when every camera is a recording that has ended.
            duration_s: Stop after this time.

        Returns:
            0; 1 where ``until_end`` was asked and a recording ended because it cannot be read.
        """
        end_s = self._clock.monotonic_s() + duration_s if duration_s is not None else None
        self._start()
        try:
            while not self._stopping.wait(_WATCH_S):
                self._supervisor.watch()
                self._uplinks.watch()
                for camera in self._cameras:
                    camera.watch()
                if (until_end and self._all_ended()) or (end_s is not None and self._clock.monotonic_s() >= end_s):
                    break
        finally:
            self._shut_down()
        return 1 if until_end and any(camera.failure for camera in self._cameras) else 0

    def stop(self) -> None:
        """Have :meth:`run` stop and return; a second call does not wait for the cloud any longer."""
        if self._stopping.is_set():
            self._uplink.stop(drain_s=0.0)
        self._stopping.set()

    def _start(self) -> None:
        settings = self._settings
        workers = worker_count(settings.inference_threads)
        _log.info(
            "gateway %s/%s: %d cameras, %d inference workers, outbox %s",
            settings.site,
            settings.gateway,
            len(self._cameras),
            workers,
            settings.state_dir,
        )
        self._uplinks.start("uplink", self._run_uplink, stall_s=_UPLINK_STALL_S)
        self._supervisor.start("keeper", self._keeper.work, stall_s=_KEEPER_STALL_S)
        for number in range(workers):
            self._supervisor.start(f"inference-{number}", self._pool.work, stall_s=_INFERENCE_STALL_S)
        for camera in self._cameras:
            camera.start()

    def _shut_down(self) -> None:
        """In the order of the flow, so that every stage gets what the one before still holds."""
        _log.info("stopping: saving what was counted")
        self._stop_cameras()
        for name in self._supervisor.stop(within_s=_STOP_WITHIN_S):
            _log.error("%s does not end and is left behind", name)
        self._keeper.finish()
        self._uplink.stop(drain_s=self._drain_s)
        self._uplinks.stop(within_s=self._drain_s + _STOP_WITHIN_S)
        books = self._outbox.books()
        self._outbox.close()
        _log.info("stopped: %d rows produced, %d queued, %d expired", books.produced, books.queued, books.expired)

    def _stop_cameras(self) -> None:
        if self._cameras:
            with ThreadPoolExecutor(len(self._cameras)) as stoppers:
                list(stoppers.map(Camera.stop, self._cameras))

    def _all_ended(self) -> bool:
        return all(camera.ended for camera in self._cameras) and self._pool.idle

    def _camera(self, camera: CameraSettings, detector: Detector, around: Surroundings) -> Camera:
        pipeline = CameraPipeline(
            camera,
            self._settings,
            model=model_of(detector),
            sure_scores=sure_scores_of(detector),
            config_rev=config_rev(self._settings),
            reference=self._reference(camera, around.references),
        )
        return Camera(camera, pipeline=pipeline, around=around)

    def _reference(self, camera: CameraSettings, references: ReferenceFile) -> Reference | None:
        try:
            return references.read(camera.name)
        except ReferenceFileError as error:
            _log.warning("camera %s: %s", camera.name, error)
            self._alerts.say(Alert(camera.name, "reference_unreadable"), str(error))
            return None

    def _make_uplink(self, rng: random.Random) -> Uplink:
        settings = self._settings
        return Uplink(
            UplinkSettings(settings.broker, settings.site, settings.gateway, settings.status_interval_s),
            queue=self._outbox,
            status=self._status,
            report=self._on_uplink_report,
            rng=rng,
        )

    def _run_uplink(self, heart: Heart) -> None:
        self._uplink.run(heart.beat)

    def _status(self) -> StatusMessage:
        return StatusMessage(
            site=self._settings.site,
            gateway=self._settings.gateway,
            online=True,
            time=self._clock.now(),
            version=__version__,
            books=self._outbox.books(),
            cameras=tuple(camera.status() for camera in self._cameras),
        )

    def _on_uplink_report(self, rule: str, text: str) -> None:
        alert = Alert(GATEWAY_SOURCE, rule, "critical" if rule in _CRITICAL else "warning")
        if text:
            self._alerts.raise_(alert, text)
        else:
            self._alerts.clear(alert)

    def _on_restart(self, worker: str, why: str, *, restarts: int) -> None:
        text = f"{worker} was restarted: {why}"
        self._alerts.say(Alert(GATEWAY_SOURCE, "worker_restarted"), text, value=float(restarts))


def config_rev(settings: GatewaySettings) -> str:
    """The revision of a configuration: changes when anything in it does.

    Args:
        settings: The configuration.

    Returns:
        Twelve hexadecimal digits.
    """
    return hashlib.sha256(msgspec.json.encode(settings, order="sorted")).hexdigest()[:12]
