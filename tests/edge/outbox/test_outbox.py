"""The outbox: numbers without holes, kept until the cloud has them, dropped only by rule and on the record."""

import stat
from pathlib import Path

import pytest

from cityedge.clock import ManualClock, SystemClock
from cityedge.codec import decode
from cityedge.messages import AlertMessage, CountMessage, ExpiredMessage, SequencedMessage
from edge.errors import OutboxError
from edge.outbox.notes import Owner
from edge.outbox.outbox import FILE_NAME, Outbox
from edge.settings import OutboxSettings
from tests.edge.outbox.conftest import OpenOutbox
from tests.support.gateway_messages import GATEWAY, NOON, SITE, a_count, a_health, an_alert


def seqs(outbox: Outbox) -> list[int]:
    return [row.seq for row in outbox.pending(after=0, limit=100_000)]


def messages(outbox: Outbox) -> list[SequencedMessage]:
    decoded = [decode(row.payload) for row in outbox.pending(after=0, limit=100_000)]
    return [message for message in decoded if isinstance(message, SequencedMessage)]


def test_numbers_begin_at_1_and_follow_one_another(outbox: Outbox) -> None:
    first = outbox.append([a_count(0), a_health()])
    second = outbox.append([a_count(1)])

    assert [message.seq for message in (*first, *second)] == [1, 2, 3]
    assert {message.epoch for message in (*first, *second)} == {outbox.epoch}


def test_a_row_is_the_message_with_its_identity(outbox: Outbox) -> None:
    (numbered,) = outbox.append([a_count(people=7)])

    (row,) = outbox.pending(after=0, limit=10)

    assert decode(row.payload) == numbered
    assert (row.kind, row.source) == ("count", "north")


def test_appending_nothing_writes_nothing(outbox: Outbox) -> None:
    assert outbox.append([]) == []
    assert outbox.books().produced == 0


def test_rows_are_given_in_order_from_where_one_asks(outbox: Outbox) -> None:
    outbox.append([a_count(minute) for minute in range(5)])

    assert [row.seq for row in outbox.pending(after=2, limit=2)] == [3, 4]


def test_rows_that_the_cloud_has_are_gone(outbox: Outbox) -> None:
    outbox.append([a_count(minute) for minute in range(5)])

    outbox.accounted(outbox.epoch, 3)

    assert seqs(outbox) == [4, 5]
    assert outbox.books().held_from == 4


@pytest.mark.parametrize(
    ("epoch", "seq"),
    [
        pytest.param("somebody-elses", 3, id="of another epoch"),
        pytest.param(None, 2, id="older than the last"),
        pytest.param(None, 0, id="none yet"),
    ],
)
def test_a_watermark_that_says_nothing_new_changes_nothing(outbox: Outbox, epoch: str | None, seq: int) -> None:
    outbox.append([a_count(minute) for minute in range(5)])
    outbox.accounted(outbox.epoch, 2)

    outbox.accounted(epoch or outbox.epoch, seq)

    assert seqs(outbox) == [3, 4, 5]


def test_books_count_what_was_produced_and_what_waits(outbox: Outbox) -> None:
    outbox.append([a_count(minute) for minute in range(5)])
    outbox.accounted(outbox.epoch, 5)
    outbox.append([a_count(6)])

    books = outbox.books()

    assert (books.produced, books.queued, books.held_from, books.expired) == (6, 1, 6, 0)


def test_books_of_an_empty_outbox_name_the_next_number(outbox: Outbox) -> None:
    outbox.append([a_count()])
    outbox.accounted(outbox.epoch, 1)

    assert (outbox.books().queued, outbox.books().held_from) == (0, 2)


def test_everything_is_there_after_closing_and_opening(open_outbox: OpenOutbox) -> None:
    outbox = open_outbox()
    outbox.append([a_count(minute) for minute in range(5)])
    outbox.accounted(outbox.epoch, 2)
    books = outbox.books()
    outbox.close()

    again = open_outbox()

    assert again.books() == books
    assert seqs(again) == [3, 4, 5]
    assert [message.seq for message in again.append([a_count(9)])] == [6]


def test_the_age_of_the_queue_is_that_of_its_oldest_row(outbox: Outbox, clock: ManualClock) -> None:
    assert outbox.queue_age_s() == 0.0
    outbox.append([a_count(0)])

    clock.advance(160.0)

    assert outbox.queue_age_s() == 100.0


def test_nobody_but_its_user_can_read_the_file(outbox: Outbox, tmp_path: Path) -> None:
    outbox.append([a_count()])

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob(f"{FILE_NAME}*")}

    assert set(modes.values()) == {0o600}, modes


