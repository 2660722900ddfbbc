"""The gateways: whether they speak, how their cameras see, and whether their books close."""

from datetime import datetime
from typing import Final

from nicegui.element import Element

from cloud.page.elements import Figure, Text, box, icon, set_attribute
from cloud.page.formats import duration, number
from cloud.page.viewer import Viewer
from cloud.page.views import Board, BooksView, GatewayKey, GatewayView

_PARTS: Final = ("stored", "queued", "expired", "refused")


class Gateways:
    """The gateway cards of one visitor.

    Args:
        viewer: Who looks.
    """

    def __init__(self, viewer: Viewer) -> None:
        with box("aside", "gateways", aria_labelledby="gateways-title"):
            with box("div", "section-head"):
                Text(viewer.texts("gateways"), tag="h2", id="gateways-title")
            self._box = box("div", "gateway-list", data_testid="gateways")
        self._cards: dict[GatewayKey, _Card] = {}

    def show(self, board: Board, viewer: Viewer, now: datetime) -> None:
        """Show a board's gateways.

        Args:
            board: What there is.
            viewer: Who looks.
            now: This moment.
        """
        if [gateway.key for gateway in board.gateways] != list(self._cards):
            self._box.clear()
            with self._box:
                self._cards = {gateway.key: _Card(gateway, viewer) for gateway in board.gateways}
        for gateway in board.gateways:
            self._cards[gateway.key].show(gateway, now)


class _Card:
    def __init__(self, gateway: GatewayView, viewer: Viewer) -> None:
        self._texts = texts = viewer.texts
        name = gateway.key.gateway
        self._stem = f"gateway-{name}"
        with box("article", "card gateway", aria_label=name, data_testid=self._stem):
            with box("div", "camera-head"):
                with box("div", "camera-title"):
                    Text(name, tag="h3")
                    Text(gateway.key.site, classes="soft")
                with box("span", "badge", data_testid=f"{self._stem}-state") as self._badge:
                    self._badge_icon = icon("cloud_done")
                    self._badge_text = Text()
            with box("div", "facts"):
                self._version = Text(data_testid=f"{self._stem}-version")
                self._seen = Text(data_testid=f"{self._stem}-seen")
                self._queue = Text(title=texts("queue_hint"), data_testid=f"{self._stem}-queue")
            self._cameras: Element = box("div", "gateway-cameras")
            self._books = _Books(self._stem, viewer)
        self._states: dict[str, tuple[Element, Text]] = {}

    def show(self, gateway: GatewayView, now: datetime) -> None:
        texts = self._texts
        state = "online" if gateway.online else "offline"
        set_attribute(self._badge, "data-state", state)
        self._badge_icon.set_text("cloud_done" if gateway.online else "cloud_off")
        self._badge_text.set_text(texts(state))
        self._version.set_text(texts("version", version=gateway.version) if gateway.version else "")
        if gateway.seen:
            age_s = (now - gateway.seen).total_seconds()
            self._seen.set_text(texts("last_seen", age=duration(age_s, texts.language)))
        queued = gateway.books.queued if gateway.books else None
        self._queue.set_text(texts("queue", count=number(queued, texts.language)))
        self._show_cameras(gateway)
        self._books.show(gateway.books)

    def _show_cameras(self, gateway: GatewayView) -> None:
        if list(gateway.cameras) != list(self._states):
            self._cameras.clear()
            with self._cameras:
                self._states = {camera: self._camera(camera) for camera in gateway.cameras}
        for camera, see in gateway.cameras.items():
            chip, words = self._states[camera]
            set_attribute(chip, "data-state", see)
            words.set_text(self._texts.name("see", see))

    def _camera(self, camera: str) -> tuple[Element, Text]:
        with box("div", "chip", data_testid=f"{self._stem}-camera-{camera}") as chip:
            box("span", "dot", aria_hidden="true")
            Text(camera, classes="chip-name")
            return chip, Text(classes="soft")


class _Books:
    """produced = stored + queued + expired + refused."""

    def __init__(self, stem: str, viewer: Viewer) -> None:
        self._texts = texts = viewer.texts
        with box("section", "books", aria_label=texts("books")) as self._section:
            with box("div", "books-head"):
                Text(texts("books"), classes="soft")
                with box("span", "verdict", data_testid=f"{stem}-closes") as self._verdict:
                    self._verdict_icon = icon("check_circle")
                    self._verdict_text = Text()
            with box("dl", "sheet"):
                self._figures = {part: self._part(stem, part) for part in ("produced", *_PARTS)}

    def _part(self, stem: str, part: str) -> Figure:
        sign = {"produced": "", "stored": "="}.get(part, "+")
        with box("div", f"sheet-row sheet-{part}"):
            Text(sign, classes="sign", aria_hidden="true")
            Text(self._texts(part), tag="dt")
            with box("dd"):
                return Figure(self._texts.language, testid=f"{stem}-{part}")

    def show(self, books: BooksView | None) -> None:
        state, words = "unknown", self._texts("no_books")
        if books is not None:
            closes = books.lost == 0
            state = "closes" if closes else "lost"
            lost = number(books.lost, self._texts.language)
            words = self._texts("closes") if closes else self._texts("closes_not", count=lost)
        set_attribute(self._verdict, "data-state", state)
        pictures = {"closes": "check_circle", "lost": "error", "unknown": "hourglass_empty"}
        self._verdict_icon.set_text(pictures[state])
        self._verdict_text.set_text(words)
        for part, figure in self._figures.items():
            figure.show(getattr(books, part) if books else None)
