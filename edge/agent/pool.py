"""The inference workers: each takes the camera that has waited longest and has a fresh frame."""

import threading
from collections.abc import Sequence
from typing import Final

from edge.agent.camera import Camera
from edge.agent.supervisor import Heart
from edge.detect import look
from models.detector import Detector

_WAIT_S: Final = 0.5


class InferencePool:
    """What any number of workers share. One camera is in one worker's hands at a time, so frames stay in order.

    Args:
        cameras: All cameras.
        detector: Called from every worker at once.
        changed: Notified when any camera has a fresh frame.
    """

    def __init__(self, cameras: Sequence[Camera], *, detector: Detector, changed: threading.Condition) -> None:
        self._cameras = cameras
        self._detector = detector
        self._changed = changed
        self._held: dict[str, Heart] = {}
        self._turn = 0
        self._served: dict[str, int] = {}

    def work(self, heart: Heart) -> None:
        """Look at frames until told to end; any number of threads may run it.

        Args:
            heart: The worker's.
        """
        while not heart.to_end:
            heart.beat()
            camera = self._next(heart)
            if camera is None:
                continue
            try:
                self._serve(camera, heart)
            finally:
                self._give_back(camera, heart)

    @property
    def idle(self) -> bool:
        """Whether no frame waits and none is being looked at."""
        with self._changed:
            return not self._held and not any(camera.fresh for camera in self._cameras)

    def _next(self, heart: Heart) -> Camera | None:
        with self._changed:
            camera = self._longest_waiting() or self._after_a_while()
            if camera is not None:
                self._turn += 1
                self._served[camera.name] = self._turn
                self._held[camera.name] = heart
            return camera

    def _after_a_while(self) -> Camera | None:
        self._changed.wait(_WAIT_S)
        return self._longest_waiting()

    def _longest_waiting(self) -> Camera | None:
        free = [camera for camera in self._cameras if camera.fresh and not self._is_held(camera)]
        return min(free, key=lambda camera: self._served.get(camera.name, 0), default=None)

    def _is_held(self, camera: Camera) -> bool:
        holder = self._held.get(camera.name)
        return holder is not None and not holder.abandoned

    def _serve(self, camera: Camera, heart: Heart) -> None:
        frame = camera.take()
        if frame is None:
            return
        sighting = look(self._detector, frame)
        if not heart.abandoned:
            camera.count(sighting)

    def _give_back(self, camera: Camera, heart: Heart) -> None:
        with self._changed:
            if self._held.get(camera.name) is heart:
                del self._held[camera.name]
            self._changed.notify_all()
