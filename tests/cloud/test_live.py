"""The newest of everything: it changes its version when, and only when, it changes."""

from collections.abc import Callable
from datetime import timedelta

from cloud.live import LiveState
from tests.support.entries import NOON, a_count, a_report


def test_the_version_grows_with_every_change() -> None:
    live = LiveState()
    versions = [live.version()]

    changes: list[Callable[[], None]] = [
        lambda: live.note_connected(connected=True),
        lambda: live.note_status(a_report()),
        lambda: live.note_counts([a_count(1)]),
        lambda: live.note_written(at=NOON, stored=1, duplicates=0, refused=0),
        lambda: live.note_store_error("no room"),
    ]
    for change in changes:
        change()
        versions.append(live.version())

    assert versions == sorted(set(versions))


def test_the_last_word_of_a_gateway_stands_even_if_it_is_its_will() -> None:
    live = LiveState()
    live.note_status(a_report())
    live.note_status(a_report(online=False))

    assert live.statuses()["old-town", "gw-1"].message.online is False


def test_a_replayed_window_does_not_push_out_a_newer_one() -> None:
    live = LiveState()
    live.note_counts([a_count(5, minute=5), a_count(6, camera="south", minute=1)])
    before = live.version()
    live.note_counts([a_count(2, minute=2)])

    assert live.counts()["old-town", "gw-1", "north"].seq == 5
    assert len(live.counts()) == 2
    assert live.version() == before


def test_the_collectors_health_adds_up() -> None:
    live = LiveState()
    live.note_connected(connected=True, session_lost=True)
    live.note_store_error("no room")
    assert live.health().store_error == "no room"

    live.note_written(at=NOON, stored=3, duplicates=2, refused=1)
    live.note_written(at=NOON + timedelta(seconds=1), stored=1, duplicates=0, refused=0)

    health = live.health()
    assert (health.connected, health.session_lost) == (True, 1)
    assert (health.messages, health.stored, health.duplicates, health.dead_letters) == (7, 4, 2, 1)
    assert (health.last_write, health.store_error) == (NOON + timedelta(seconds=1), "")


def test_what_was_read_does_not_change_under_the_reader() -> None:
    live = LiveState()
    seen = live.statuses()
    live.note_status(a_report())

    assert seen == {}
