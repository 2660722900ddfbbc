"""The flow of one camera: detections to tracks to crossings and zone use to window summaries. No I/O.

(being written by the lead: the interface below is fixed, the inside is not there yet)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cityedge.messages import CountMessage
from edge.settings import CameraSettings, GatewaySettings
from edge.types import Frame, LineCrossing, TrackedObject
from models.types import Detections


@dataclass(frozen=True)
class Step:
    """What one frame led to.

    Attributes:
        objects: Everything tracked in this frame.
        crossings: Line crossings that were decided at this frame.
        closed: Windows that closed, as messages that no outbox has numbered yet.
    """

    objects: Sequence[TrackedObject]
    crossings: Sequence[LineCrossing]
    closed: Sequence[CountMessage]


class CameraPipeline:
    """One camera's state from detections to windows; not thread-safe: one frame at a time, in order."""

    def __init__(
        self, camera: CameraSettings, gateway: GatewaySettings, *, model: str, config_rev: str
    ) -> None:
        raise NotImplementedError

    def step(self, frame: Frame, detections: Detections) -> Step:
        """Take in one frame's detections."""
        raise NotImplementedError

    def tick(self, now_unix_s: float) -> Sequence[CountMessage]:
        """Close the windows that ended, frames or no frames: call it about once a second."""
        raise NotImplementedError

    def flush(self) -> Sequence[CountMessage]:
        """Close the running window early, at a clean stop; its ``observed`` share says how much was seen."""
        raise NotImplementedError
