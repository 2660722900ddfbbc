"""Who looks: language, time zone, ground and range, as the address, the browser and its cookie say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final, Literal, TypeAlias
from urllib.parse import unquote

from cloud.page.formats import zone_of
from cloud.page.periods import Period, period_of
from cloud.page.texts import Texts, choose

Theme: TypeAlias = Literal["auto", "light", "dark"]
THEMES: Final[tuple[Theme, ...]] = ("auto", "light", "dark")

LANGUAGE_COOKIE: Final = "cityedge_language"
THEME_COOKIE: Final = "cityedge_theme"
ZONE_COOKIE: Final = "cityedge_zone"
PERIOD_COOKIE: Final = "cityedge_period"


@dataclass(frozen=True)
class Ground:
    """What the page is shown on, as the browser says.

    Attributes:
        dark: A dark ground.
        width_px: Width of the browser's window.
        letters_px: Size of its letters.
    """

    dark: bool
    width_px: float
    letters_px: float


@dataclass(frozen=True)
class Viewer:
    """One visitor.

    Attributes:
        texts: In the visitor's language.
        zone: The time zone of the visitor's browser; UTC until it said so.
        theme: What the visitor chose.
        period: The range that the visitor chose.
    """

    texts: Texts
    zone: tzinfo
    theme: Theme
    period: Period


def viewer_of(query: Mapping[str, str], *, cookies: Mapping[str, str], headers: Mapping[str, str]) -> Viewer:
    """The visitor behind a request.

    Args:
        query: Parameters of the address: ``lang``, ``theme`` and ``range`` go before what was chosen earlier.
        cookies: What this browser chose before.
        headers: The request's headers.

    Returns:
        The visitor; whatever is unknown or wrong has its default.
    """
    language = choose(
        query.get("lang"),
        remembered=cookies.get(LANGUAGE_COOKIE),
        accepted=headers.get("accept-language"),
    )
    return Viewer(
        texts=Texts(language),
        zone=zone_of(unquote(cookies.get(ZONE_COOKIE, ""))),
        theme=_theme_of(query.get("theme") or cookies.get(THEME_COOKIE)),
        period=period_of(query.get("range") or cookies.get(PERIOD_COOKIE)),
    )


def _theme_of(name: str | None) -> Theme:
    return name if name in THEMES else "auto"
