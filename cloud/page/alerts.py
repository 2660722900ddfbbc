"""What gateways raised and cleared of late: one line an alert, with the place that it is about."""

from datetime import datetime

from cloud.page.elements import Text, box, icon
from cloud.page.formats import clock, duration
from cloud.page.viewer import Viewer
from cloud.page.views import AlertView, Board


class Alerts:
    """The list of one visitor; it is away while there is nothing in it.

    Args:
        viewer: Who looks.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._shown: tuple[object, ...] = ()
        self._ages: list[tuple[Text, datetime]] = []
        with box("section", "card alerts", aria_labelledby="alerts-title") as self._card:
            Text(viewer.texts("alerts"), tag="h2", id="alerts-title")
            self._list = box("ul", "alert-list", data_testid="alerts")

    def show(self, board: Board, viewer: Viewer, now: datetime) -> None:
        """Show a board's alerts.

        Args:
            board: What there is.
            viewer: Who looks.
            now: This moment.
        """
        self._card.set_visibility(bool(board.alerts))
        shown = (board.alerts, str(viewer.zone))
        if shown != self._shown:
            self._shown = shown
            self._list.clear()
            with self._list:
                self._ages = [(self._line(alert, viewer), alert.time) for alert in board.alerts]
        for text, time in self._ages:
            age = duration((now - time).total_seconds(), viewer.texts.language)
            text.set_text(viewer.texts("age", age=age))

    def _line(self, alert: AlertView, viewer: Viewer) -> Text:
        """One line; gives the text that shall say how long ago it was."""
        texts = viewer.texts
        raised = alert.state == "raised"
        where = " · ".join(filter(None, (alert.gateway, alert.source, alert.place)))
        with box("li", "alert", data_state=alert.state, data_severity=alert.severity):
            icon("warning" if raised else "check_circle")
            with box("div"):
                with box("div", "alert-head"):
                    Text(texts.name("rule", alert.rule), tag="strong")
                    Text(texts(alert.state), classes="soft")
                    Text(where)
                    Text(clock(alert.time, viewer.zone, seconds=True), tag="time", classes="soft")
                    age = Text(classes="soft")
                Text(alert.text, tag="p", classes="soft")
        return age
