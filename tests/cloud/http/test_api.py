from datetime import timedelta
from typing import Any

import httpx
import pytest

from cityedge.clock import ManualClock
from cloud.errors import StoreBusyError
from cloud.http.server import HttpServer
from cloud.live import LiveState
from cloud.settings import HttpSettings
from tests.cloud.http.conftest import NOON, Served
from tests.support.failing_store import FailingStore
from tests.support.ports import free_port

HOUR = {"start": "2026-03-01T12:00:00Z", "end": "2026-03-01T12:10:00Z"}


def get(served: Served, path: str, **parameters: Any) -> Any:
    response = served.http.get(f"/api/v1{path}", params=parameters)
    assert response.status_code == 200, response.text
    return response.json()


def test_series_are_what_the_store_holds_and_leave_out_what_it_does_not(served: Served) -> None:
    answer = get(
        served, "/series", **HOUR, measurement="crossing", fields="in,out", where="class:car", group_by="line"
    )

    assert [one["tags"] for one in answer["series"]] == [{"line": "kerb"}]
    only = answer["series"][0]
    assert only["values"] == {"in": [1] * 8, "out": [2] * 8}
    assert only["times"][0] == "2026-03-01T12:00:00Z"
    assert "2026-03-01T12:05:00Z" not in only["times"]
    assert "2026-03-01T12:07:00Z" not in only["times"]


def test_several_values_of_one_tag_are_alternatives(served: Served) -> None:
    answer = get(
        served,
        "/series",
        **HOUR,
        measurement="crossing",
        fields=["in", "out"],
        where=["class:car", "class:bus"],
        group_by="class",
        bucket_s=600,
    )

    assert [(one["tags"]["class"], one["values"]["in"]) for one in answer["series"]] == [
        ("bus", [0]),
        ("car", [8]),
    ]


def test_counts_tell_a_zero_from_a_gap_and_say_why(served: Served) -> None:
    answer = get(served, "/counts", **HOUR, where="class:truck", bucket_s=60)

    only = answer["series"][0]
    assert only["values"]["in"] == [0, 0, 0, 0, 0, None, 0, None, 0, 0]
    assert only["completeness"] == [1, 1, 1, 1, 1, 0, 1, 0, 1, 1]
    assert only["reasons"] == [None] * 5 + ["offline", None, "missing", None, None]


def test_counts_say_in_which_buckets_the_camera_saw_badly_though_it_watched(served: Served) -> None:
    only = get(served, "/counts", **HOUR, where="class:truck", bucket_s=60)["series"][0]

    assert only["impaired"] == [0, 0, 0, 0, 0.5, 1, 0, 0, 0, 0]
    assert only["impairments"] == [None] * 4 + ["dark", "offline"] + [None] * 4


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        pytest.param(
            {"measurement": "flow", "fields": "count", "group_by": "camera,from,to"},
            {"count": [0, 0, 0, 0, 3, None, 0, None, 0, 0]},
            id="trips: none in a watched minute is a zero",
        ),
        pytest.param(
            {"measurement": "speed", "fields": "mean_mps,count", "group_by": "camera,line"},
            {
                "mean_mps": [None, None, None, None, 5.5, None, None, None, None, None],
                "count": [0, 0, 0, 0, 4, None, 0, None, 0, 0],
            },
            id="speeds: there is none where nobody crossed",
        ),
    ],
)
def test_trips_and_speeds_are_told_with_their_gaps(
    served: Served, asked: dict[str, str], values: dict[str, list[float | None]]
) -> None:
    only = get(served, "/counts", **HOUR, **asked)["series"][0]

    assert only["values"] == values
    assert only["reasons"] == [None] * 5 + ["offline", None, "missing", None, None]


def test_totals_add_up_a_range_and_say_how_much_of_it_was_watched(served: Served) -> None:
    answer = get(served, "/totals", **HOUR, where="class:car", group_by="line,class")

    assert answer["totals"] == [
        {
            "tags": {"line": "kerb", "class": "car"},
            "values": {"in": 8, "out": 16},
            "completeness": 0.8,
            "impaired": 0.15,
        }
    ]


def test_the_latest_rows_are_the_newest_of_every_series(served: Served) -> None:
    answer = get(served, "/latest", measurement="camera")

    assert [row["time"] for row in answer["rows"]] == ["2026-03-01T12:09:00Z"]
    assert answer["rows"][0]["fields"]["see"] == "ok"
    assert get(served, "/latest", measurement="camera", since="2026-03-01T12:15:00Z")["rows"] == []


def test_alerts_are_told_newest_first_with_the_place_that_they_are_about(served: Served) -> None:
    newest, older = get(served, "/alerts")["alerts"]

    assert newest == {
        "time": "2026-03-01T12:12:00Z",
        "site": "plaza",
        "gateway": "gw-1",
        "source": "north",
        "rule": "crowding",
        "place": "stop",
        "severity": "warning",
        "state": "raised",
        "value": 9,
        "text": "crowding at stop",
    }
    assert (older["time"], older["place"], older["value"]) == ("2026-03-01T12:11:00Z", None, None)
    assert get(served, "/alerts", limit=1)["alerts"] == [newest]
    assert get(served, "/alerts", since="2026-03-01T12:15:00Z")["alerts"] == []


def test_the_values_of_a_tag_are_listed(served: Served) -> None:
    assert get(served, "/tags", measurement="zone", tag="zone")["values"] == ["stop"]


