"""The live counters: a card per camera with its lines, its zones and how it sees."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from nicegui.element import Element

from cloud.page.board import Board, CameraKey, CameraView, LineView, ZoneView
from cloud.page.elements import Figure, Text, box, icon, set_attribute
from cloud.page.formats import duration, number, share, span
from cloud.page.palette import CLASS_ICONS, OTHER_ICON
from cloud.page.viewer import Viewer

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
_SHOWN_FROM: Final = 0.05
"""Fewer of a class in a zone are written as 0.0, and left out."""


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
                self._rate = Text(title=texts("rate_hint"), data_testid=f"rate-{name}")
                self._age = Text(title=texts("age_hint"), data_testid=f"age-{name}")
            self._lines = self._build_lines(camera, viewer)
            self._zones = self._build_zones(camera, viewer)

    def _build_lines(self, camera: CameraView, viewer: Viewer) -> "list[_Line]":
        if not camera.lines and not camera.zones:
            texts = viewer.texts
            Text(texts("no_lines", range=texts(f"range_{viewer.period}_title")), tag="p", classes="soft")
        with box("div", "lines"):
            return [_Line(camera.key.camera, line, viewer) for line in camera.lines]

    def _build_zones(self, camera: CameraView, viewer: Viewer) -> "list[_Zone]":
        with box("div", "zones"):
            return [_Zone(camera.key.camera, zone, viewer) for zone in camera.zones]

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
        for line_view, line in zip(self._lines, camera.lines, strict=True):
            line_view.show(line, viewer, watched=camera.observed != 0)
        for zone_view, zone in zip(self._zones, camera.zones, strict=True):
            zone_view.show(zone)


class _Line:
    """One line: big totals, and a row per class."""

    def __init__(self, camera: str, line: LineView, viewer: Viewer) -> None:
        self._texts = viewer.texts
        stem = f"count-{camera}-{line.name}"
        with box("section", "line", aria_label=f"{viewer.texts('line')} {line.name}"):
            with box("div", "line-top"):
                with box("div", "line-head"):
                    with box("div", "place"):
                        Text(viewer.texts("line"), classes="soft")
                        Text(line.name, classes="line-name")
                    self._range = Text(classes="soft")
                    self._last = Text(classes="soft", data_testid=f"last-{camera}-{line.name}")
                self._in = self._total("in", "login", f"{stem}-total-in")
                self._out = self._total("out", "logout", f"{stem}-total-out")
            with box("div", "classes"):
                self._rows = {class_: self._row(class_, stem) for class_ in line.counts}

    def _total(self, direction: str, picture: str, testid: str) -> Figure:
        with box("div", f"total {direction}"):
            with box("span", "total-label"):
                icon(picture)
                Text(self._texts(direction))
            return Figure(self._texts.language, testid=testid, classes="huge")

    def _row(self, class_: str, stem: str) -> Callable[[int, int], None]:
        language = self._texts.language
        with box("div", f"class class-{class_}"):
            icon(CLASS_ICONS.get(class_, OTHER_ICON))
            Text(self._texts.name("class", class_), classes="class-name")
            in_ = Figure(language, testid=f"{stem}-{class_}-in", classes="in")
            out = Figure(language, testid=f"{stem}-{class_}-out", classes="out")

        def show(entered: int, left: int) -> None:
            in_.show(entered)
            out.show(left)

        return show

    def show(self, line: LineView, viewer: Viewer, *, watched: bool) -> None:
        self._range.set_text(self._texts(f"range_{viewer.period}_title"))
        self._in.show(line.total.in_)
        self._out.show(line.total.out)
        for class_, tally in line.counts.items():
            self._rows[class_](tally.in_, tally.out)
        self._last.set_text(self._last_words(line, watched=watched))

    def _last_words(self, line: LineView, *, watched: bool) -> str:
        if line.last is None:
            return "" if watched else self._texts("last_window_gap")
        language = self._texts.language
        counts = {"in": number(line.last.in_, language), "out": number(line.last.out, language)}
        return self._texts("last_window_counts", **counts)


class _Zone:
    """One zone: how many are in it, by class."""

    def __init__(self, camera: str, zone: ZoneView, viewer: Viewer) -> None:
        self._texts = viewer.texts
        language = viewer.texts.language
        stem = f"zone-{camera}-{zone.name}"
        with box("section", "zone", aria_label=f"{viewer.texts('zone')} {zone.name}"):
            with box("div", "place"):
                Text(viewer.texts("zone"), classes="soft")
                Text(zone.name, classes="line-name")
            with box("div", "zone-now", title=viewer.texts("in_zone_hint")):
                self._mean = Figure(language, testid=f"{stem}-occupancy", classes="big", digits=1)
                Text(viewer.texts("in_zone_now"), classes="soft")
            self._classes: Element = box("div", "zone-classes")
            with box("div", "facts"):
                self._peak = Text(data_testid=f"{stem}-peak")
                self._entries = Text(data_testid=f"{stem}-entries")
                self._exits = Text(data_testid=f"{stem}-exits")
        self._shares: dict[str, Text] = {}

    def show(self, zone: ZoneView) -> None:
        texts = self._texts
        means = zone.occupancy or {}
        self._mean.show(sum(means.values()) if zone.occupancy is not None else None)
        self._show_classes({class_: mean for class_, mean in means.items() if mean >= _SHOWN_FROM})
        self._peak.set_text(texts("peak", count=number(zone.peak, texts.language)))
        self._entries.set_text(texts("entries", count=number(zone.entries, texts.language)))
        self._exits.set_text(texts("exits", count=number(zone.exits, texts.language)))

    def _show_classes(self, present: dict[str, float]) -> None:
        if list(present) != list(self._shares):
            self._classes.clear()
            with self._classes:
                self._shares = {class_: self._share(class_) for class_ in present}
        for class_, mean in present.items():
            self._shares[class_].set_text(number(mean, self._texts.language, digits=1))

    def _share(self, class_: str) -> Text:
        with box("span", f"zone-class class-{class_}", title=self._texts.name("class", class_)):
            icon(CLASS_ICONS.get(class_, OTHER_ICON))
            return Text(classes="figure")
