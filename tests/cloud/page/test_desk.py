import asyncio
import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cityedge.clock import ManualClock
from cloud.errors import StoreBusyError
from cloud.live import LiveState
from cloud.page.desk import Desk
from cloud.page.notices import of_sight
from cloud.page.texts import Texts
from cloud.store.embedded import EmbeddedStore
from cloud.types import Account
from tests.support.city import GatewayInStore
from tests.support.failing_store import FailingStore

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)


class CountedStore(EmbeddedStore):
    """Counts how often its books are read, and can be held up."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.readings = 0
        self.free = threading.Event()
        self.free.set()

    def accounts(self) -> Sequence[Account]:
        self.readings += 1
        self.free.wait(20)
        return super().accounts()


def test_many_visitors_cost_one_reading(tmp_path: Path) -> None:
    store = CountedStore(tmp_path / "cloud.duckdb")
    desk = Desk(store, LiveState(), ManualClock(NOW))

    async def visit() -> None:
        await asyncio.gather(*(desk.look("1h", UTC) for _ in range(50)))

    asyncio.run(visit())
    store.close()

    assert store.readings == 1


def test_what_is_new_is_seen_within_two_seconds_without_a_word_from_a_gateway(tmp_path: Path) -> None:
    store, live = CountedStore(tmp_path / "cloud.duckdb"), LiveState()
    desk = Desk(store, live, ManualClock(NOW))
    gateway = GatewayInStore(store, LiveState())

    async def visit() -> float:
        await desk.look("1h", UTC)
        gateway.count("north", NOW.replace(minute=20), lines={"kerb": {"car": (1, 0)}})
        began = asyncio.get_running_loop().time()
        while True:
            sight = await desk.look("1h", UTC)
            if sight.board and sight.board.totals["car"]:
                return asyncio.get_running_loop().time() - began
            await asyncio.sleep(0.02)

    took_s = asyncio.run(asyncio.wait_for(visit(), 20))
    store.close()

    assert took_s < 2


def test_a_slow_store_keeps_nobody_waiting_for_long(tmp_path: Path) -> None:
    store = CountedStore(tmp_path / "cloud.duckdb")
    desk = Desk(store, LiveState(), ManualClock(NOW))
    store.free.clear()

    async def visit() -> None:
        slow = await desk.look("1h", UTC)
        assert (slow.board, slow.trouble) == (None, "busy")
        store.free.set()
        later = await desk.look("1h", UTC)
        assert later.board is not None
        assert later.trouble == ""

    asyncio.run(visit())
    store.close()


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        pytest.param(StoreBusyError("compacting"), "busy", id="busy"),
        pytest.param(RuntimeError("boom"), "failed", id="broken"),
    ],
)
def test_a_store_that_does_not_answer_is_told_to_the_visitor(
    error: Exception, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    desk = Desk(FailingStore(error), LiveState(), ManualClock(NOW))

    sight = asyncio.run(desk.look("1h", UTC))

    assert (sight.board, sight.trouble) == (None, trouble)
    assert str(error) in caplog.text
    kinds = [kind for kind, _, _ in of_sight(sight, Texts("en"), NOW)]
    assert kinds == [trouble, "broker"]
