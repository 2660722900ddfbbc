"""The live counters: a card per camera with its lines, its zones and how it sees."""

from datetime import datetime
from typing import Final

from cloud.page.elements import Text, box, icon, set_attribute
from cloud.page.formats import duration, number, share, span
from cloud.page.lines import LineTables
from cloud.page.moves import Moves
from cloud.page.palette import OTHER_ICON
from cloud.page.viewer import Viewer
from cloud.page.views import Board, CameraKey, CameraView
from cloud.page.zones import ZoneUse

_Shape = tuple[object, ...]
_SEE_ICONS: Final = {
    "ok": "visibility",
    "dark": "bedtime",
    "covered": "visibility_off",
    "defocused": "blur_on",
    "moved": "open_with",
    "frozen": "ac_unit",
    "offline": "videocam_off",
    "silent": "cloud_off",
}


class Cameras:
    """The cards of one visitor."""

    def __init__(self) -> None:
        self._shape: _Shape = ()
        self._cards: dict[CameraKey, _Card] = {}
        self._box = box("div", "cameras", data_testid="cameras")

    def show(self, board: Board, viewer: Viewer, now: datetime) -> None:
        """Show a board; cards are built anew only when a camera, line, zone or class came or went.

        Args:
            board: What there is.
            viewer: Who looks.
            now: This moment.
        """
        shape = tuple(_shape(camera) for camera in board.cameras)
        if shape != self._shape or not self._cards:
            self._shape = shape
            self._box.clear()
            with self._box:
                self._cards = {camera.key: _Card(camera, viewer) for camera in board.cameras}
        for camera in board.cameras:
            self._cards[camera.key].show(camera, viewer, now)


def _shape(camera: CameraView) -> _Shape:
    """What decides which elements a card has."""
    lines = tuple((line.name, *line.counts) for line in camera.lines)
    return (camera.key, lines, tuple(zone.name for zone in camera.zones))


class _Card:
    def __init__(self, camera: CameraView, viewer: Viewer) -> None:
        texts, name = viewer.texts, camera.key.camera
        with box("article", "card camera", aria_label=name, data_testid=f"camera-{name}"):
            with box("div", "camera-head"):
                with box("div", "camera-title"):
                    Text(name, tag="h3")
                    Text(f"{camera.key.site} · {camera.key.gateway}", classes="soft")
                with box("span", "badge", data_testid=f"see-{name}") as self._badge:
                    self._badge_icon = icon("visibility")
                    self._badge_text = Text()
            with box("div", "facts"):
                self._window = Text(data_testid=f"window-{name}")
                self._watched = Text(title=texts("watched_hint"), data_testid=f"watched-{name}")
                self._impaired = Text(title=texts("impaired_hint"), data_testid=f"impaired-{name}")
                self._rate = Text(title=texts("rate_hint"), data_testid=f"rate-{name}")
                self._age = Text(title=texts("age_hint"), data_testid=f"age-{name}")
            with box("div", "camera-body"):
                self._lines = LineTables(camera, viewer)
                with box("div", "zones"):
                    self._zones = [ZoneUse(name, zone, viewer) for zone in camera.zones]
                self._moves = Moves(camera.key.camera, viewer)
                if not camera.lines and not camera.zones:
                    self._empty = Text(tag="p", classes="soft")

    def show(self, camera: CameraView, viewer: Viewer, now: datetime) -> None:
        texts = viewer.texts
        set_attribute(self._badge, "data-state", camera.see)
        self._badge_icon.set_text(_SEE_ICONS.get(camera.see, OTHER_ICON))
        self._badge_text.set_text(texts.name("see", camera.see))
        self._rate.set_text(texts("rate", rate=number(camera.rate_fps, texts.language, digits=1)))
        if camera.start and camera.end:
            age_s = (now - camera.end).total_seconds()
            self._window.set_text(texts("last_window", span=span(camera.start, camera.end, viewer.zone)))
            self._watched.set_text(texts("watched", share=share(camera.observed, texts.language)))
            self._age.set_text(texts("age", age=duration(age_s, texts.language)))
        self._impaired.set_text(_impairment(camera, viewer))
        self._lines.show(camera, viewer)
        for shown, zone in zip(self._zones, camera.zones, strict=True):
            shown.show(zone)
        self._moves.show(camera)
        if not camera.lines and not camera.zones:
            self._empty.set_text(texts("no_lines", range=texts(f"range_{viewer.period}_title")))


def _impairment(camera: CameraView, viewer: Viewer) -> str:
    if camera.impairment is None:
        return ""
    texts = viewer.texts
    reason = texts.name("gap", camera.impairment)
    return texts("impaired", share=share(camera.impaired, texts.language), reason=reason)
