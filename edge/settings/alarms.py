"""What a camera raises an alert for, beside its own failures: by line, by zone, by timetable."""

import re
import zoneinfo
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Struct, field

from cityedge.classes import CLASSES, FOUR_WHEELERS, ObjectClass
from cityedge.messages import Name, Severity

Day: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Hold: TypeAlias = Annotated[float, Meta(ge=0, le=3600)]

_VEHICLES: Final[tuple[ObjectClass, ...]] = tuple(name for name in CLASSES if name != "person")
_MOTORS: Final[tuple[ObjectClass, ...]] = ("motorcycle", *(CLASSES[label] for label in sorted(FOUR_WHEELERS)))
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\Z")


class WrongWayAlarm(Struct, frozen=True, kw_only=True, tag_field="rule", tag="wrong_way"):
    """Somebody crosses a line in the direction that nobody may.

    Attributes:
        line: The line.
        direction: The wrong one.
        classes: For whom it is wrong.
        severity: How much it matters.
    """

    line: Name
    direction: Literal["in", "out"]
    classes: tuple[ObjectClass, ...] = _VEHICLES
    severity: Severity = "warning"


class StoppedVehicleAlarm(Struct, frozen=True, kw_only=True, tag_field="rule", tag="stopped_vehicle"):
    """A vehicle stands in a zone for too long.

    Attributes:
        zone: The zone.
        after_s: For how long one may stand there.
        classes: Which vehicles.
        severity: How much it matters.
    """

    zone: Name
    after_s: Annotated[float, Meta(ge=1, le=86_400)] = 60.0
    classes: tuple[ObjectClass, ...] = _MOTORS
    severity: Severity = "warning"


class CrowdingAlarm(Struct, frozen=True, kw_only=True, tag_field="rule", tag="crowding"):
    """Too many people in a zone; either bound is enough, and one must be given.

    Attributes:
        zone: The zone.
        people: From so many on.
        per_m2: From so many per square metre on; the camera must be calibrated.
        hold_s: How long it must last; it is over when it has been so for as long.
        severity: How much it matters.
    """

    zone: Name
    people: Annotated[int, Meta(ge=1)] | None = None
    per_m2: Annotated[float, Meta(gt=0, le=20)] | None = None
    hold_s: Hold = 10.0
    severity: Severity = "warning"

    def __post_init__(self) -> None:
        if self.people is None and self.per_m2 is None:
            raise ValueError("people: say from how many people, or per_m2, on a zone is crowded")


class Hours(Struct, frozen=True, kw_only=True):
    """A time of some days of the week; one that ends before it begins lasts over midnight.

    Attributes:
        days: On which days it begins.
        from_: When it begins, ``HH:MM``.
        to: When it ends, not included; ``00:00`` to ``00:00`` is the whole day.
    """

    days: tuple[Day, ...] = DAYS
    from_: str = field(name="from", default="00:00")
    to: str = "00:00"

    def __post_init__(self) -> None:
        for key, text in (("from", self.from_), ("to", self.to)):
            if not _CLOCK.match(text):
                raise ValueError(f"{key}: '{text}' is no time of day; write it in quotes, from '00:00' to '23:59'")
        if not self.days:
            raise ValueError("days: needs one day or more")


class IntrusionAlarm(Struct, frozen=True, kw_only=True, tag_field="rule", tag="intrusion"):
    """Somebody is in a zone at a time when nobody may be.

    Attributes:
        zone: The zone.
        classes: Who may not be there.
        hours: When; always, where none are given.
        time_zone: Of the hours, an IANA name; needed where there are hours, as a box's own may be any.
        after_s: How long one must have been there.
        severity: How much it matters.
    """

    zone: Name
    classes: tuple[ObjectClass, ...] = CLASSES
    hours: tuple[Hours, ...] = ()
    time_zone: str | None = None
    after_s: Hold = 2.0
    severity: Severity = "critical"

    def __post_init__(self) -> None:
        if self.time_zone is None:
            if self.hours:
                raise ValueError("hours: of which time_zone? Add one like 'Asia/Ho_Chi_Minh', or 'UTC'")
            return
        try:
            zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(
                f"time_zone: '{self.time_zone}' is no time zone; write one like 'Asia/Ho_Chi_Minh'"
            ) from error


AlarmSettings: TypeAlias = WrongWayAlarm | StoppedVehicleAlarm | CrowdingAlarm | IntrusionAlarm
