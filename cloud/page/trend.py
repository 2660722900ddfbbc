"""The chart's card: choose camera, line and direction, and see the counts over time with their gaps."""

from dataclasses import replace
from typing import Final, cast

from nicegui import ui

from cloud.page.bars import DIRECTIONS, Bars, Direction, Selection, bars, since_first
from cloud.page.chart import Style, options
from cloud.page.elements import Choice, Text, box
from cloud.page.formats import per, share
from cloud.page.palette import DARK, LIGHT
from cloud.page.viewer import Ground, Viewer
from cloud.page.views import Board, CameraKey, CameraView

_ALL: Final = ""
_USUAL_LETTERS_PX: Final = 16.0
_LEAST_PX: Final = 100.0
_MARGINS_PX: Final = 130.0
"""What of the window's width is left and right of the chart's bars."""


class Trend:
    """The chart of one visitor.

    Args:
        viewer: Who looks.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._board: Board | None = None
        self._selection: Selection | None = None
        self._drawn: tuple[object, ...] = ()
        self._ground: Ground | None = None
        texts = viewer.texts
        with box("section", "card trend", aria_labelledby="trend-title"):
            with box("div", "trend-head"):
                with box("div", "section-head"):
                    Text(texts("chart"), tag="h2", id="trend-title")
                    self._caption = Text(classes="soft", data_testid="chart-caption")
                with box("div", "choices"):
                    self._camera = Choice(texts("chart_camera"), self._choose_camera, testid="chart-camera")
                    self._line = Choice(texts("chart_line"), self._choose_line, testid="chart-line")
                    self._way = Choice(texts("chart_direction"), self._choose_way, testid="chart-direction")
            with box("div", "chart-box"):
                self._chart = ui.echart({}).classes("chart").props("data-testid=chart role=img")
                self._empty = Text(texts("chart_empty"), tag="p", classes="chart-empty soft")
        self._chart.props["aria-label"] = texts("chart_aria")

    def show(self, board: Board, viewer: Viewer, ground: Ground) -> None:
        """Draw a board's counts; nothing is sent while they stay the same.

        Args:
            board: What there is.
            viewer: Who looks.
            ground: What it is drawn on.
        """
        self._board, self._viewer, self._ground = board, viewer, ground
        self._redraw()

    def _redraw(self) -> None:
        board = self._board
        if board is None or not board.cameras or self._ground is None:
            return
        camera, selection = self._current(board)
        self._offer(board, camera, selection)
        shown = bars(board.series, selection)
        if shown is not None and selection.camera not in board.older:
            shown = since_first(shown)
        self._empty.set_visibility(shown is None)
        self._chart.set_visibility(shown is not None)
        drawn = (shown, board.frame.bucket_s, self._ground, str(self._viewer.zone))
        if shown is None or drawn == self._drawn:
            return
        self._drawn = drawn
        self._draw(shown, board.frame.bucket_s, self._ground)

    def _draw(self, shown: Bars, bucket_s: int, ground: Ground) -> None:
        texts = self._viewer.texts
        style = Style(
            texts=texts,
            zone=self._viewer.zone,
            palette=DARK if ground.dark else LIGHT,
            width_px=max(_LEAST_PX, ground.width_px - _MARGINS_PX),
            scale=ground.letters_px / _USUAL_LETTERS_PX,
        )
        self._caption.set_text(
            " · ".join(
                (
                    texts("chart_per", bucket=per(bucket_s, texts.language)),
                    texts("chart_watched", share=share(shown.watched, texts.language)),
                )
            )
        )
        self._chart.options.clear()
        self._chart.options.update(options(shown, bucket_s=bucket_s, style=style))
        self._chart.update()

    def _current(self, board: Board) -> tuple[CameraView, Selection]:
        """What is chosen, or the nearest to it that there still is."""
        cameras = {camera.key: camera for camera in board.cameras}
        selection = self._selection
        if selection is None or selection.camera not in cameras:
            selection = Selection(max(board.cameras, key=_crossings).key)
        camera = cameras[selection.camera]
        if selection.line not in {line.name for line in camera.lines}:
            selection = replace(selection, line=None)
        self._selection = selection
        return camera, selection

    def _offer(self, board: Board, camera: CameraView, selection: Selection) -> None:
        texts = self._viewer.texts
        several = len({one.key.gateway for one in board.cameras}) > 1
        names = [
            (_value(one.key), f"{one.key.camera} ({one.key.gateway})" if several else one.key.camera)
            for one in board.cameras
        ]
        lines = [(_ALL, texts("all_lines")), *((line.name, line.name) for line in camera.lines)]
        self._camera.show(names, _value(selection.camera))
        self._line.show(lines, selection.line or _ALL)
        self._way.show([(way, texts(way)) for way in DIRECTIONS], selection.direction)

    def _choose_camera(self, value: str) -> None:
        if self._selection:
            site, gateway, camera = value.split("/")
            self._selection = replace(self._selection, camera=CameraKey(site, gateway, camera), line=None)
            self._redraw()

    def _choose_line(self, value: str) -> None:
        if self._selection:
            self._selection = replace(self._selection, line=value or None)
            self._redraw()

    def _choose_way(self, value: str) -> None:
        if self._selection:
            self._selection = replace(self._selection, direction=cast("Direction", value))
            self._redraw()


def _crossings(camera: CameraView) -> int:
    return sum(line.total.both for line in camera.lines)


def _value(key: CameraKey) -> str:
    return "/".join(key)
