"""The whole cloud side as people run it: clean stops, clear errors, and kill -9 in the middle of everything."""

import functools
import json
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from cityedge.broker import BrokerSettings
from cityedge.cli import main
from cloud.commands.running import ask
from cloud.settings import HttpSettings
from tests.support.busy_store import BusyStore
from tests.support.certificates import make_certificates
from tests.support.cloud_process import CloudProcess
from tests.support.entries import a_count, a_report, a_speed, an_alert, heat, trips
from tests.support.influxdb import InfluxDb
from tests.support.mosquitto import Mosquitto
from tests.support.publisher import Publisher
from tests.support.waiting import wait_for

SERIES = (
    "--measurement",
    "crossing",
    "--fields",
    "in,out",
    "--from",
    "2026-03-01T12:00",
    "--to",
    "2026-03-01T14:00",
)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Mosquitto]:
    with Mosquitto(tmp_path, extra=("max_queued_messages 100000",)) as broker:
        yield broker


@pytest.fixture
def cloud(tmp_path: Path, broker: Mosquitto) -> Iterator[CloudProcess]:
    cloud = CloudProcess(tmp_path, broker.port)
    yield cloud
    cloud.kill()


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """What a verb answers in JSON."""
    code = main(["cloud", *words, "--json"])
    said = capsys.readouterr()
    assert code == 0, said.err
    return json.loads(said.out)


@pytest.fixture(params=["embedded", "influxdb"])
def any_cloud(request: pytest.FixtureRequest, tmp_path: Path, broker: Mosquitto) -> Iterator[CloudProcess]:
    """A cloud side on each kind of store."""
    with ExitStack() as stack:
        store = None
        if request.param == "influxdb":
            server = stack.enter_context(InfluxDb(tmp_path))
            store = {"kind": "influxdb", "url": server.url, "books_path": str(tmp_path / "books.sqlite")}
        cloud = CloudProcess(tmp_path, broker.port, store=store)
        stack.callback(cloud.kill)
        yield cloud


