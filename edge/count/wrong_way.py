"""Wrong way: somebody crosses a line in the direction that nobody may."""

from collections.abc import Iterable

from cityedge.classes import CLASSES
from edge.settings import WrongWayAlarm
from edge.types import AlarmChange, LineCrossing


class WrongWay:
    """The rule at one line.

    Args:
        settings: Which line, which direction, and for whom it is wrong.
    """

    def __init__(self, settings: WrongWayAlarm) -> None:
        self._settings = settings

    def update(self, crossings: Iterable[LineCrossing]) -> list[AlarmChange]:
        """Take in the crossings that were decided at one frame.

        Args:
            crossings: Of any line; each is told once, so each is an alarm of its own.

        Returns:
            Those that went the wrong way, as ``happened``; their value is 1.
        """
        return [self._change(crossing) for crossing in crossings if self._is_wrong(crossing)]

    def _is_wrong(self, crossing: LineCrossing) -> bool:
        return (
            crossing.line == self._settings.line
            and crossing.direction == self._settings.direction
            and CLASSES[crossing.label] in self._settings.classes
        )

    def _change(self, crossing: LineCrossing) -> AlarmChange:
        return AlarmChange(
            rule="wrong_way",
            place=crossing.line,
            severity=self._settings.severity,
            state="happened",
            time_s=crossing.time_s,
            value=1.0,
            text=f"a {CLASSES[crossing.label]} crossed '{crossing.line}' the wrong way ({crossing.direction})",
        )
