"""Whether a moment lies within given hours of the week, on the clocks of a given place."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from typing import Final, TypeAlias

from edge.settings.alarms import DAYS, Hours

_Clock: TypeAlias = tuple[int, int]

_DAY: Final = dt.timedelta(days=1)


class Timetable:
    """Some hours of the week, as the clocks on the wall show them.

    Where clocks are set forward, hours that begin in the time that is skipped begin when it is over; where they
    are set back, the hour that there is twice belongs to the timetable twice or not at all.

    Args:
        hours: When; where none are given, always.
        time_zone: Where the clocks hang, an IANA name such as ``Asia/Ho_Chi_Minh``.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: There is no such time zone.
    """

    def __init__(self, hours: Sequence[Hours], time_zone: str) -> None:
        self._hours = tuple((frozenset(item.days), _clock(item.from_), _clock(item.to)) for item in hours)
        self._zone = zoneinfo.ZoneInfo(time_zone)

    def open_at(self, unix_s: float) -> bool:
        """Whether a moment lies within the hours.

        Args:
            unix_s: The moment, Unix time.

        Returns:
            True from the minute in which hours begin up to the minute in which they end. Hours over midnight
            belong to the day on which they begin.
        """
        now = dt.datetime.fromtimestamp(unix_s, self._zone)
        clock = (now.hour, now.minute)
        today, yesterday = DAYS[now.weekday()], DAYS[(now - _DAY).weekday()]
        return not self._hours or any(
            (today in days and begin <= clock and (clock < end or end <= begin))
            or (yesterday in days and end <= begin and clock < end)
            for days, begin, end in self._hours
        )


def _clock(text: str) -> _Clock:
    hour, minute = text.split(":")
    return int(hour), int(minute)
