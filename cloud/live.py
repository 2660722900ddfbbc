"""What is known at this moment: gateway states, last counts, the collector's health. Thread-safe."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from cityedge.messages import CountMessage
from cloud.types import StatusReport

GatewayKey: TypeAlias = tuple[str, str]
"""Site and gateway."""
CameraKey: TypeAlias = tuple[str, str, str]
"""Site, gateway and camera."""


@dataclass(frozen=True)
class CollectorHealth:
    """How the collector is.

    Attributes:
        connected: Whether it is connected to the broker at this moment.
        session_lost: How often the broker had forgotten our session; gateways then send again by themselves.
        messages: Messages worked on since the start, redelivered ones included, status reports not.
        stored: Messages stored since the start.
        duplicates: Messages that were stored already.
        dead_letters: Messages refused since the start.
        last_write: When the store last took something; None before the first time.
        store_error: Why the store takes nothing now; empty while it does.
    """

    connected: bool = False
    session_lost: int = 0
    messages: int = 0
    stored: int = 0
    duplicates: int = 0
    dead_letters: int = 0
    last_write: datetime | None = None
    store_error: str = ""


class LiveState:
    """The newest of everything, written by the collector and read by the page and the API."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._statuses: dict[GatewayKey, StatusReport] = {}
        self._counts: dict[CameraKey, CountMessage] = {}
        self._health = CollectorHealth()

    def version(self) -> int:
        """A number that grows with every change: a page that polls it knows when to look again."""
        with self._lock:
            return self._version

    def statuses(self) -> Mapping[GatewayKey, StatusReport]:
        """What each gateway last said of itself."""
        with self._lock:
            return dict(self._statuses)

    def counts(self) -> Mapping[CameraKey, CountMessage]:
        """The stored window of each camera that began last."""
        with self._lock:
            return dict(self._counts)

    def health(self) -> CollectorHealth:
        """How the collector is."""
        with self._lock:
            return self._health

    def note_status(self, report: StatusReport) -> None:
        """A gateway spoke of itself."""
        with self._lock:
            self._statuses[report.message.site, report.message.gateway] = report
            self._version += 1

    def note_counts(self, messages: Sequence[CountMessage]) -> None:
        """Windows were stored; an older one than the newest known (a replay) changes nothing."""
        with self._lock:
            for message in messages:
                key = (message.site, message.gateway, message.camera)
                known = self._counts.get(key)
                if known is None or known.start <= message.start:
                    self._counts[key] = message
                    self._version += 1

    def note_connected(self, *, connected: bool, session_lost: bool = False) -> None:
        """The connection to the broker came or went."""
        with self._lock:
            lost = self._health.session_lost + int(session_lost)
            self._health = replace(self._health, connected=connected, session_lost=lost)
            self._version += 1

    def note_written(self, *, at: datetime, stored: int, duplicates: int, refused: int) -> None:
        """A batch was written: how many messages were stored, known already, or refused."""
        with self._lock:
            was = self._health
            self._health = replace(
                was,
                messages=was.messages + stored + duplicates + refused,
                stored=was.stored + stored,
                duplicates=was.duplicates + duplicates,
                dead_letters=was.dead_letters + refused,
                last_write=at,
                store_error="",
            )
            self._version += 1

    def note_store_error(self, error: str) -> None:
        """The store takes nothing now; the collector keeps what it has and tries again."""
        with self._lock:
            self._health = replace(self._health, store_error=error)
            self._version += 1
