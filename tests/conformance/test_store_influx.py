"""What is InfluxDB's own: outages, refusals of every kind, and the books that are written after the points."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cityedge.errors import ConfigError
from cloud.errors import StoreBusyError
from cloud.settings import InfluxStoreSettings
from cloud.store.influx import InfluxStore
from cloud.store.influx_server import version_of
from cloud.types import Entry, Row, SeriesQuestion
from tests.support.entries import MINUTE, NOON, a_count, entries, entry
from tests.support.influx_proxy import InfluxProxy, Refusal
from tests.support.influxdb import InfluxDb
from tests.support.ports import free_port

ALL = SeriesQuestion("crossing", ("in",), NOON, NOON + 60 * MINUTE, 3600, {}, ())


def settings(url: str, folder: Path, **more: Any) -> InfluxStoreSettings:
    return InfluxStoreSettings(
        url=url, books_path=str(folder / "books.sqlite"), **{"database": folder.name, **more}
    )


def counted(store: InfluxStore) -> float | None:
    found = store.series(ALL)
    return found[0].values["in"][0] if found else None


@pytest.fixture
def store(influxdb: InfluxDb, tmp_path: Path) -> Iterator[InfluxStore]:
    store = InfluxStore(settings(influxdb.url, tmp_path))
    yield store
    store.close()


@pytest.fixture
def newer(newer_influxdb: InfluxProxy, tmp_path: Path) -> Iterator[InfluxStore]:
    newer_influxdb.writes.clear()
    store = InfluxStore(settings(newer_influxdb.url, tmp_path))
    yield store
    store.close()
    newer_influxdb.refusals.clear()


def test_at_the_first_write_it_says_what_it_found_and_how_it_writes(
    store: InfluxStore, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        store.write(entries([a_count(1)]))

    assert "InfluxDB 1.6.7" in caplog.text
    assert "written to by /write" in caplog.text


def test_a_newer_server_is_written_to_through_its_v2_api_with_the_precision_said(
    newer: InfluxStore, newer_influxdb: InfluxProxy, tmp_path: Path
) -> None:
    newer.write(entries([a_count(1)]))

    (asked,) = newer_influxdb.writes
    assert (asked["bucket"], asked["precision"]) == (tmp_path.name, "ns")
    assert counted(newer) == 1.0


@pytest.mark.parametrize(
    ("text", "number", "old_write"),
    [
        ("1.6.7~rc0", (1, 6), True),
        ("1.7.11", (1, 7), True),
        ("1.8.10", (1, 8), False),
        ("v2.7.1", (2, 7), False),
        ("3.11.0", (3, 11), False),
        ("", (0, 0), False),
    ],
)
def test_the_version_decides_how_points_are_written(
    text: str, number: tuple[int, int], *, old_write: bool
) -> None:
    version = version_of(text)

    assert (version.number, version.needs_old_write) == (number, old_write)


def test_while_the_server_is_away_nothing_is_stored_and_nothing_is_lost(tmp_path: Path) -> None:
    with InfluxDb(tmp_path) as server:
        store = InfluxStore(settings(server.url, tmp_path))
        store.write(entries([a_count(1)]))
        server.kill()

        with pytest.raises(StoreBusyError, match=str(server.port)):
            store.write(entries([a_count(2, minute=1)]))
        with pytest.raises(StoreBusyError):
            store.series(ALL)
        assert store.accounts()[0].stored == 1

        server.start()
        store.write(entries([a_count(2, minute=1)]))
        assert (counted(store), store.accounts()[0].watermark) == (2.0, 2)
        store.close()


def test_a_server_that_was_never_there_is_waited_for(tmp_path: Path) -> None:
    store = InfluxStore(settings(f"http://127.0.0.1:{free_port()}", tmp_path))

    with pytest.raises(StoreBusyError, match="cannot be reached"):
        store.write(entries([a_count(1)]))
    store.close()


def test_points_that_the_books_do_not_know_yet_are_not_counted_twice(influxdb: InfluxDb, tmp_path: Path) -> None:
    """A crash after the points and before the books: the broker delivers again what was not acknowledged."""
    first = InfluxStore(settings(influxdb.url, tmp_path))
    first.write(entries([a_count(1), a_count(2, minute=1)]))
    first.close()
    for file in tmp_path.glob("books.sqlite*"):
        file.unlink()

    again = InfluxStore(settings(influxdb.url, tmp_path))
    outcome = again.write(entries([a_count(1), a_count(2, minute=1), a_count(3, minute=2)]))

    assert len(outcome.stored) == 3
    assert counted(again) == 3.0
    again.close()


def test_a_type_conflict_costs_the_one_message_that_has_it(store: InfluxStore) -> None:
    store.write(entries([a_count(1)]))
    bad = entry(a_count(5, minute=5))
    conflict = Row("crossing", bad.rows[1].time, bad.rows[1].tags, {"in": 1.5, "out": 0})
    batch = entries([a_count(seq, minute=seq) for seq in (2, 3, 4, 6, 7)])

    outcome = store.write([*batch[:3], Entry(bad.identity, bad.message, [conflict], NOON), *batch[3:]])

    ((refused, reason),) = outcome.refused
    assert refused.identity.seq == 5
    assert "field type conflict" in reason
    assert counted(store) == 6.0


def test_a_batch_that_is_too_large_for_the_server_is_sent_in_parts(tmp_path: Path) -> None:
    with InfluxDb(tmp_path, max_body_bytes=3_000) as server:
        store = InfluxStore(settings(server.url, tmp_path))

        outcome = store.write(entries([a_count(seq, minute=seq / 10) for seq in range(1, 101)]))

        assert len(outcome.stored) == 100
        assert counted(store) == 100.0
        store.close()


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_what_an_operator_or_time_can_heal_is_kept_and_tried_again(
    newer: InfluxStore, newer_influxdb: InfluxProxy, status: int
) -> None:
    newer_influxdb.refusals.append(Refusal(status, '{"message":"no"}', {"Retry-After": "7"}))

    with pytest.raises(StoreBusyError) as caught:
        newer.write(entries([a_count(1)]))

    assert caught.value.retry_after_s == 7.0
    assert newer.accounts() == []
    assert len(newer.write(entries([a_count(1)])).stored) == 1


def test_a_refusal_that_names_points_is_followed_to_the_bad_ones(
    newer: InfluxStore, newer_influxdb: InfluxProxy
) -> None:
    """As InfluxDB 2 says it: the batch, then the half with the bad point, then the point."""
    no = Refusal(422, '{"code":"unprocessable entity","message":"partial write: field type conflict dropped=1"}')
    yes = Refusal(204)
    newer_influxdb.refusals.extend([no, no, no, yes, yes])

    outcome = newer.write(entries([a_count(seq, minute=seq) for seq in range(1, 5)]))

    assert [made.identity.seq for made, _ in outcome.refused] == [1]
    assert [made.identity.seq for made in outcome.stored] == [2, 3, 4]


def test_the_token_is_sent_as_the_server_wants_it(newer_influxdb: InfluxProxy, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("s3cret\n", encoding="utf-8")
    newer_influxdb.tokens.clear()
    store = InfluxStore(settings(newer_influxdb.url, tmp_path, token_file=str(tmp_path / "token")))

    store.write(entries([a_count(1)]))

    assert newer_influxdb.tokens == ["Token s3cret"]
    store.close()


def test_a_server_that_asks_for_a_user_is_given_one(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("admin:s3cret", encoding="utf-8")
    with InfluxDb(tmp_path, auth=True) as server:
        without = InfluxStore(settings(server.url, tmp_path))
        without._server.ask("CREATE USER admin WITH PASSWORD 's3cret' WITH ALL PRIVILEGES", method="POST")
        with pytest.raises(StoreBusyError, match="401"):
            without.write(entries([a_count(1)]))
        without.close()

        allowed = InfluxStore(settings(server.url, tmp_path, token_file=str(tmp_path / "token")))
        allowed.write(entries([a_count(1)]))
        assert counted(allowed) == 1.0
        allowed.close()


def test_a_token_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"store\.token_file"):
        InfluxStore(settings("http://127.0.0.1:1", tmp_path, token_file=str(tmp_path / "none")))
