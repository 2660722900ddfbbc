"""What is wrong at this moment: a change of it becomes an alert message, a repetition does not."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cityedge.clock import Clock
from cityedge.messages import UNNUMBERED_EPOCH, AlertMessage, Severity

_TEXT_MOST = 500


@dataclass(frozen=True)
class Alert:
    """Something that can be wrong.

    Attributes:
        source: The camera, or ``gateway``.
        rule: What kind of wrong.
        severity: How much it matters.
    """

    source: str
    rule: str
    severity: Severity = "warning"


class AlertBoard:
    """Raises and clears alerts, each once. Any thread may call it.

    Args:
        site: The site's name.
        gateway: The gateway's name.
        clock: For the messages' time.
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

    def raise_(self, alert: Alert, text: str, *, value: float | None = None) -> None:
        """Say that something is wrong; nothing where that was said already.

        Args:
            alert: What.
            text: In words, for an operator.
            value: A figure that belongs to it.
        """
        with self._lock:
            if alert not in self._raised:
                self._raised.add(alert)
                self._send([self._message(alert, "raised", text, value)])

    def clear(self, alert: Alert) -> None:
        """Say that it is over; nothing where it was not raised."""
        with self._lock:
            if alert in self._raised:
                self._raised.discard(alert)
                self._send([self._message(alert, "cleared", "", None)])

    def say(self, alert: Alert, text: str, *, value: float | None = None) -> None:
        """Say that something happened that has no end, each time anew."""
        self._send([self._message(alert, "raised", text, value)])

    def _message(self, alert: Alert, state: str, text: str, value: float | None) -> AlertMessage:
        return AlertMessage(
            site=self._site,
            gateway=self._gateway,
            epoch=UNNUMBERED_EPOCH,
            seq=1,
            time=self._clock.now(),
            source=alert.source,
            rule=alert.rule,
            severity=alert.severity,
            state="raised" if state == "raised" else "cleared",
            value=value,
            text=text[:_TEXT_MOST],
        )