def test_a_second_agent_on_the_same_outbox_is_told_to_go_away(outbox: Outbox, tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="in use by another process") as caught:
        Outbox(tmp_path, owner=Owner(SITE, GATEWAY), limits=OutboxSettings(), clock=SystemClock())

    assert "state_dir" in caught.value.cure
    assert outbox.append([a_count()])


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    with pytest.raises(OutboxError, match="cannot be written") as caught:
        Outbox(tmp_path / "file", owner=Owner(SITE, GATEWAY), limits=OutboxSettings(), clock=SystemClock())

    assert "state_dir" in caught.value.cure


# Dropping by rule.


def test_summaries_past_their_age_are_dropped_and_the_record_of_it_is_a_row(
    outbox: Outbox, clock: ManualClock
) -> None:
    outbox.append([a_count(0), an_alert(), a_count(1)])
    clock.advance(31 * 86_400)
    outbox.append([a_count(31 * 1440)])

    assert outbox.expire() == 2

    kept = messages(outbox)
    assert [message.seq for message in kept] == [2, 4, 5]
    record = kept[-1]
    assert isinstance(record, ExpiredMessage)
    assert (record.reason, record.ranges) == ("age", ((1, 1), (3, 3)))


def test_what_was_dropped_stands_in_the_books(outbox: Outbox, clock: ManualClock) -> None:
    outbox.append([a_count(minute) for minute in range(10)])
    clock.advance(31 * 86_400)
    outbox.expire()

    books = outbox.books()

    assert (books.produced, books.expired, books.queued, books.held_from) == (11, 10, 1, 11)


def test_nothing_is_dropped_while_there_is_room_and_time(outbox: Outbox) -> None:
    outbox.append([a_count(minute) for minute in range(100)])

    assert outbox.expire() == 0
    assert outbox.books().produced == 100


def big(camera_rows: int) -> list[CountMessage]:
    return [a_count(minute) for minute in range(camera_rows)]


def test_past_its_size_the_lowest_class_goes_first_and_the_oldest_of_it(open_outbox: OpenOutbox) -> None:
    outbox = open_outbox(limits=OutboxSettings(max_bytes=1_000_000))
    outbox.append([an_alert(), a_health(), *big(3000), a_health(), an_alert()])

    assert outbox.expire() > 2

    kept = messages(outbox)
    assert [type(message).__name__ for message in kept].count("HealthMessage") == 0
    assert [type(message).__name__ for message in kept].count("AlertMessage") == 2
    counted = [message.seq for message in kept if isinstance(message, CountMessage)]
    assert counted == list(range(counted[0], 3003))
    records = [message for message in kept if isinstance(message, ExpiredMessage)]
    assert {record.reason for record in records} == {"size"}
    dropped = {s for record in records for first, last in record.ranges for s in range(first, last + 1)}
    assert dropped == set(range(1, outbox.books().produced + 1)) - {message.seq for message in kept}


def test_dropping_for_size_makes_room_for_a_while(open_outbox: OpenOutbox) -> None:
    outbox = open_outbox(limits=OutboxSettings(max_bytes=1_000_000))
    outbox.append(big(4000))
    outbox.expire()

    outbox.append(big(50))

    assert outbox.expire() == 0


# Files that cannot be trusted.


def alerts(outbox: Outbox) -> list[AlertMessage]:
    return [message for message in messages(outbox) if isinstance(message, AlertMessage)]


