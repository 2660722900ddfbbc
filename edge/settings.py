"""The gateway's configuration, ``gateway.yaml``: parsed once, strictly, into frozen types."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from cityedge.broker import BrokerSettings
from cityedge.classes import CLASSES, ObjectClass
from cityedge.messages import Name
from cityedge.topics import GATEWAY_SOURCE

Point: TypeAlias = tuple[float, float]
"""Shares of the picture, from its top left corner: (0, 0) to (1, 1)."""
Positive: TypeAlias = Annotated[float, Meta(gt=0)]


def _check_points(points: tuple[Point, ...], *, least: int) -> None:
    word = {2: "two", 3: "three"}[least]
    if len(points) < least:
        raise ValueError(f"points: needs {word} points, got {len(points)}")
    for index, (x, y) in enumerate(points):
        if not (0.0 <= x <= 1.0 and 0.0 <= y <= 1.0):
            raise ValueError(
                f"points[{index}]: ({x:g}, {y:g}) lies outside the picture; points are shares from 0 to 1"
            )
        if index and points[index - 1] == (x, y):
            raise ValueError(f"points[{index}]: is the same point as the one before")


class LineSettings(Struct, frozen=True, kw_only=True):
    """A counting line.

    Attributes:
        name: Unique within its camera.
        points: Two or more; ``in`` is who crosses from the right hand to the left hand of somebody walking
            from the first point to the last.
    """

    name: Name
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        _check_points(self.points, least=2)


class ZoneSettings(Struct, frozen=True, kw_only=True):
    """A counting zone.

    Attributes:
        name: Unique within its camera.
        points: Corners of a polygon, three or more, in order; the last is joined to the first.
        entry_confirm_s: How long somebody must stand in it to have entered.
        exit_grace_s: How long somebody may be out of it without having left.
    """

    name: Name
    points: tuple[Point, ...]
    entry_confirm_s: Annotated[float, Meta(ge=0, le=60)] = 1.0
    exit_grace_s: Annotated[float, Meta(ge=0, le=60)] = 2.0

    def __post_init__(self) -> None:
        _check_points(self.points, least=3)


class SourceSettings(Struct, frozen=True, kw_only=True):
    """Where frames come from.

    Attributes:
        url: ``rtsp://…``, ``http://…`` (MJPEG), ``/dev/video0``, a video file, or a folder of pictures.
        fps: The true rate, where the source claims another or (a folder) none.
        pace: Recorded sources: ``live`` plays them in real time, ``fast`` as fast as they are counted.
        loop: Recorded sources: begin again at the end.
        password_file: A file that holds the password for ``rtsp://user@host/…`` and ``http://user@host/…``.
        timeout_s: Silence after which a live source counts as gone.
    """

    url: Annotated[str, Meta(min_length=1)]
    fps: Positive | None = None
    pace: Literal["live", "fast"] = "live"
    loop: bool = False
    password_file: str | None = None
    timeout_s: Annotated[float, Meta(ge=1, le=120)] = 10.0


class CameraSettings(Struct, frozen=True, kw_only=True):
    """One camera and what is counted in it.

    Attributes:
        name: Unique within the gateway.
        source: Where its frames come from.
        max_fps: Frames beyond this rate are left out before they are looked at.
        classes: What to count.
        lines: Counting lines.
        zones: Counting zones.
    """

    name: Name
    source: SourceSettings
    max_fps: Positive = 15.0
    classes: tuple[ObjectClass, ...] = CLASSES
    lines: tuple[LineSettings, ...] = ()
    zones: tuple[ZoneSettings, ...] = ()

    def __post_init__(self) -> None:
        for what, names in (("lines", self.lines), ("zones", self.zones)):
            _check_unique(what, [item.name for item in names])
        if not self.classes:
            raise ValueError("classes: needs one class or more")
        _check_unique("classes", list(self.classes))


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
    lateness_s: Annotated[float, Meta(ge=0, le=60)] = 2.0
    status_interval_s: Annotated[float, Meta(ge=1, le=3600)] = 20.0
    health_interval_s: Annotated[float, Meta(ge=1, le=3600)] = 60.0
    broker: BrokerSettings = BrokerSettings()
    outbox: OutboxSettings = OutboxSettings()
    cameras: tuple[CameraSettings, ...] = ()

    def __post_init__(self) -> None:
        _check_unique("cameras", [camera.name for camera in self.cameras])
        for index, camera in enumerate(self.cameras):
            if camera.name == GATEWAY_SOURCE:
                raise ValueError(f"cameras[{index}].name: '{GATEWAY_SOURCE}' is how the gateway names itself")
        if 86_400 % self.window_s:
            raise ValueError(f"window_s: {self.window_s} does not divide a day, so windows would drift")


def _check_unique(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what}: '{twice[0]}' stands here twice")
