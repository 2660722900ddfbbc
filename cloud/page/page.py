"""The page of one visitor: its parts put together, and kept up to date without a reload."""

import json
from dataclasses import replace
from typing import Final

from nicegui import ui
from nicegui.events import GenericEventArguments

from cloud.page.alerts import Alerts
from cloud.page.cameras import Cameras
from cloud.page.desk import Desk, Sight
from cloud.page.elements import Text, box
from cloud.page.formats import zone_of
from cloud.page.gateways import Gateways
from cloud.page.header import Header
from cloud.page.notices import Notices, Welcome
from cloud.page.periods import Period
from cloud.page.totals import Totals
from cloud.page.trend import Trend
from cloud.page.viewer import PERIOD_COOKIE, THEME_COOKIE, Ground, Theme, Viewer

_TICK_S: Final = 1.0
_LEAST_LETTERS_PX: Final = 8.0
_MOST_LETTERS_PX: Final = 64.0


class Page:
    """One visitor's page.

    Args:
        desk: Where to look.
        viewer: Who looks.
    """

    def __init__(self, desk: Desk, viewer: Viewer) -> None:
        self._desk = desk
        self._viewer = viewer
        self._ground: Ground | None = None

    def build(self, sight: Sight) -> None:
        """Build the page with what there is, so that its first picture has the numbers already.

        Args:
            sight: What there is.
        """
        texts = self._viewer.texts
        Text(texts("skip"), tag="a", classes="skip", href="#counts")
        self._header = Header(self._viewer, on_period=self._choose_period, on_theme=self._choose_theme)
        self._notices = Notices(texts)
        with box("main", "main", id="counts"):
            self._welcome = Welcome(texts)
            with box("div", "layout") as self._layout:
                with box("div", "wide") as self._counts:
                    self._totals = Totals(self._viewer)
                    self._cameras = Cameras()
                    self._trend = Trend(self._viewer)
                    self._alerts = Alerts(self._viewer)
                self._gateways = Gateways(self._viewer)
        self._show(sight)
        ui.on("cityedge_view", self._take_view)
        ui.timer(_TICK_S, self._tick)

    async def _tick(self) -> None:
        self._show(await self._desk.look(self._viewer.period, self._viewer.zone))

    def _show(self, sight: Sight) -> None:
        now, viewer = self._desk.now(), self._viewer
        self._header.show(sight, viewer, now)
        self._notices.show(sight, now)
        board = sight.board
        seen = board is not None and bool(board.cameras or board.gateways)
        counted = board is not None and bool(board.cameras)
        self._welcome.set_visible(visible=board is not None and not counted)
        self._welcome.show(gateways=seen)
        self._layout.set_visibility(seen)
        self._counts.set_visibility(counted)
        if board is not None and seen:
            self._totals.show(board, viewer)
            self._cameras.show(board, viewer, now)
            self._gateways.show(board, viewer, now)
            self._alerts.show(board, viewer, now)
            if self._ground is not None:
                self._trend.show(board, viewer, self._ground)

    async def _take_view(self, event: GenericEventArguments) -> None:
        """The browser says in which time zone it is, and what it draws on."""
        self._viewer = replace(self._viewer, zone=zone_of(str(event.args["zone"])))
        self._ground = Ground(
            dark=bool(event.args["dark"]),
            width_px=float(event.args["width"]),
            letters_px=min(_MOST_LETTERS_PX, max(_LEAST_LETTERS_PX, float(event.args["letters"]))),
        )
        await self._tick()

    async def _choose_period(self, period: Period) -> None:
        self._viewer = replace(self._viewer, period=period)
        self._header.choose_period(period)
        _remember(PERIOD_COOKIE, period)
        await self._tick()

    def _choose_theme(self, theme: Theme) -> None:
        self._viewer = replace(self._viewer, theme=theme)
        _remember(THEME_COOKIE, theme)


def _remember(cookie: str, value: str) -> None:
    ui.run_javascript(f"cityedge.remember({json.dumps(cookie)}, {json.dumps(value)})")
