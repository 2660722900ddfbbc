"""Whatever happens to the outbox, in whatever order, its books close and no number is missing or given twice."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from cityedge.clock import ManualClock
from cityedge.codec import decode
from cityedge.messages import ExpiredMessage, SequencedMessage
from edge.outbox.notes import Owner
from edge.outbox.outbox import Outbox
from edge.settings import OutboxSettings
from tests.support.gateway_messages import GATEWAY, NOON, SITE, a_count, a_health, an_alert

DAY_S = 86_400
LIMITS = OutboxSettings(max_age_h=24.0)


def a_message(kind: str, minute: int) -> SequencedMessage:
    if kind == "count":
        return a_count(minute)
    return an_alert(minute=minute) if kind == "alert" else a_health(minute=minute)


class OutboxLife(RuleBasedStateMachine):
    """An outbox's life beside a model of it: two sets of numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = ManualClock(NOON)
        self.outbox = self.open()
        self.given: list[int] = []
        self.held: set[int] = set()
        self.dropped = 0

    def open(self) -> Outbox:
        return Outbox(Path(self.folder.name), owner=Owner(SITE, GATEWAY), limits=LIMITS, clock=self.clock)

    @rule(kinds=st.lists(st.sampled_from(["count", "alert", "health"]), max_size=5))
    def append(self, kinds: list[str]) -> None:
        minute = round((self.clock.now() - NOON).total_seconds() / 60)
        numbered = self.outbox.append([a_message(kind, minute) for kind in kinds])
        self.given += [message.seq for message in numbered]
        self.held |= {message.seq for message in numbered}

    @rule(share=st.floats(0.0, 1.0))
    def cloud_has(self, share: float) -> None:
        seq = round(share * len(self.given))
        self.outbox.accounted(self.outbox.epoch, seq)
        self.held = {held for held in self.held if held > seq}

    @rule(hours=st.integers(0, 40))
    def time_passes_and_the_old_is_dropped(self, hours: int) -> None:
        self.clock.advance(hours * 3600)
        before = self.outbox.books().produced
        dropped = self.outbox.expire()
        after = self.outbox.books().produced
        records = [decode(row.payload) for row in self.outbox.pending(after=before, limit=100)]
        named = {
            seq
            for record in records
            if isinstance(record, ExpiredMessage)
            for first, last in record.ranges
            for seq in range(first, last + 1)
        }
        assert len(named) == dropped
        assert named <= self.held
        self.held = (self.held - named) | set(range(before + 1, after + 1))
        self.given += range(before + 1, after + 1)
        self.dropped += dropped

    @rule()
    def restart(self) -> None:
        self.outbox.close()
        self.outbox = self.open()

    @invariant()
    def numbers_have_no_hole(self) -> None:
        assert self.given == list(range(1, len(self.given) + 1))

    @invariant()
    def rows_are_those_that_the_cloud_lacks(self) -> None:
        assert [row.seq for row in self.outbox.pending(after=0, limit=10_000)] == sorted(self.held)

    @invariant()
    def books_close(self) -> None:
        books = self.outbox.books()
        assert (books.produced, books.queued, books.expired) == (
            len(self.given),
            len(self.held),
            self.dropped,
        )
        assert books.held_from == min(self.held, default=books.produced + 1)

    def teardown(self) -> None:
        self.outbox.close()
        self.folder.cleanup()


TestOutboxLife = OutboxLife.TestCase
TestOutboxLife.settings = settings(
    max_examples=40, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
