"""What is the embedded store's own: one process at a time, kill -9, and a disk that is full."""

import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from cityedge.paths import REPOSITORY
from cloud.errors import StoreBusyError, StoreError, StoreLockedError
from cloud.store.embedded import EmbeddedStore
from cloud.types import SeriesQuestion
from tests.support.entries import MINUTE, NOON, a_count, a_speed, an_alert, entries, trips

ALL = SeriesQuestion("crossing", ("in",), NOON, NOON + 60 * MINUTE, 3600, {}, ())

OF_VERSION_0_1 = (
    """CREATE TABLE camera (time TIMESTAMP NOT NULL, site VARCHAR NOT NULL, gateway VARCHAR NOT NULL,
        camera VARCHAR NOT NULL, observed DOUBLE, observed_s DOUBLE, window_s DOUBLE, frames BIGINT,
        rate_fps DOUBLE, see VARCHAR, model VARCHAR, config_rev VARCHAR, late BOOLEAN, seq BIGINT)""",
    """CREATE TABLE crossing (time TIMESTAMP NOT NULL, site VARCHAR NOT NULL, gateway VARCHAR NOT NULL,
        camera VARCHAR NOT NULL, line VARCHAR NOT NULL, class VARCHAR NOT NULL, "in" BIGINT, out BIGINT)""",
    """CREATE TABLE zone (time TIMESTAMP NOT NULL, site VARCHAR NOT NULL, gateway VARCHAR NOT NULL,
        camera VARCHAR NOT NULL, zone VARCHAR NOT NULL, class VARCHAR NOT NULL, occupancy_mean DOUBLE,
        occupancy_peak DOUBLE, entries BIGINT, exits BIGINT, dwell_p50_s DOUBLE, dwell_p90_s DOUBLE,
        dwell_max_s DOUBLE, queue_peak DOUBLE)""",
    """CREATE TABLE alert (time TIMESTAMP NOT NULL, site VARCHAR NOT NULL, gateway VARCHAR NOT NULL,
        source VARCHAR NOT NULL, rule VARCHAR NOT NULL, severity VARCHAR NOT NULL, state VARCHAR,
        value DOUBLE, text VARCHAR)""",
    """CREATE TABLE ledgers (site TEXT, gateway TEXT, epoch TEXT, stored TEXT NOT NULL, refused TEXT NOT NULL,
        expired TEXT NOT NULL, PRIMARY KEY (site, gateway, epoch))""",
    """INSERT INTO camera VALUES ('2026-03-01 12:00:00', 'old-town', 'gw-1', 'north', 0.7, 42, 60, 420, 10,
        'offline', 'nanodet-m-416', '1', false, 1)""",
    """INSERT INTO crossing VALUES ('2026-03-01 12:00:00', 'old-town', 'gw-1', 'north', 'mid', 'person', 7, 2)""",
    """INSERT INTO ledgers VALUES ('old-town', 'gw-1', 'e1', '[[1,1]]', '[]', '[]')""",
)
"""What the first version made and wrote."""

WRITE_FOR_EVER = """
import sys
from pathlib import Path
from cloud.store.embedded import EmbeddedStore
from tests.support.entries import a_count, entries
store = EmbeddedStore(Path(sys.argv[1]))
for first in range(1, 1_000_000, 20):
    store.write(entries([a_count(seq, minute=seq % 60) for seq in range(first, first + 20)]))
    print(first + 19, flush=True)
"""

FILL_THE_DISK = """
import resource, sys
from pathlib import Path
from cloud.errors import StoreBusyError
from cloud.store.embedded import EmbeddedStore
from tests.support.entries import a_count, entries
path, first, most_bytes, checkpoint = Path(sys.argv[1]), *sys.argv[2:]
store = EmbeddedStore(path)
store._connection.execute(f"SET wal_autocheckpoint = '{checkpoint}'")
def batch(number):
    return entries([a_count(seq, minute=seq % 60) for seq in range(number * 50 + 1, number * 50 + 51)])
for number in range(int(first)):
    store.write(batch(number))
limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), limit[1]))
number = int(first)
try:
    while number < 1000:
        store.write(batch(number))
        number += 1
except StoreBusyError as error:
    print("busy:", error)
resource.setrlimit(resource.RLIMIT_FSIZE, limit)
store.write(batch(number))
print("stored:", store.accounts()[0].watermark, (number + 1) * 50)
store.close()
"""


