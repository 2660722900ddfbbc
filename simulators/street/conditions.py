"""Conditions: weather, light, distractions and camera faults of a street, as they are written in YAML.

::

    conditions:
      light: dusk                 # day, dusk or night
      headlights: true            # bright lamps with cones on the road
      rain: 0.5                   # 0 dry, 1 cloudburst
      fog: 0.2                    # 0 clear, 1 the far pavement is gone
      sun: {elevation_deg: 12, azimuth_deg: 250}
      shake: {amplitude_px: 4, hz: 1.5}
      birds_per_minute: 6
      flags: 3
      noise: 1.5                  # times the sensor's usual noise
      frame_drops: {share: 0.1, burst_s: 0.4}
      faults:
        - {kind: covered, from_s: 60, to_s: 90, share: 0.95, opacity: 1.0, cover: hand}
        - {kind: dark, from_s: 120, to_s: 140, level: 0.03, ramp_s: 2}
        - {kind: defocused, from_s: 150, to_s: 170, blur_px: 8}
        - {kind: frozen, from_s: 180, to_s: 190}
        - {kind: moved, from_s: 200, to_s: 240, x: 0.1, y: 0, rotation_deg: 3, zoom: 1}
        - {kind: offline, from_s: 250, to_s: 260}

Every key may be left out; then it is a dry, cloudy day and nothing disturbs the camera.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Hour = Literal["day", "dusk", "night"]
Cover = Literal["hand", "bag", "spray"]
Share = Annotated[float, Meta(ge=0, le=1)]
Seconds = Annotated[float, Meta(ge=0)]


class Sun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sun that casts shadows.

    Attributes:
        elevation_deg: Height above the horizon; the lower, the longer the shadows and the warmer the light.
        azimuth_deg: From where it shines: 0 from straight ahead of the camera (shadows fall towards it), 90 from
            its right, 180 from behind it, 270 from its left.
    """

    elevation_deg: Annotated[float, Meta(ge=3, le=90)]
    azimuth_deg: Annotated[float, Meta(ge=0, le=360)]


class Shake(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mast that swings in the wind.

    Attributes:
        amplitude_px: How far the picture moves from its place at most, to each side.
        hz: About how often it swings.
    """

    amplitude_px: Annotated[float, Meta(gt=0, le=60)]
    hz: Annotated[float, Meta(gt=0, le=20)] = 1.5


class FrameDrops(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Frames that the network loses.

    Attributes:
        share: Of all frames, on average.
        burst_s: How long the network is gone when it is; 0 where frames are lost one by one.
    """

    share: Annotated[float, Meta(ge=0, lt=1)]
    burst_s: Annotated[float, Meta(ge=0, le=60)] = 0.0


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all camera faults have in common.

    Attributes:
        from_s: When it begins, scene time.
        to_s: When it has ended.
    """

    from_s: Seconds
    to_s: Seconds

    def __post_init__(self) -> None:
        if self.to_s <= self.from_s:
            raise ValueError(f"to_s: a fault from {self.from_s:g} s cannot end at {self.to_s:g} s")


class Covered(Fault, frozen=True, tag="covered"):
    """Something is before the lens.

    Attributes:
        share: Of the picture that is covered.
        opacity: Of the cover; below 1 the street shimmers through.
        cover: What it is.
    """

    share: Annotated[float, Meta(ge=0.3, le=1)] = 0.95
    opacity: Annotated[float, Meta(ge=0.1, le=1)] = 1.0
    cover: Cover = "hand"


class Dark(Fault, frozen=True, tag="dark"):
    """The light is gone, or the exposure fails.

    Attributes:
        level: Share of the light that is left.
        ramp_s: How long it takes to fall, and at the end to return; both lie within the fault.
    """

    level: Annotated[float, Meta(ge=0, le=0.5)] = 0.03
    ramp_s: Seconds = 0.0


class Defocused(Fault, frozen=True, tag="defocused"):
    """The lens is out of focus.

    Attributes:
        blur_px: Standard deviation of the blur, pixels of the picture.
        ramp_s: How long it takes to go out of focus, and at the end to come back; both lie within the fault.
    """

    blur_px: Annotated[float, Meta(ge=0.5, le=60)] = 8.0
    ramp_s: Seconds = 0.0


class Frozen(Fault, frozen=True, tag="frozen"):
    """The same picture comes again and again."""


class Moved(Fault, frozen=True, tag="moved"):
    """The camera was turned: what it sees lies elsewhere in the picture.

    Attributes:
        x: How far to the right, as a share of the picture's width.
        y: How far down, as a share of its height.
        rotation_deg: Clockwise, about the picture's middle.
        zoom: How much larger, about the picture's middle.
    """

    x: Annotated[float, Meta(ge=-1, le=1)] = 0.0
    y: Annotated[float, Meta(ge=-1, le=1)] = 0.0
    rotation_deg: Annotated[float, Meta(ge=-180, le=180)] = 0.0
    zoom: Annotated[float, Meta(ge=0.3, le=4)] = 1.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.x, self.y, self.rotation_deg, self.zoom) == (0.0, 0.0, 0.0, 1.0):
            raise ValueError("x: a camera that moved needs x, y, rotation_deg or zoom")


class Offline(Fault, frozen=True, tag="offline"):
    """No frames come."""


AnyFault = Covered | Dark | Defocused | Frozen | Moved | Offline


class Conditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the weather, the light and the camera do to the picture. None of it changes the truth on the ground.

    Attributes:
        light: Hour of the day.
        headlights: Whether vehicles drive with bright lamps; by dusk and night they have dim ones without it.
        rain: 0 dry to 1 cloudburst: streaks, drops on the lens, a dark and mirroring road, less contrast.
        fog: 0 clear to 1 dense.
        sun: That casts shadows; None where the sky is cloudy.
        shake: How the camera swings; None where it hangs still.
        birds_per_minute: That fly through the picture, on average.
        flags: How many of them wave on the houses.
        noise: Times the sensor's usual noise.
        frame_drops: Which frames get lost; None where all come.
        faults: Camera faults; those that overlap act together.
    """

    light: Hour = "day"
    headlights: bool = False
    rain: Share = 0.0
    fog: Share = 0.0
    sun: Sun | None = None
    shake: Shake | None = None
    birds_per_minute: Annotated[float, Meta(ge=0, le=600)] = 0.0
    flags: Annotated[int, Meta(ge=0, le=12)] = 0
    noise: Annotated[float, Meta(ge=0, le=10)] = 1.0
    frame_drops: FrameDrops | None = None
    faults: tuple[AnyFault, ...] = ()

    def __post_init__(self) -> None:
        if self.sun is not None and self.light == "night":
            raise ValueError("sun: does not shine at night")
