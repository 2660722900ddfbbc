"""What moved before one camera: trips from zone to zone, and speeds over its lines."""

from collections.abc import Sequence
from typing import Final

from nicegui.element import Element

from cloud.page.elements import Text, box, icon
from cloud.page.formats import number
from cloud.page.palette import CLASS_ICONS, OTHER_ICON
from cloud.page.viewer import Viewer
from cloud.page.views import CameraView, SpeedView, TripView

_KMH_PER_MPS: Final = 3.6
_MOST: Final = 8
"""As many trips as a card has room for: those that were made most often."""


class Moves:
    """The two tables of one camera; each is there where it has something to say.

    Args:
        camera: The camera's name.
        viewer: Who looks.
    """

    def __init__(self, camera: str, viewer: Viewer) -> None:
        self._texts = viewer.texts
        self._stem = camera
        self._trips: Sequence[TripView] = ()
        self._speeds: Sequence[SpeedView] = ()
        self._trips_box = box("div", "moves", data_testid=f"trips-{camera}")
        self._speeds_box = box("div", "moves", data_testid=f"speeds-{camera}")

    def show(self, camera: CameraView) -> None:
        """Show a camera's trips and speeds; what is shown already is left as it is."""
        trips = sorted((trip for trip in camera.trips if trip.count), key=_most_first)[:_MOST]
        if trips != self._trips:
            self._trips = trips
            self._fill(self._trips_box, ("trips", "trips_count"), [self._trip(trip) for trip in trips])
        if camera.speeds != self._speeds:
            self._speeds = camera.speeds
            rows = [self._speed(speed) for speed in camera.speeds]
            self._fill(self._speeds_box, ("speeds", "speed_mean", "speed_p85"), rows)

    def _trip(self, trip: TripView) -> tuple[str, ...]:
        return trip.class_, f"{trip.origin} → {trip.destination}", number(trip.count, self._texts.language)

    def _speed(self, speed: SpeedView) -> tuple[str, ...]:
        return speed.class_, speed.line, self._kmh(speed.mean_mps), self._kmh(speed.p85_mps)

    def _kmh(self, speed_mps: float) -> str:
        return number(speed_mps * _KMH_PER_MPS, self._texts.language)

    def _fill(self, place: Element, heads: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
        place.clear()
        if not rows:
            return
        with place, box("table", "line-table moves-table"):
            with box("thead"), box("tr"):
                for head in heads:
                    Text(self._texts(head), tag="th", classes="soft", scope="col")
            with box("tbody"):
                for class_, name, *figures in rows:
                    with box("tr", f"class-{class_}"):
                        title = self._texts.name("class", class_)
                        with box("th", scope="row", title=title), box("span", "class-name"):
                            icon(CLASS_ICONS.get(class_, OTHER_ICON))
                            Text(name)
                        for figure in figures:
                            Text(figure, tag="td", classes="figure")


def _most_first(trip: TripView) -> tuple[int, str, str, str]:
    return -trip.count, trip.origin, trip.destination, trip.class_
