"""One zone of a camera: how many are in it, by class, and how many came and went."""

from typing import Final

from nicegui.element import Element

from cloud.page.elements import Figure, Text, box, icon
from cloud.page.formats import number
from cloud.page.palette import CLASS_ICONS, OTHER_ICON
from cloud.page.viewer import Viewer
from cloud.page.views import ZoneView

_SHOWN_FROM: Final = 0.05
"""Fewer of a class in a zone are written as 0.0, and left out."""


class ZoneUse:
    """One zone.

    Args:
        camera: The camera's name.
        zone: The zone.
        viewer: Who looks.
    """

    def __init__(self, camera: str, zone: ZoneView, viewer: Viewer) -> None:
        self._texts = texts = viewer.texts
        stem = f"zone-{camera}-{zone.name}"
        with box("section", "zone", aria_label=f"{texts('zone')} {zone.name}"):
            with box("div", "place"):
                Text(texts("zone"), classes="soft")
                Text(zone.name, classes="line-name", title=zone.name)
            with box("div", "zone-now", title=texts("in_zone_hint")):
                self._mean = Figure(texts.language, testid=f"{stem}-occupancy", classes="big", digits=1)
                Text(texts("in_zone_now"), classes="soft")
            self._classes: Element = box("div", "zone-classes")
            with box("div", "facts"):
                self._peak = Text(data_testid=f"{stem}-peak")
                self._entries = Text(data_testid=f"{stem}-entries")
                self._exits = Text(data_testid=f"{stem}-exits")
        self._shares: dict[str, Text] = {}

    def show(self, zone: ZoneView) -> None:
        """Show how the zone was used."""
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