def run_python(text: str, path: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", text, str(path), *words], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True
    )


def counted(store: EmbeddedStore) -> float:
    return sum(series.values["in"][0] or 0.0 for series in store.series(ALL))


def test_a_second_process_is_told_who_has_it_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    holder = run_python(WRITE_FOR_EVER, path)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(StoreLockedError, match=str(holder.pid)) as caught:
            EmbeddedStore(path)
    finally:
        holder.kill()
        holder.communicate()

    assert str(path) in caught.value.message
    assert "HTTP" in caught.value.cure


def test_what_was_written_survives_kill_9_and_the_books_agree_with_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    for _ in range(2):
        writer = run_python(WRITE_FOR_EVER, path)
        assert writer.stdout is not None
        said = [int(writer.stdout.readline()) for _ in range(8)]
        writer.send_signal(signal.SIGKILL)
        writer.communicate()

    store = EmbeddedStore(path)
    (account,) = store.accounts()
    assert account.watermark >= said[-1]
    assert account.watermark == account.highest
    assert counted(store) == account.stored, "rows and books are committed together"
    store.close()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(("0", "400000", "16MB"), "duckdb.wal", id="no room for the log"),
        pytest.param(("4", "1000000", "200KB"), "FATAL", id="no room for a checkpoint, which ends the database"),
    ],
)
def test_on_a_full_disk_it_is_busy_and_goes_on_when_there_is_room(
    tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    path = tmp_path / "store.duckdb"

    said = run_python(FILL_THE_DISK, path, *words).communicate(timeout=60)[0]

    assert re.search(f"busy: .*{why}", said), said
    match = re.search(r"stored: (\d+) (\d+)", said)
    assert match, said
    assert match[1] == match[2]
    store = EmbeddedStore(path)
    assert counted(store) == int(match[1])
    store.close()


def test_a_file_of_version_0_1_goes_on_with_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    with duckdb.connect(str(path)) as old:
        for statement in OF_VERSION_0_1:
            old.execute(statement)
    window = a_count(2, minute=1, see="dark", impaired=0.5, flows=(trips(3),), speeds=(a_speed(5.0, count=2),))

    for _ in range(2):
        store = EmbeddedStore(path)
        store.write(entries([a_count(1), window, an_alert(3, place="gate")]))
        store.close()
    store = EmbeddedStore(path)
    before, since = store.series(replace(ALL, measurement="camera", fields=("impaired_s", "frames"), bucket_s=60))[
        0
    ].values.values()
    (alert,) = store.latest("alert", since=NOON)

    assert counted(store) == 8.0, "seven from before, and one in a window of today"
    assert (before, since) == ((None, 30.0), (420.0, 600.0))
    assert store.series(replace(ALL, measurement="flow", fields=("count",)))[0].values == {"count": (3.0,)}
    assert alert.fields["place"] == "gate"
    assert [(account.stored, account.watermark) for account in store.accounts()] == [(3, 3)]
    store.close()


def test_a_file_that_is_none_of_ours_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    path.write_text("this is a letter", encoding="utf-8")

    with pytest.raises(StoreError, match="cannot be opened") as caught:
        EmbeddedStore(path)
    assert str(path) in caught.value.message
    assert caught.value.cure


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match="file/store"):
        EmbeddedStore(tmp_path / "file" / "store.duckdb")


def test_rows_whose_ledger_cannot_be_written_are_not_stored_either(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store.duckdb")
    store.write(entries([a_count(1)]))
    store._connection.execute("ALTER TABLE ledgers RENAME TO gone")
    with pytest.raises(StoreBusyError):
        store.write(entries([a_count(2, minute=1)]))

    assert counted(store) == 1.0
    assert store.accounts()[0].stored == 1
    store.close()
