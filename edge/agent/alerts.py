"""What is wrong at this moment: a change of it becomes an alert message, a repetition does not."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cityedge.clock import Clock
from cityedge.messages import UNNUMBERED_EPOCH, AlertMessage, Severity

_TEXT_MOST: Final = 500
_TIMES_KEPT: Final = 1000
_LEAST_APART: Final = timedelta(microseconds=1)


@dataclass(frozen=True)
class Alert:
    """Something that can be wrong.

    Attributes:
        source: The camera, or ``gateway``.
        rule: What kind of wrong.
        severity: How much it matters.
        place: The line or zone that it is about, where it is about one.
    """

    source: str
    rule: str
    severity: Severity = "warning"
    place: str | None = None


class AlertBoard:
    """Raises and clears alerts, each once. Any thread may call it.

    No two messages have the same time, since stores tell alerts of one gateway apart by it.

    Args:
        site: The site's name.
        gateway: The gateway's name.
        clock: For the time of what is said without one.
        send: Takes the messages.
    """

    def __init__(
        self, site: str, gateway: str, *, clock: Clock, send: Callable[[Sequence[AlertMessage]], None]
    ) -> None:
        self._site = site
        self._gateway = gateway
        self._clock = clock
        self._send = send
        self._lock = threading.Lock()
        self._raised: set[Alert] = set()
        self._times: deque[datetime] = deque(maxlen=_TIMES_KEPT)

    def raise_(self, alert: Alert, text: str, *, value: float | None = None, at: datetime | None = None) -> None:
        """Say that something is wrong; nothing where that was said already.

        Args:
            alert: What.
            text: In words, for an operator.
            value: A figure that belongs to it.
            at: When it began, UTC; now where nobody says.
        """
        with self._lock:
            if alert not in self._raised:
                self._raised.add(alert)
                self._send([self._message(alert, text, raised=True, value=value, at=at)])

    def clear(
        self, alert: Alert, text: str = "", *, value: float | None = None, at: datetime | None = None
    ) -> None:
        """Say that it is over; nothing where it was not raised.

        Args:
            alert: What.
            text: In words, for an operator.
            value: A figure that belongs to it.
            at: When it ended, UTC; now where nobody says.
        """
        with self._lock:
            if alert in self._raised:
                self._raised.discard(alert)
                self._send([self._message(alert, text, raised=False, value=value, at=at)])

    def say(self, alert: Alert, text: str, *, value: float | None = None, at: datetime | None = None) -> None:
        """Say that something happened that has no end, each time anew.

        Args:
            alert: What.
            text: In words, for an operator.
            value: A figure that belongs to it.
            at: When, UTC; now where nobody says.
        """
        with self._lock:
            self._send([self._message(alert, text, raised=True, value=value, at=at)])

    def _message(
        self, alert: Alert, text: str, *, raised: bool, value: float | None, at: datetime | None
    ) -> AlertMessage:
        return AlertMessage(
            site=self._site,
            gateway=self._gateway,
            epoch=UNNUMBERED_EPOCH,
            seq=1,
            time=self._own_time(at or self._clock.now()),
            source=alert.source,
            rule=alert.rule,
            place=alert.place,
            severity=alert.severity,
            state="raised" if raised else "cleared",
            value=value,
            text=text[:_TEXT_MOST],
        )

    def _own_time(self, time: datetime) -> datetime:
        while time in self._times:
            time += _LEAST_APART
        self._times.append(time)
        return time
