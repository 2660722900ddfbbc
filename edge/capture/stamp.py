"""When a picture was taken, on the scales that the stages need."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stamp:
    """When a picture was taken.

    Attributes:
        time_s: Scene time since the source was opened, rising from picture to picture.
        captured_s: Live sources: on the gateway's monotonic clock, never after the arrival and never running
            backwards. Recordings: the scene time once more.
    """

    time_s: float
    captured_s: float
