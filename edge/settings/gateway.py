"""The gateway's configuration, ``gateway.yaml``: parsed once, strictly, into frozen types."""

from typing import Annotated

from msgspec import Meta, Struct

from cityedge.broker import BrokerSettings
from cityedge.messages import Name
from cityedge.topics import GATEWAY_SOURCE
from edge.settings.camera import CameraSettings, Positive
from edge.settings.names import check_unique


class OutboxSettings(Struct, frozen=True, kw_only=True):
    """The queue on the gateway's disk.

    Attributes:
        max_bytes: Size over which the oldest rows of the lowest class are dropped, counted and reported.
        max_age_h: Age over which summaries and health records are dropped, counted and reported.
    """

    max_bytes: Annotated[int, Meta(ge=1_000_000)] = 512_000_000
    max_age_h: Positive = 24.0 * 30


class GatewaySettings(Struct, frozen=True, kw_only=True):
    """The whole of ``gateway.yaml``.

    Attributes:
        site: The place, as the city names it.
        gateway: This box.
        state_dir: Where the outbox lives; must survive a power cut.
        model: A model's name (``cityedge models list``) or the path of an ONNX file with its card.
        inference_threads: How many frames are looked at at once; 0: one per core.
        window_s: Length of a summary; a divisor or a multiple of a minute, aligned to the epoch.
        lateness_s: How long a window stays open after its end for visits that end late.
        status_interval_s: How often the live state is published.
        health_interval_s: How often the gateway's health is recorded.
        broker: Where summaries go.
        outbox: The queue on disk.
        cameras: What it looks through.
    """

    site: Name
    gateway: Name
    state_dir: str = "/var/lib/cityedge"
    model: str = "nanodet-m-416"
    inference_threads: Annotated[int, Meta(ge=0, le=64)] = 0
    window_s: Annotated[int, Meta(ge=1, le=86_400)] = 60
    lateness_s: Annotated[float, Meta(ge=0, le=60)] = 10.0
    status_interval_s: Annotated[float, Meta(ge=1, le=3600)] = 20.0
    health_interval_s: Annotated[float, Meta(ge=1, le=3600)] = 60.0
    broker: BrokerSettings = BrokerSettings()
    outbox: OutboxSettings = OutboxSettings()
    cameras: tuple[CameraSettings, ...] = ()

    def __post_init__(self) -> None:
        check_unique("cameras", [camera.name for camera in self.cameras])
        for index, camera in enumerate(self.cameras):
            if camera.name == GATEWAY_SOURCE:
                raise ValueError(f"cameras[{index}].name: '{GATEWAY_SOURCE}' is how the gateway names itself")
        if 86_400 % self.window_s:
            raise ValueError(f"window_s: {self.window_s} does not divide a day, so windows would drift")
