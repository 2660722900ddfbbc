"""An outbox of one gateway on a clock that the test moves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cityedge.clock import ManualClock
from edge.outbox.notes import Owner
from edge.outbox.outbox import Outbox
from edge.settings import OutboxSettings
from tests.support.gateway_messages import GATEWAY, NOON, SITE

OpenOutbox = Callable[..., Outbox]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def open_outbox(tmp_path: Path, clock: ManualClock) -> Iterator[OpenOutbox]:
    """Opens the outbox of ``tmp_path``; what the test leaves open is closed after it."""
    opened: list[Outbox] = []

    def open_(*, limits: OutboxSettings | None = None, gateway: str = GATEWAY) -> Outbox:
        outbox = Outbox(tmp_path, owner=Owner(SITE, gateway), limits=limits or OutboxSettings(), clock=clock)
        opened.append(outbox)
        return outbox

    yield open_
    for outbox in opened:
        outbox.close()


@pytest.fixture
def outbox(open_outbox: OpenOutbox) -> Outbox:
    return open_outbox()