def test_it_collects_answers_while_it_runs_and_after_it_was_stopped(
    any_cloud: CloudProcess, broker: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(any_cloud.config)
    query = ("query", config, *SERIES, "--bucket", "3600", "--group-by", "camera")
    any_cloud.start()
    with Publisher(BrokerSettings(port=broker.port)) as publisher:
        wait_for(lambda: "connected to broker" in any_cloud.log, within_s=20.0)
        publisher.send([*(a_count(seq, minute=seq / 10) for seq in range(1, 31)), a_report(produced=30).message])
        wait_for(lambda: asked(capsys, "balance", config)["sheets"], within_s=20.0)
        wait_for(lambda: asked(capsys, "balance", config)["sheets"][0]["as_of"])
    running = (asked(capsys, "balance", config), asked(capsys, *query))

    assert any_cloud.stop() == 0

    stopped = (asked(capsys, "balance", config), asked(capsys, *query))
    assert running == stopped
    balance, series = stopped
    assert balance["closes"] is True
    assert (balance["sheets"][0]["produced"], balance["sheets"][0]["stored"]) == (30, 30)
    assert series == {
        "series": [
            {"tags": {"camera": "north"}, "times": ["2026-03-01T12:00:00Z"], "values": {"in": [30], "out": [60]}}
        ]
    }


def test_all_that_a_gateway_counts_goes_over_the_wire_into_the_store_and_the_answers(
    any_cloud: CloudProcess, broker: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    config = str(any_cloud.config)
    window = a_count(
        1,
        see="dark",
        impaired=0.25,
        flows=(trips(3),),
        speeds=(a_speed(5.5, count=4, p85_mps=7.0),),
        heat=heat(x03y05=7.25),
    )
    any_cloud.start()
    with Publisher(BrokerSettings(port=broker.port)) as publisher:
        wait_for(lambda: "connected to broker" in any_cloud.log, within_s=20.0)
        publisher.send([window, an_alert(2, place="gate"), a_report(produced=2).message])
        wait_for(lambda: asked(capsys, "balance", config)["sheets"], within_s=20.0)
        wait_for(lambda: asked(capsys, "balance", config)["sheets"][0]["stored"] == 2)

    def told(measurement: str, fields: str) -> Any:
        words = ("--measurement", measurement, "--fields", fields, *SERIES[4:])
        return asked(capsys, "query", config, *words)["series"][0]["values"]

    assert told("camera", "impaired_s,observed_s") == {"impaired_s": [15], "observed_s": [60]}
    assert told("flow", "count") == {"count": [3]}
    assert told("speed", "mean_mps,p85_mps,count") == {"mean_mps": [5.5], "p85_mps": [7], "count": [4]}
    assert told("heat", "present_s") == {"present_s": [7.25]}
    http = HttpSettings(port=any_cloud.http_port)
    (alert,) = ask(http, "/alerts", [("since", "2026-03-01T00:00:00Z")])["alerts"]
    assert (alert["place"], alert["state"]) == ("gate", "raised")
    (counts,) = ask(http, "/counts", [("start", "2026-03-01T12:00:00Z"), ("end", "2026-03-01T12:01:00Z")])[
        "series"
    ]
    assert (counts["impaired"], counts["impairments"], counts["reasons"]) == ([0.25], ["dark"], [None])


def test_behind_a_certificate_and_a_token_the_verbs_still_find_it(
    tmp_path: Path, broker: Mosquitto, capsys: pytest.CaptureFixture[str]
) -> None:
    files = make_certificates(tmp_path)
    (tmp_path / "token").write_text("0123456789abcdef0123\n", encoding="utf-8")
    guarded = {"cert_file": files.server_cert_file, "key_file": files.server_key_file, "host": "0.0.0.0"}
    cloud = CloudProcess(tmp_path, broker.port, http={**guarded, "access_token_file": str(tmp_path / "token")})
    cloud.start()
    try:
        assert asked(capsys, "balance", str(cloud.config)) == {"sheets": [], "closes": True}

        (tmp_path / "token").write_text("fedcba9876543210fedc\n", encoding="utf-8")
        assert main(["cloud", "balance", str(cloud.config)]) == 1
        assert "401" in capsys.readouterr().err
    finally:
        cloud.kill()


def test_killed_in_the_middle_of_everything_it_loses_nothing_and_counts_nothing_twice(
    cloud: CloudProcess, broker: Mosquitto, tmp_path: Path
) -> None:
    messages = [a_count(seq, minute=seq / 10) for seq in range(1, 4001)]
    cloud.start()
    wait_for(lambda: "connected to broker" in cloud.log, within_s=20.0)
    with Publisher(BrokerSettings(port=broker.port)) as publisher:
        sender = threading.Thread(target=publisher.send, args=(messages,))
        sender.start()
        for threshold in (200, 1200):
            seen = wait_for(functools.partial(stored, cloud, at_least=threshold), within_s=20.0)
            cloud.kill()
            assert seen < 4000, "it was killed too late to prove anything"
            cloud.start()
        sender.join()
        wait_for(lambda: stored(cloud, at_least=4000), within_s=30.0, what="the rest")
    assert cloud.stop() == 0

    store = BusyStore(tmp_path / "store.duckdb")
    (account,) = store.accounts()
    assert (account.watermark, account.stored) == (4000, 4000)
    assert [seq for _, seq in store.windows()] == list(range(1, 4001))
    store.close()


def stored(cloud: CloudProcess, *, at_least: int) -> int:
    """How many messages the running process has stored; 0 while they are fewer."""
    sheets = ask(HttpSettings(port=cloud.http_port), "/balance")["sheets"]
    count = sum(sheet["stored"] for sheet in sheets)
    return int(count) if count >= at_least else 0


def test_it_stops_by_itself_after_the_time_that_it_is_given(cloud: CloudProcess) -> None:
    cloud.start("--duration", "0.5")

    assert cloud.wait() == 0


def test_a_store_that_another_process_has_open_stops_the_start(
    cloud: CloudProcess, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(flush=True); input()"
    command = [sys.executable, "-c", hold, str(tmp_path / "store.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert main(["cloud", "run", str(cloud.config)]) == 1
        holder.communicate("\n")

    said = capsys.readouterr().err
    assert "is open in another process" in said
    assert f"PID {holder.pid}" in said


def test_a_port_that_is_taken_stops_the_start(cloud: CloudProcess, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", cloud.http_port)):
        assert main(["cloud", "run", str(cloud.config)]) == 1

    assert str(cloud.http_port) in capsys.readouterr().err


def test_a_configuration_with_a_wrong_key_stops_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "cloud.yaml"
    config.write_text("collector:\n  batch_wait: 1\n", encoding="utf-8")

    assert main(["cloud", "run", str(config)]) == 1
    assert (
        f"{config}:2: collector.batch_wait: unknown key; did you mean 'batch_wait_s'?" in capsys.readouterr().err
    )
