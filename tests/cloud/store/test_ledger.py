"""The ledger against a model of plain sets: every seq is counted once, and the best that is known of it wins."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from cloud.store.ledger import Ledger
from cloud.store.ranges import Range

some_seqs = st.lists(st.integers(1, 40), max_size=6)
some_ranges = st.lists(
    st.tuples(st.integers(1, 40), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=3
)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("store"), some_seqs),
        st.tuples(st.just("refuse"), some_seqs),
        st.tuples(st.just("expire"), some_ranges),
    ),
    max_size=12,
)


@dataclass
class Model:
    """What a ledger is meant to be."""

    stored: set[int] = field(default_factory=set)
    refused: set[int] = field(default_factory=set)
    expired: set[int] = field(default_factory=set)

    def store(self, seqs: list[int]) -> None:
        self.stored |= set(seqs)
        self.refused -= self.stored
        self.expired -= self.stored

    def refuse(self, seqs: list[int]) -> None:
        self.refused |= set(seqs) - self.stored
        self.expired -= self.refused

    def expire(self, ranges: list[Range]) -> None:
        dropped = {seq for first, last in ranges for seq in range(first, last + 1)}
        self.expired |= dropped - self.stored - self.refused

    def watermark(self) -> int:
        known = self.stored | self.refused | self.expired
        return next(seq for seq in range(100) if seq + 1 not in known)


def members(ranges: tuple[Range, ...]) -> set[int]:
    return {seq for first, last in ranges for seq in range(first, last + 1)}


@given(steps)
def test_a_ledger_is_what_its_history_makes_it(history: list[tuple[str, list[int]]]) -> None:
    ledger, model = Ledger("s", "g", "e"), Model()

    for verb, what in history:
        ledger = getattr(ledger, verb)(what)
        getattr(model, verb)(what)

    account = ledger.account()
    known = model.stored | model.refused | model.expired
    assert members(ledger.stored.ranges) == model.stored
    assert members(ledger.refused.ranges) == model.refused
    assert members(ledger.expired.ranges) == model.expired
    assert (account.stored, account.refused, account.expired) == tuple(
        map(len, (model.stored, model.refused, model.expired))
    )
    assert account.watermark == model.watermark()
    assert account.highest == max(known, default=0)
    assert members(account.missing) == set(range(1, account.highest + 1)) - known


@given(steps)
def test_the_figures_of_an_account_add_up_to_its_highest_seq(history: list[tuple[str, list[int]]]) -> None:
    ledger = Ledger("s", "g", "e")
    for verb, what in history:
        ledger = getattr(ledger, verb)(what)

    account = ledger.account()
    missing = sum(last - first + 1 for first, last in account.missing)
    assert account.stored + account.refused + account.expired + missing == account.highest


def test_what_was_refused_is_stored_when_it_comes_again_after_a_fix() -> None:
    account = Ledger("s", "g", "e").refuse([1]).store([1]).account()

    assert (account.stored, account.refused) == (1, 0)


def test_what_was_on_its_way_when_its_gateway_expired_it_counts_as_stored() -> None:
    account = Ledger("s", "g", "e").expire([(1, 3)]).store([2]).account()

    assert (account.stored, account.expired, account.watermark) == (1, 2, 3)


def test_a_notice_of_expiry_does_not_take_back_what_is_stored() -> None:
    account = Ledger("s", "g", "e").store([1, 2]).expire([(1, 3)]).account()

    assert (account.stored, account.expired) == (2, 1)
