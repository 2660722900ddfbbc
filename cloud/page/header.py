"""The top of the page: name, range, whether data flows, time zone, language and appearance."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from nicegui.element import Element

from cloud.page.desk import Sight
from cloud.page.elements import Text, box, button, icon, set_attribute
from cloud.page.formats import LANGUAGES, clock, day, duration, zone_label
from cloud.page.periods import PERIODS, Period
from cloud.page.texts import CATALOGUES
from cloud.page.viewer import THEMES, Theme, Viewer

_THEME_ICONS: Final = {"auto": "brightness_auto", "light": "light_mode", "dark": "dark_mode"}
_LATE_WINDOWS: Final = 2.0
"""So many windows without news, and a little, and the page no longer calls itself live."""
_LATE_S: Final = 20.0


class Header:
    """The header of one visitor.

    Args:
        viewer: Who looks.
        on_period: Told the range that is chosen.
        on_theme: Told the appearance that is chosen.
    """

    def __init__(
        self, viewer: Viewer, *, on_period: Callable[[Period], object], on_theme: Callable[[Theme], object]
    ) -> None:
        self._texts = viewer.texts
        self._on_period = on_period
        self._on_theme = on_theme
        self._periods: dict[Period, Element] = {}
        self._theme: Theme = viewer.theme
        with box("header", "header"):
            self._name()
            with box("div", "tools"):
                self._build_periods(viewer.period)
                self._build_state()
                self._build_clock()
                self._build_languages()
                self._build_theme()

    def show(self, sight: Sight, viewer: Viewer, now: datetime) -> None:
        """Show whether data flows, and the time.

        Args:
            sight: What there is.
            viewer: Who looks.
            now: This moment.
        """
        texts = self._texts
        state, words, age = "none", texts("no_data"), ""
        newest = sight.board.newest if sight.board else None
        if sight.board and newest:
            age_s = (now - newest).total_seconds()
            flows = sight.connected and age_s <= _LATE_WINDOWS * sight.board.window_s + _LATE_S
            state = "live" if flows else "stale"
            words = texts(state)
            age = texts(f"{state}_age", age=duration(age_s, texts.language))
        set_attribute(self._pill, "data-state", state)
        self._state.set_text(words)
        self._age.set_text(age)
        self._time.set_text(clock(now, viewer.zone))
        self._day.set_text(day(now, viewer.zone, texts.language))
        self._zone.set_text(zone_label(now, viewer.zone))

    def choose_period(self, period: Period) -> None:
        """Mark the range that is shown."""
        for known, element in self._periods.items():
            set_attribute(element, "aria-pressed", "true" if known == period else "false")

    def _name(self) -> None:
        with box("div", "brand"):
            box("span", "logo", aria_hidden="true")
            with box("h1"):
                Text("CityEdge", classes="brand-name")
                Text(" · ", classes="brand-dot")
                Text(self._texts("centre"), classes="brand-what")

    def _build_periods(self, chosen: Period) -> None:
        with box("div", "segments", role="group", aria_label=self._texts("range")):
            for period in PERIODS:
                self._periods[period] = button(
                    self._texts(f"range_{period}"),
                    partial(self._on_period, period),
                    classes="segment",
                    data_testid=f"range-{period}",
                )
        self.choose_period(chosen)

    def _build_state(self) -> None:
        with box("div", "pill", data_testid="live", data_state="none") as self._pill:
            box("span", "dot", aria_hidden="true")
            self._state = Text(classes="pill-state")
            self._age = Text(classes="pill-age", data_testid="data-age")

    def _build_clock(self) -> None:
        with box("div", "clock", data_testid="clock"):
            with box("div", "clock-line"):
                self._day = Text(classes="clock-day")
                self._time = Text(classes="clock-time")
            self._zone = Text(classes="clock-zone", data_testid="zone")

    def _build_languages(self) -> None:
        with box("nav", "segments", aria_label=self._texts("language")):
            for language in LANGUAGES:
                Text(
                    language.upper(),
                    tag="a",
                    classes="segment",
                    href=f"?lang={language}",
                    hreflang=language,
                    title=CATALOGUES[language]["language_name"],
                    aria_current="true" if language == self._texts.language else "false",
                    data_testid=f"lang-{language}",
                )

    def _build_theme(self) -> None:
        with button("", self._next_theme, classes="round", data_testid="theme") as self._button:
            self._icon = icon(_THEME_ICONS[self._theme])
        self._name_theme()

    def _next_theme(self) -> None:
        self._theme = THEMES[(THEMES.index(self._theme) + 1) % len(THEMES)]
        self._icon.set_text(_THEME_ICONS[self._theme])
        self._name_theme()
        self._on_theme(self._theme)

    def _name_theme(self) -> None:
        words = f"{self._texts('theme')}: {self._texts(f'theme_{self._theme}')}"
        set_attribute(self._button, "title", words)
        set_attribute(self._button, "aria-label", words)
