"""Where all visitors of the page look: reads the store once for all of them, off the event loop."""

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final, Literal, TypeAlias

from cityedge.clock import Clock
from cloud.errors import StoreBusyError
from cloud.live import LiveState
from cloud.page.board import build
from cloud.page.periods import Period
from cloud.page.readings import read
from cloud.page.views import Board
from cloud.types import Store

_log = logging.getLogger(__name__)

Trouble: TypeAlias = Literal["", "busy", "failed"]

_NEWS_AFTER_S: Final = 0.4
"""With news from a gateway, the store is read again after so long …"""
_AGAIN_AFTER_S: Final = 1.0
"""… and without any after so long: somebody else may write into it."""
_REST: Final = 4.0
"""So many times as long as the last reading took, the store is left alone."""
_PATIENCE_S: Final = 1.5
"""A reading that takes longer goes on by itself; visitors see what there was before."""
_FORGET_AFTER_S: Final = 60.0


@dataclass(frozen=True)
class Sight:
    """What a visitor sees.

    Attributes:
        board: The newest that could be read; None where nothing could be yet.
        taken: When it was read, UTC; None with ``board``.
        trouble: Why nothing newer can be read now; empty where it can.
        connected: Whether the collector is connected to the broker.
        store_error: Why the store takes nothing from the collector; empty while it does.
    """

    board: Board | None
    taken: datetime | None
    trouble: Trouble
    connected: bool
    store_error: str


@dataclass
class _View:
    """One period in one time zone, shared by all who look at it."""

    board: Board | None = None
    taken: datetime | None = None
    trouble: Trouble = ""
    version: int = -1
    read_at_s: float = float("-inf")
    took_s: float = 0.0
    reading: asyncio.Task[None] | None = None


class Desk:
    """The page's source.

    Args:
        store: Read from worker threads.
        live: The newest of everything.
        clock: Tells the time.
    """

    def __init__(self, store: Store, live: LiveState, clock: Clock) -> None:
        self._store = store
        self._live = live
        self._clock = clock
        self._views: dict[tuple[Period, str], _View] = {}

    def now(self) -> datetime:
        """This moment, UTC."""
        return self._clock.now()

    async def look(self, period: Period, zone: tzinfo) -> Sight:
        """The newest that there is to see; cheap to call every second.

        Args:
            period: Over which range.
            zone: Whose day ``today`` is.

        Returns:
            What to show, with what is wrong where something is.
        """
        self._forget()
        key = (period, str(zone) if period == "today" else "")
        view = self._views.setdefault(key, _View())
        if view.reading is None and self._is_due(view):
            view.reading = asyncio.create_task(self._read(view, period, zone))
        if view.reading is not None:
            await asyncio.wait({view.reading}, timeout=_PATIENCE_S)
        trouble = view.trouble if view.reading is None else "busy"
        health = self._live.health()
        return Sight(view.board, view.taken, trouble, health.connected, health.store_error)

    def _is_due(self, view: _View) -> bool:
        age_s = time.monotonic() - view.read_at_s
        news = self._live.version() != view.version
        return age_s >= max(_NEWS_AFTER_S if news else _AGAIN_AFTER_S, _REST * view.took_s)

    async def _read(self, view: _View, period: Period, zone: tzinfo) -> None:
        view.version = self._live.version()
        now = self._clock.now()
        began_s = time.monotonic()
        try:
            view.board = await asyncio.to_thread(self._build, period, zone, now)
            view.taken, view.trouble = now, ""
        except StoreBusyError as error:
            _log.info("the page shows what it has: %s", error)
            view.trouble = "busy"
        except Exception:  # noqa: BLE001 - a rim: whatever fails, visitors are told, and the page goes on
            _log.exception("the page cannot read the store")
            view.trouble = "failed"
        view.read_at_s = time.monotonic()
        view.took_s = view.read_at_s - began_s
        view.reading = None

    def _build(self, period: Period, zone: tzinfo, now: datetime) -> Board:
        return build(read(self._store, self._live, period=period, zone=zone, now=now.astimezone(UTC)))

    def _forget(self) -> None:
        """Drop what nobody looks at any more."""
        oldest_s = time.monotonic() - _FORGET_AFTER_S
        old = [k for k, view in self._views.items() if view.read_at_s < oldest_s and view.reading is None]
        for key in old:
            del self._views[key]
