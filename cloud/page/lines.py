"""The lines of one camera, as tables: a row per class, two columns per line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cloud.page.board import in_order
from cloud.page.elements import Figure, Text, box, icon
from cloud.page.palette import CLASS_ICONS, OTHER_ICON
from cloud.page.viewer import Viewer
from cloud.page.views import CameraView, LineView, Tally

_PER_TABLE: Final = 2
"""Lines side by side in a table: as many as a phone shows."""


@dataclass(frozen=True)
class _Pair:
    """In and out of one line in one row."""

    in_: Figure
    out: Figure

    def show(self, tally: Tally | None) -> None:
        self.in_.show(None if tally is None else tally.in_)
        self.out.show(None if tally is None else tally.out)


class LineTables:
    """The tables of one camera's lines.

    Args:
        camera: The camera.
        viewer: Who looks.
    """

    def __init__(self, camera: CameraView, viewer: Viewer) -> None:
        chunks = [camera.lines[nth : nth + _PER_TABLE] for nth in range(0, len(camera.lines), _PER_TABLE)]
        with box("div", "lines"):
            self._tables = [_Table(camera.key.camera, lines, viewer) for lines in chunks]

    def show(self, camera: CameraView, viewer: Viewer) -> None:
        """Show the lines' counts.

        Args:
            camera: The camera, with the lines that it was built with.
            viewer: Who looks.
        """
        by_name = {line.name: line for line in camera.lines}
        for table in self._tables:
            table.show(by_name, viewer)


class _Table:
    def __init__(self, camera: str, lines: Sequence[LineView], viewer: Viewer) -> None:
        self._texts = viewer.texts
        self._camera = camera
        self._names = [line.name for line in lines]
        texts = self._texts
        with box("table", "line-table", data_lines=str(len(lines))):
            with box("thead"):
                self._build_names()
                self._build_ways()
            with box("tbody"):
                with box("tr", "total-row"):
                    self._range = Text(tag="th", scope="row", classes="soft")
                    self._totals = self._pairs("total", "huge")
                self._classes = {
                    class_: self._class_row(class_)
                    for class_ in in_order(class_ for line in lines for class_ in line.counts)
                }
                with box("tr", "last-row"):
                    Text(texts("last_row"), tag="th", scope="row", title=texts("last_row_hint"))
                    self._last = self._pairs("last", "")

    def _build_names(self) -> None:
        with box("tr"):
            Text(self._texts("line"), tag="th", classes="soft", scope="row")
            for name in self._names:
                Text(name, tag="th", classes="line-name", colspan="2", scope="colgroup", title=name)

    def _build_ways(self) -> None:
        with box("tr", "ways"):
            box("td")
            for _ in self._names:
                for way, picture in (("in", "login"), ("out", "logout")):
                    with box("th", way, scope="col"), box("span", "way"):
                        icon(picture)
                        Text(self._texts(way))

    def _class_row(self, class_: str) -> dict[str, _Pair]:
        with box("tr", f"class-{class_}"):
            with box("th", scope="row"), box("span", "class-name"):
                icon(CLASS_ICONS.get(class_, OTHER_ICON))
                Text(self._texts.name("class", class_))
            return self._pairs(class_, "")

    def _pairs(self, row: str, classes: str) -> dict[str, _Pair]:
        return {name: self._pair(name, row, classes) for name in self._names}

    def _pair(self, name: str, row: str, classes: str) -> _Pair:
        figures = []
        for way in ("in", "out"):
            with box("td", way):
                testid = f"count-{self._camera}-{name}-{row}-{way}"
                figures.append(Figure(self._texts.language, testid=testid, classes=classes))
        return _Pair(*figures)

    def show(self, lines: dict[str, LineView], viewer: Viewer) -> None:
        self._range.set_text(self._texts(f"range_{viewer.period}_title"))
        for name in self._names:
            line = lines[name]
            self._totals[name].show(line.total)
            self._last[name].show(line.last)
            for class_, pairs in self._classes.items():
                pairs[name].show(line.counts.get(class_))
