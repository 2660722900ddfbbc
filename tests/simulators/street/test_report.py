"""The truth as JSON, as a table, as MOTChallenge rows."""

import json
from datetime import UTC, datetime

import pytest

from cityedge.classes import CLASSES
from simulators.street.camera import Share
from simulators.street.report import mot_rows, truth_report, truth_table
from simulators.street.script import Script
from simulators.street.street import Setting, Street
from tests.simulators.street.streets import straight, walker

ACROSS = walker(straight(Share(-0.1, 0.92), Share(1.1, 0.92), seconds=12), 7)
MEETS = walker(straight(Share(1.1, 0.97), Share(-0.1, 0.97), seconds=12), 8)


def street(*, until_s: float = 20) -> Street:
    shown = Street(Setting(), Script([ACROSS, MEETS]))
    shown.finish(until_s)
    return shown


def test_the_report_says_what_the_street_was_and_what_was_true() -> None:
    report = json.loads(json.dumps(truth_report(street(), 20)))
    assert {"seed", "fps", "duration_s", "width_px", "height_px", "lines", "zones", "crossings", "objects"} <= set(
        report
    )
    assert report["lines"]["mid"]["person"] == {"in": 1, "out": 1}
    assert set(report["lines"]["mid"]) == set(CLASSES)
    assert report["zones"]["pavement"]["person"]["entries"] == 2
    assert {(c["object"], c["direction"], c["time_s"]) for c in report["crossings"]} == {
        (7, "in", 6.0),
        (8, "out", 6.0),
    }


def test_a_live_report_gives_each_crossing_its_time_of_day() -> None:
    started = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    report = truth_report(street(), 20, started=started)
    assert report["started_utc"] == "2026-01-02T03:04:05+00:00"
    assert datetime.fromisoformat(report["crossings"][0]["time_utc"]) == datetime(2026, 1, 2, 3, 4, 11, tzinfo=UTC)


def test_a_report_so_far_knows_nothing_of_what_comes() -> None:
    report = truth_report(street(), 5.9)
    assert report["crossings"] == []
    assert report["lines"]["mid"]["person"] == {"in": 0, "out": 0}


def test_the_table_names_lines_zones_and_numbers() -> None:
    table = truth_table(truth_report(street(), 20))
    assert "line mid: person 1 in 1 out" in table
    assert "line crosswalk: nobody" in table
    assert "zone pavement: person" in table


def test_mot_rows_are_one_based_boxes_within_the_picture() -> None:
    shown = street(until_s=0)
    rows = [row.split(",") for row in mot_rows(shown.appearances(10), 11, (768, 576))]
    assert [row[:2] for row in rows] == [["11", "7"], ["11", "8"]]
    left = rows[0]
    assert float(left[2]) >= 0
    assert float(left[2]) + float(left[4]) <= 768
    assert (left[6], left[7]) == ("1", "1")


@pytest.mark.parametrize(
    ("index", "visible"),
    [pytest.param(40, 1.0, id="free"), pytest.param(60, 0.5, id="behind somebody")],
)
def test_mot_rows_say_how_much_of_each_is_visible(index: int, visible: float) -> None:
    seen = street(until_s=0).appearances(index)
    rows = {row.split(",")[1]: float(row.split(",")[8]) for row in mot_rows(seen, 1, (768, 576))}
    assert rows["8"] == pytest.approx(1.0)
    assert (rows["7"] == pytest.approx(1.0)) if visible == 1.0 else (rows["7"] < visible)