def test_a_file_that_is_no_database_is_set_aside_and_reported(open_outbox: OpenOutbox, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this was a photograph once" * 100)

    outbox = open_outbox()

    assert [(a.rule, a.state, a.severity) for a in alerts(outbox)] == [
        ("outbox_quarantined", "raised", "critical")
    ]
    (aside,) = tmp_path.glob("outbox-aside-*.sqlite")
    assert aside.read_bytes().startswith(b"this was a photograph")
    assert aside.name in alerts(outbox)[0].text


def test_a_new_file_begins_a_new_epoch_at_1(open_outbox: OpenOutbox, tmp_path: Path) -> None:
    outbox = open_outbox()
    outbox.append([a_count()])
    epoch = outbox.epoch
    outbox.close()
    (tmp_path / FILE_NAME).unlink()

    again = open_outbox()

    assert again.epoch != epoch
    assert again.append([a_count()])[0].seq == 1


def test_a_page_overwritten_while_it_was_closed_is_found_at_the_start(
    open_outbox: OpenOutbox, tmp_path: Path
) -> None:
    outbox = open_outbox()
    outbox.append(big(200))
    outbox.close()
    overwrite_from(tmp_path / FILE_NAME, offset=3 * 4096)

    again = open_outbox()

    assert [alert.rule for alert in alerts(again)] == ["outbox_quarantined"]


def test_damage_found_while_running_begins_a_new_file_and_loses_no_new_row(
    open_outbox: OpenOutbox, tmp_path: Path
) -> None:
    outbox = open_outbox()
    outbox.append(big(20_000))
    epoch = outbox.epoch
    overwrite_from(tmp_path / FILE_NAME, offset=4096)
    outbox.accounted(epoch, 20_000)

    (numbered,) = outbox.append([a_count(people=9)])

    assert numbered.epoch == outbox.epoch != epoch
    assert [alert.rule for alert in alerts(outbox)] == ["outbox_quarantined"]
    assert messages(outbox)[-1] == numbered


def overwrite_from(path: Path, *, offset: int) -> None:
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(offset)
        file.write(b"\xa5" * (size - offset))


def test_the_file_of_another_gateway_is_not_continued(open_outbox: OpenOutbox) -> None:
    outbox = open_outbox()
    outbox.append([a_count()])
    epoch = outbox.epoch
    outbox.close()

    renamed = open_outbox(gateway="gw-2")

    assert renamed.epoch != epoch
    assert "belongs to old-town/gw-1" in alerts(renamed)[0].text


def test_a_file_restored_from_an_old_copy_does_not_give_numbers_twice(
    open_outbox: OpenOutbox, tmp_path: Path
) -> None:
    outbox = open_outbox()
    outbox.append([a_count(0)])
    epoch = outbox.epoch
    outbox.close()
    copy = (tmp_path / FILE_NAME).read_bytes()
    outbox = open_outbox()
    outbox.append([a_count(1), a_count(2)])
    outbox.close()
    (tmp_path / FILE_NAME).write_bytes(copy)
    restored = open_outbox()

    restored.accounted(epoch, 3)

    assert restored.epoch != epoch
    assert "restored from a copy" in alerts(restored)[0].text


def test_only_the_newest_files_that_were_set_aside_are_kept(
    open_outbox: OpenOutbox, tmp_path: Path, clock: ManualClock
) -> None:
    for day in range(5):
        (tmp_path / FILE_NAME).write_bytes(f"not a database {day}".encode() * 100)
        open_outbox().close()
        clock.advance(86_400)

    kept = sorted(path.read_bytes()[:16] for path in tmp_path.glob("outbox-aside-*.sqlite"))

    assert kept == [b"not a database 2", b"not a database 3", b"not a database 4"]


def test_a_full_disk_is_said_and_nothing_is_half_written(outbox: Outbox) -> None:
    outbox.append([a_count(0)])
    outbox._file._db.execute("PRAGMA max_page_count = 8")

    with pytest.raises(OutboxError, match="full") as caught:
        outbox.append(big(1000))

    assert "disk" in caught.value.cure
    outbox._file._db.execute("PRAGMA max_page_count = 1000000")
    assert [message.seq for message in outbox.append([a_count(1)])] == [2]
    assert seqs(outbox) == [1, 2]


def test_the_disk_gets_back_what_a_long_queue_took(outbox: Outbox, tmp_path: Path) -> None:
    outbox.append(big(60_000))
    outbox.append([a_count()])
    long = outbox._file.used_bytes()

    outbox.accounted(outbox.epoch, 60_000)

    assert long > 20_000_000
    assert (tmp_path / FILE_NAME).stat().st_size < 1_000_000
    assert outbox.books().queued == 1


def test_the_time_of_a_row_is_that_of_its_window_not_of_its_writing(outbox: Outbox, clock: ManualClock) -> None:
    clock.advance(3600)
    outbox.append([a_count(0)])

    assert outbox.queue_age_s() == 3600 - 60
    assert clock.now() > NOON


def test_where_not_even_a_new_file_can_be_made_the_next_call_tries_again_and_tells(
    open_outbox: OpenOutbox, tmp_path: Path
) -> None:
    outbox = open_outbox()
    outbox.append(big(20_000))
    epoch = outbox.epoch
    overwrite_from(tmp_path / FILE_NAME, offset=4096)
    # Every name that the damaged file could get is taken.
    for number in range(1000):
        (tmp_path / f"outbox-aside-{NOON:%Y%m%dT%H%M%SZ}-{number:03d}.sqlite").mkdir()
    with pytest.raises(OutboxError, match="cannot be set aside"):
        outbox.accounted(epoch, 20_000)

    for path in tmp_path.glob("outbox-aside-*"):
        path.rmdir()
    outbox.append([a_count(people=9)])

    assert outbox.epoch != epoch
    assert [alert.rule for alert in alerts(outbox)] == ["outbox_quarantined"]
    assert [message.seq for message in messages(outbox)] == [1, 2]
