"""Several workers over several cameras: frames in order, nobody starved, a stuck worker's camera set free."""

import random
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import numpy as np

from cityedge.clock import SystemClock
from cityedge.messages import CountMessage
from edge.agent.alerts import AlertBoard
from edge.agent.camera import Camera, Surroundings
from edge.agent.pool import InferencePool
from edge.agent.supervisor import Heart
from edge.pipeline import CameraPipeline
from edge.see import ReferenceFile
from edge.settings import CameraSettings, GatewaySettings, SourceSettings
from edge.types import Frame
from models.detector import Detector
from models.types import Detections, Letterbox, Picture
from tests.support.gateway_messages import GATEWAY, SITE
from tests.support.waiting import wait_for

SIZE_PX = (64, 48)


class SlowEye:
    """A detector that sees nothing, remembers who it looked at, and looks as long as it is told to."""

    def __init__(self) -> None:
        self.looked_at: list[int] = []
        self.before: Callable[[int], object] = lambda _: None

    def letterbox(self, width_px: int, height_px: int) -> Letterbox:
        return Letterbox.fit(width_px, height_px, into=SIZE_PX, centred=True)

    def prepare(self, scaled_bgr: Picture, _letterbox: Letterbox) -> int:
        return int(scaled_bgr[0, 0, 0])

    def infer(self, number: int) -> None:
        self.before(number)
        self.looked_at.append(number)

    def read(self, _outputs: None, _letterbox: Letterbox) -> Detections:
        return Detections.none()


class Street:
    """A pool, its cameras, and workers that the test starts."""

    def __init__(self, names: Sequence[str], folder: Path) -> None:
        self.eye = SlowEye()
        self.changed = threading.Condition()
        self.closed: list[CountMessage] = []
        self.stopping = threading.Event()
        self._threads: list[threading.Thread] = []
        clock = SystemClock()
        alerts = AlertBoard(SITE, GATEWAY, clock=clock, send=lambda _: None)
        around = Surroundings(
            clock, random.Random(1), self.changed, self.closed.extend, alerts, ReferenceFile(folder)
        )
        settings = [CameraSettings(name=name, source=SourceSettings(url="none")) for name in names]
        gateway = GatewaySettings(site=SITE, gateway=GATEWAY, cameras=tuple(settings))
        self.cameras = [
            Camera(
                camera,
                pipeline=CameraPipeline(camera, gateway, model="m", sure_scores=(0.5,) * 6, config_rev="1"),
                around=around,
            )
            for camera in settings
        ]
        self.pool = InferencePool(self.cameras, detector=cast("Detector", self.eye), changed=self.changed)

    def show(self, camera: int, *, number: int, time_s: float = 0.0) -> None:
        """A camera gets a fresh frame, all of one colour."""
        picture = np.full((SIZE_PX[1], SIZE_PX[0], 3), number, np.uint8)
        frame = Frame(0, time_s, 1e9 + time_s, *SIZE_PX, lambda _w, _h: picture)
        self.cameras[camera]._mailbox.put(frame)

    def start_worker(self) -> Heart:
        heart = Heart(SystemClock(), self.stopping)
        self._threads.append(threading.Thread(target=self.pool.work, args=(heart,)))
        self._threads[-1].start()
        return heart

    def stop(self) -> None:
        self.stopping.set()
        for thread in self._threads:
            thread.join(5)


def test_the_camera_that_has_waited_longest_comes_next(tmp_path: Path) -> None:
    street = Street(["a", "b", "c"], tmp_path)
    release = threading.Semaphore(0)
    street.eye.before = lambda _: release.acquire(timeout=5)
    for camera in range(3):
        street.show(camera, number=camera)
    street.start_worker()
    wait_for(lambda: not street.cameras[0].fresh)
    street.show(0, number=10, time_s=1.0)
    for _ in range(4):
        release.release()

    wait_for(lambda: len(street.eye.looked_at) == 4)
    street.stop()

    assert street.eye.looked_at == [0, 1, 2, 10]


def test_two_workers_never_hold_the_same_camera(tmp_path: Path) -> None:
    street = Street(["a"], tmp_path)
    release = threading.Event()
    street.eye.before = lambda _: release.wait(5)
    street.show(0, number=1)
    street.start_worker()
    street.start_worker()
    wait_for(lambda: not street.cameras[0].fresh)
    street.show(0, number=2, time_s=1.0)

    assert street.cameras[0].fresh
    assert not street.pool.idle
    release.set()
    wait_for(lambda: street.pool.idle)
    street.stop()

    assert street.eye.looked_at == [1, 2]


def test_the_camera_of_a_stuck_worker_goes_to_another_and_its_late_answer_is_dropped(tmp_path: Path) -> None:
    street = Street(["a"], tmp_path)
    release = threading.Event()
    street.eye.before = lambda number: number == 1 and release.wait(5)
    street.show(0, number=1)
    stuck = street.start_worker()
    wait_for(lambda: not street.cameras[0].fresh)

    stuck.abandon()
    street.start_worker()
    street.show(0, number=2, time_s=1.0)
    wait_for(lambda: street.eye.looked_at == [2])
    release.set()
    wait_for(lambda: street.eye.looked_at == [2, 1])
    street.stop()

    for camera in street.cameras:
        camera.flush()
    assert sum(message.frames for message in street.closed) == 1
