"""What every store promises about its books: nothing twice, nothing lost, nothing forgotten."""

import threading

from cloud.types import Entry, Identity, Refusal, Row, Store
from tests.conformance.asking import only, question
from tests.conformance.conftest import OpenStore
from tests.support.entries import (
    MINUTE,
    NOON,
    a_count,
    a_notice,
    a_report,
    crossing,
    entries,
    entry,
)

# Nothing twice, nothing lost.


def test_what_comes_twice_is_counted_once(store: Store) -> None:
    batch = entries([a_count(1, minute=0), a_count(2, minute=1)])
    store.write(batch)

    outcome = store.write([*batch, entry(a_count(3, minute=2)), entry(a_count(3, minute=2))])

    assert [made.identity.seq for made in outcome.stored] == [3]
    assert [made.identity.seq for made in outcome.duplicates] == [1, 2, 3]
    assert only(store.series(question(bucket_s=3600))).values["in"] == (3.0,)


def test_two_halves_of_one_minute_both_count(store: Store) -> None:
    """A gateway that restarts within a window sends two for the same minute."""
    store.write(entries([a_count(1, observed=0.4), a_count(2, observed=0.5)]))

    assert only(store.series(question())).values["in"] == (2.0,)


def test_the_same_seq_of_another_gateway_or_epoch_is_another_message(store: Store) -> None:
    batch = [a_count(1), a_count(1, gateway="gw-2"), a_count(1, epoch="e2", minute=1), a_count(1, site="port")]

    outcome = store.write(entries(batch))

    assert len(outcome.stored) == 4
    assert [(account.site, account.gateway, account.epoch) for account in store.accounts()] == [
        ("old-town", "gw-1", "e1"),
        ("old-town", "gw-1", "e2"),
        ("old-town", "gw-2", "e1"),
        ("port", "gw-1", "e1"),
    ]


def test_the_books_know_what_is_stored_and_what_is_missing(store: Store) -> None:
    store.write(entries([a_count(seq, minute=seq) for seq in (1, 2, 3, 6, 8)]))

    (account,) = store.accounts()

    assert (account.watermark, account.stored, account.highest) == (3, 5, 8)
    assert account.missing == ((4, 5), (7, 7))


def test_a_notice_of_expiry_closes_the_books_for_what_is_not_stored(store: Store) -> None:
    store.write(entries([a_count(1), a_count(3, minute=3), a_notice(5, (2, 4))]))

    (account,) = store.accounts()

    assert (account.watermark, account.stored, account.expired) == (5, 3, 2)


def test_a_value_that_cannot_be_stored_is_named_and_the_rest_is_stored(store: Store) -> None:
    batch = entries([a_count(seq, minute=seq) for seq in range(1, 8)])
    for at in (2, 5):
        bad = batch[at]
        rows = [Row("crossing", bad.rows[1].time, bad.rows[1].tags, {"in": 2**70, "out": 0})]
        batch[at] = Entry(bad.identity, bad.message, rows, NOON)

    outcome = store.write(batch)

    assert [made.identity.seq for made in outcome.stored] == [1, 2, 4, 5, 7]
    assert [(made.identity.seq, bool(reason)) for made, reason in outcome.refused] == [(3, True), (6, True)]
    (account,) = store.accounts()
    assert account.missing == ((3, 3), (6, 6)), "refused only when it is in the dead letters"
    assert only(store.series(question(bucket_s=3600))).values["in"] == (5.0,)


def test_an_empty_batch_is_nothing(store: Store) -> None:
    outcome = store.write([])

    assert (outcome.stored, outcome.duplicates, outcome.refused) == ([], [], [])
    assert store.accounts() == []


# Dead letters and reports.


def refusal(payload: bytes = b"\xff\x00{", *, seq: int | None = None, minute: float = 0) -> Refusal:
    who = Identity("old-town", "gw-1", "e1", seq) if seq else None
    return Refusal("city/v1/x", payload, "not readable", NOON + minute * MINUTE, who)


def test_dead_letters_are_kept_whole_newest_first(store: Store) -> None:
    store.refuse([refusal(b"one", minute=1), refusal(b"\xff\x00\n", seq=7, minute=2)])
    store.refuse([refusal(b"three", minute=3)])

    assert list(store.dead_letters()) == [
        refusal(b"three", minute=3),
        refusal(b"\xff\x00\n", seq=7, minute=2),
        refusal(b"one", minute=1),
    ]
    assert len(store.dead_letters(limit=2)) == 2


def test_the_same_bytes_are_one_dead_letter_however_often_they_come(store: Store) -> None:
    store.refuse([refusal(seq=7), refusal(seq=7)])
    store.refuse([refusal(seq=7, minute=1)])

    assert len(store.dead_letters()) == 1
    assert store.accounts()[0].refused == 1


def test_what_is_refused_counts_in_the_books_where_its_sender_is_known(store: Store) -> None:
    store.write(entries([a_count(1), a_count(3, minute=3)]))

    store.refuse([refusal(b"a", seq=2), refusal(b"b")])

    (account,) = store.accounts()
    assert (account.stored, account.refused, account.watermark) == (2, 1, 3)


def test_what_was_refused_is_stored_when_it_is_accepted_later(store: Store) -> None:
    store.refuse([refusal(seq=1)])

    outcome = store.write(entries([a_count(1)]))

    (account,) = store.accounts()
    assert len(outcome.stored) == 1
    assert (account.stored, account.refused) == (1, 0)


def test_the_last_report_with_books_of_each_gateway_and_epoch_is_kept(store: Store) -> None:
    will = a_report(online=False, minute=9)
    other = a_report(gateway="gw-2", produced=5)
    newer = a_report(epoch="e2", produced=1, minute=5)

    store.save_statuses([a_report(produced=1), a_report(produced=2, minute=1), other])
    store.save_statuses([newer, will])

    assert list(store.statuses()) == [a_report(produced=2, minute=1), newer, other]


# Over time.


def test_everything_survives_closing_and_opening(open_store: OpenStore) -> None:
    store = open_store()
    store.write(entries([a_count(1), a_count(2, minute=1), a_notice(5, (3, 3))]))
    store.refuse([refusal(seq=4)])
    store.save_statuses([a_report()])
    before = (store.accounts(), store.dead_letters(), store.statuses(), store.series(question()))

    store = open_store()

    assert (store.accounts(), store.dead_letters(), store.statuses(), store.series(question())) == before
    assert len(store.write(entries([a_count(1)])).duplicates) == 1


def test_others_read_while_one_writes(store: Store) -> None:
    store.write(entries([a_count(1)]))
    done = threading.Event()
    seen: list[float] = []

    def read() -> None:
        while not done.is_set():
            series = only(store.series(question(bucket_s=3600)))
            store.latest("camera", since=NOON)
            store.accounts()
            seen.append(series.values["in"][0] or 0.0)

    reader = threading.Thread(target=read)
    reader.start()
    for first in range(2, 202, 10):
        store.write(entries([a_count(seq, minute=seq / 10) for seq in range(first, first + 10)]))
    done.set()
    reader.join()

    assert seen == sorted(seen), "what was read never shrinks"
    assert only(store.series(question(bucket_s=3600))).values["in"] == (201.0,)


def test_a_large_batch_is_stored_whole(store: Store) -> None:
    lines = tuple(crossing(line=f"line-{number}", people=(1, 1)) for number in range(10))

    outcome = store.write(entries([a_count(seq, minute=seq % 60, crossings=lines) for seq in range(1, 1501)]))

    assert len(outcome.stored) == 1500
    assert only(store.series(question(bucket_s=3600))).values["in"] == (15_000.0,)
