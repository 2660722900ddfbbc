"""Numbers, shares, times and ages as people of a language write them. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Language: TypeAlias = Literal["en", "vi"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "vi")

NOTHING: Final = "–"
"""Stands where a number would, had anybody looked."""

_WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"),
}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS: Final[Mapping[Language, tuple[str, str, str, str]]] = {
    "en": ("s", "min", "h", "d"),
    "vi": ("giây", "phút", "giờ", "ngày"),
}
_PLACES: Final = {"Saigon": "Ho Chi Minh", "Calcutta": "Kolkata", "Rangoon": "Yangon", "Katmandu": "Kathmandu"}
"""Browsers go on using names that places no longer have."""
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def number(value: float | None, language: Language, *, digits: int = 0) -> str:
    """A number with the language's separators.

    Args:
        value: The number; None is shown as a dash.
        language: ``en`` writes 1,234.5 and ``vi`` 1.234,5.
        digits: Digits after the decimal separator.

    Returns:
        The text.
    """
    if value is None:
        return NOTHING
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text


def share(value: float | None, language: Language) -> str:
    """A share as a percentage; never rounded up to a whole that it is not.

    Args:
        value: From 0 to 1; None is shown as a dash.
        language: Whose separators.

    Returns:
        For example ``97%``, ``99.9%``.
    """
    if value is None:
        return NOTHING
    percent = value * 100
    if 99.0 < percent < 100.0:  # noqa: PLR2004 - a hundred per cent means all of it
        return f"{number(min(percent, 99.9), language, digits=1)}%"
    return f"{number(percent, language)}%"


def duration(seconds: float, language: Language) -> str:
    """An age or a length of time, in the largest unit that fits: ``8 s``, ``3 min``, ``2 h``, ``5 d``.

    Args:
        seconds: How long; below zero counts as zero.
        language: Whose units.

    Returns:
        The text.
    """
    whole = max(0, int(seconds))
    scale = ((86_400, 3), (3_600, 2), (60, 1), (1, 0))
    size, unit = next(((size, unit) for size, unit in scale if whole >= size), (1, 0))
    return f"{number(whole // size, language)}{_NO_BREAK}{_UNITS[language][unit]}"


def per(seconds: int, language: Language) -> str:
    """A length of time as what something is counted by: ``min`` in "crossings per min", ``15 min``.

    Args:
        seconds: How long.
        language: Whose units.

    Returns:
        The text; a single unit goes without its 1.
    """
    return duration(seconds, language).removeprefix(f"1{_NO_BREAK}")


def clock(moment: datetime, zone: tzinfo, *, seconds: bool = False) -> str:
    """The time of day in a time zone, 24 hours.

    Args:
        moment: Timezone-aware.
        zone: Where.
        seconds: With seconds.

    Returns:
        For example ``14:03`` or ``14:03:25``.
    """
    return moment.astimezone(zone).strftime("%H:%M:%S" if seconds else "%H:%M")


def day(moment: datetime, zone: tzinfo, language: Language) -> str:
    """The day in a time zone.

    Args:
        moment: Timezone-aware.
        zone: Where.
        language: ``en`` writes ``Sun 22 Nov`` and ``vi`` ``CN 22/11``.

    Returns:
        The text.
    """
    there = moment.astimezone(zone)
    weekday = _WEEKDAYS[language][there.weekday()]
    if language == "vi":
        return f"{weekday}{_NO_BREAK}{there:%d/%m}"
    return f"{weekday}{_NO_BREAK}{there.day}{_NO_BREAK}{_MONTHS[there.month - 1]}"


def span(start: datetime, end: datetime, zone: tzinfo) -> str:
    """From one time of day to another, with seconds only where minutes would not tell them apart.

    Args:
        start: Timezone-aware.
        end: Timezone-aware.
        zone: Where.

    Returns:
        For example ``14:03–14:04`` or ``14:03:10–14:03:20``.
    """
    seconds = bool(start.second or end.second)
    return f"{clock(start, zone, seconds=seconds)}–{clock(end, zone, seconds=seconds)}"


def zone_of(name: str | None) -> tzinfo:
    """The time zone of a name that a browser sent.

    Args:
        name: An IANA name, ``Asia/Ho_Chi_Minh``.

    Returns:
        The zone; UTC where the name is none or unknown on this machine.
    """
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def zone_label(moment: datetime, zone: tzinfo) -> str:
    """A time zone as a person reads it: its place and its distance from UTC.

    Args:
        moment: When; the distance changes with daylight saving.
        zone: The zone.

    Returns:
        For example ``Ho Chi Minh (UTC+7)``, ``UTC``.
    """
    place = str(zone).rpartition("/")[2].replace("_", " ")
    place = _PLACES.get(place, place)
    if place in {"UTC", "GMT"}:
        return "UTC"
    offset = moment.astimezone(zone).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    distance = f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
    return f"{place} ({distance})"
