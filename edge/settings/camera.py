"""One camera: where its frames come from, and what is counted in them."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct

from cityedge.classes import CLASSES, ObjectClass
from cityedge.messages import Name
from edge.settings.alarms import AlarmSettings, CrowdingAlarm, WrongWayAlarm
from edge.settings.names import check_known, check_unique
from edge.settings.places import CalibrationSettings, HeatSettings, LineSettings, MaskSettings, ZoneSettings
from edge.settings.see import SeeSettings

Positive: TypeAlias = Annotated[float, Meta(gt=0)]
MOST_FLOW_ZONES: Final = 12
"""Among so many zones a window has 132 pairs, 792 rows with all classes, about 50 kB."""


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
        masks: Parts of the picture that are blackened before anything looks at it.
        lines: Counting lines.
        zones: Counting zones.
        flows: Names of zones between which trips are counted, from where somebody came to where they went.
        calibration: How the picture lies on the ground, for speed and density.
        heat: A grid of where feet stood; left out where None.
        alarms: What raises an alert.
        see: When the camera counts as unable to see.
    """

    name: Name
    source: SourceSettings
    max_fps: Positive = 15.0
    classes: tuple[ObjectClass, ...] = CLASSES
    masks: tuple[MaskSettings, ...] = ()
    lines: tuple[LineSettings, ...] = ()
    zones: tuple[ZoneSettings, ...] = ()
    flows: tuple[Name, ...] = ()
    calibration: CalibrationSettings | None = None
    heat: HeatSettings | None = None
    alarms: tuple[AlarmSettings, ...] = ()
    see: SeeSettings = SeeSettings()

    def __post_init__(self) -> None:
        for what, places in (("masks", self.masks), ("lines", self.lines), ("zones", self.zones)):
            check_unique(what, [place.name for place in places])
        if not self.classes:
            raise ValueError("classes: needs one class or more")
        check_unique("classes", list(self.classes))
        self._check_flows()
        for index, alarm in enumerate(self.alarms):
            self._check_alarm(f"alarms[{index}]", alarm)
        _check_alarms_differ(self.alarms)

    def _check_flows(self) -> None:
        zones = [zone.name for zone in self.zones]
        for index, name in enumerate(self.flows):
            check_known(f"flows[{index}]", name, what="zone", known=zones)
        check_unique("flows", list(self.flows))
        if len(self.flows) == 1:
            raise ValueError("flows: needs two zones or more, a trip leads from one to another")
        if len(self.flows) > MOST_FLOW_ZONES:
            raise ValueError(f"flows: needs {MOST_FLOW_ZONES} zones or fewer, got {len(self.flows)}")

    def _check_alarm(self, at: str, alarm: AlarmSettings) -> None:
        if isinstance(alarm, WrongWayAlarm):
            check_known(f"{at}.line", alarm.line, what="line", known=[line.name for line in self.lines])
        else:
            check_known(f"{at}.zone", alarm.zone, what="zone", known=[zone.name for zone in self.zones])
        if isinstance(alarm, CrowdingAlarm):
            if alarm.per_m2 is not None and self.calibration is None:
                raise ValueError(f"{at}.per_m2: people per square metre need a calibration of the camera")
            if "person" not in self.classes:
                raise ValueError(f"{at}: nobody is counted: add 'person' to the camera's classes")
            return
        if not alarm.classes:
            raise ValueError(f"{at}.classes: needs one class or more")
        check_unique(f"{at}.classes", list(alarm.classes))
        if not set(alarm.classes) & set(self.classes):
            raise ValueError(f"{at}.classes: none of {', '.join(alarm.classes)} is among the camera's classes")


def _check_alarms_differ(alarms: Sequence[AlarmSettings]) -> None:
    """Two alarms of one rule at one place would raise and clear the same alert."""
    seen: set[tuple[str, str]] = set()
    for index, alarm in enumerate(alarms):
        place = alarm.line if isinstance(alarm, WrongWayAlarm) else alarm.zone
        rule = str(alarm.__struct_config__.tag)
        if (rule, place) in seen:
            raise ValueError(f"alarms[{index}]: there is a '{rule}' at '{place}' already; one is enough")
        seen.add((rule, place))