def test_gateways_say_what_they_last_said(served: Served) -> None:
    (gateway,) = get(served, "/gateways")["gateways"]

    assert (gateway["gateway"], gateway["online"], gateway["queue_rows"]) == ("gw-1", True, 0)
    assert gateway["cameras"] == [{"camera": "north", "see": "ok", "rate_fps": 7.0}]


def test_the_balance_closes_where_all_that_was_produced_is_stored(served: Served) -> None:
    answer = get(served, "/balance")

    assert answer["closes"] is True
    (sheet,) = answer["sheets"]
    assert (sheet["produced"], sheet["stored"], sheet["lost"]) == (11, 11, 0)


def test_without_a_range_the_last_hour_is_meant(served: Served) -> None:
    answer = get(served, "/totals")

    assert (answer["start"], answer["end"]) == ("2026-03-01T11:20:00Z", "2026-03-01T12:20:00Z")


@pytest.mark.parametrize(
    ("path", "status", "detail", "cure"),
    [
        pytest.param(
            "/latest?measurement=crosing", 400, "'crosing'", "Did you mean 'crossing'?", id="measurement"
        ),
        pytest.param("/series?measurement=crossing&fields=inn", 400, "'inn'", "Did you mean 'in'?", id="field"),
        pytest.param("/series?measurement=crossing", 422, "fields: Field required", "openapi", id="no field"),
        pytest.param("/series?measurement=camera&fields=see", 400, "'see'", "", id="not a number"),
        pytest.param("/counts?group_by=lines", 400, "'lines'", "Did you mean 'line'?", id="tag"),
        pytest.param("/counts?where=camera", 400, "'camera' is not tag:value", "where=", id="filter"),
        pytest.param("/counts?wher=camera:a", 422, "wher: Extra inputs", "openapi", id="unknown parameter"),
        pytest.param("/counts?start=yesterday", 422, "start: ", "openapi", id="not a time"),
        pytest.param("/counts?start=2026-03-01T12:00:00", 422, "timezone", "openapi", id="no time zone"),
        pytest.param(
            "/counts?start=2026-03-01T12:00:00Z&end=2026-03-01T12:00:00Z",
            400,
            "not after start",
            "begins before it ends",
            id="empty range",
        ),
        pytest.param(
            "/counts?start=2016-03-01T12:00:00Z&bucket_s=1", 400, "more than 20000", "shorter range", id="endless"
        ),
        pytest.param("/counts?bucket_s=0", 422, "bucket_s: ", "openapi", id="no bucket"),
        pytest.param(
            "/counts?measurement=gateway&fields=queue_rows&group_by=site",
            400,
            "not watched",
            "",
            id="never watched",
        ),
        pytest.param("/nothing", 404, "/api/v1/nothing", "openapi", id="no such path"),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong_and_what_to_do(
    served: Served, path: str, status: int, detail: str, cure: str
) -> None:
    response = served.http.get(f"/api/v1{path}")

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert detail in problem["detail"]
    assert cure in problem.get("cure", "")


def test_the_description_names_every_path_with_an_example_of_each_parameter(served: Served) -> None:
    described = served.http.get("/api/v1/openapi.json").json()

    paths = described["paths"]
    names = ("health", "gateways", "balance", "latest", "alerts", "tags", "series", "counts", "totals")
    assert {f"/api/v1/{name}" for name in names} | {"/healthz", "/readyz"} == set(paths)
    for parameter in paths["/api/v1/latest"]["get"]["parameters"]:
        assert parameter["schema"]["examples"]


def test_health_names_what_is_wrong(served: Served) -> None:
    assert get(served, "/health")["status"] == "ok"
    assert served.http.get("/readyz").status_code == 200
    served.live.note_connected(connected=False)
    try:
        said = get(served, "/health")
        ready = served.http.get("/readyz")
    finally:
        served.live.note_connected(connected=True)

    assert said["problems"] == ["the collector is not connected to the broker"]
    assert ready.status_code == 503
    assert served.http.get("/healthz").json() == {"status": "ok"}


def test_a_busy_store_is_answered_with_when_to_ask_again() -> None:
    store = FailingStore(StoreBusyError("the store is being compacted", retry_after_s=6.5))
    settings = HttpSettings(port=free_port())

    with HttpServer(settings, store, LiveState(), clock=ManualClock(NOON)) as server:
        response = httpx.get(f"{server.url}/api/v1/totals")
        probe = httpx.get(f"{server.url}/readyz")

    assert response.status_code == 503
    assert response.headers["retry-after"] == "7"
    assert response.json()["detail"] == "the store is being compacted"
    assert probe.status_code == 503


def test_an_unexpected_failure_is_a_problem_document_too() -> None:
    store = FailingStore(RuntimeError("boom"))

    with HttpServer(HttpSettings(port=free_port()), store, LiveState(), clock=ManualClock(NOON)) as server:
        response = httpx.get(f"{server.url}/api/v1/balance")

    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "boom" not in response.text


def test_a_range_up_to_now_has_its_last_minutes_pending_not_missing(served: Served) -> None:
    end = NOON + timedelta(minutes=20)
    answer = get(served, "/counts", start=(end - timedelta(minutes=3)).isoformat(), where="class:car")

    assert answer["series"][0]["reasons"][0] == "missing"
    assert answer["series"][0]["reasons"][-1] == "pending"
