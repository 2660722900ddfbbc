"""The wall's big numbers: crossings of the whole city by class."""

from cloud.page.elements import Figure, Text, box, icon
from cloud.page.palette import CLASS_ICONS
from cloud.page.viewer import Viewer
from cloud.page.views import Board


class Totals:
    """The tiles of one visitor.

    Args:
        viewer: Who looks.
    """

    def __init__(self, viewer: Viewer) -> None:
        texts = viewer.texts
        with box("section", "totals", aria_labelledby="totals-title"):
            with box("div", "section-head"):
                self._title = Text(tag="h2", id="totals-title")
                Text(texts("totals_hint"), classes="soft")
            with box("div", "tiles"):
                self._tiles = {class_: self._tile(class_, viewer) for class_ in CLASS_ICONS}

    def show(self, board: Board, viewer: Viewer) -> None:
        """Show a board's totals."""
        texts = viewer.texts
        self._title.set_text(texts("totals", range=texts(f"range_{viewer.period}_title")))
        for class_, figure in self._tiles.items():
            figure.show(board.totals.get(class_, 0))

    @staticmethod
    def _tile(class_: str, viewer: Viewer) -> Figure:
        with box("div", f"card tile class-{class_}"):
            icon(CLASS_ICONS[class_])
            with box("div", "tile-text"):
                figure = Figure(viewer.texts.language, testid=f"total-{class_}", classes="huge")
                Text(viewer.texts.name("class", class_), classes="tile-name")
        return figure
