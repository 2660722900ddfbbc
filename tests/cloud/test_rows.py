"""Messages as rows of the data model: the right tags and fields, each with its type, zeros included."""

from datetime import timedelta

import pytest

from cityedge.messages import CountMessage, SequencedMessage, ZoneUse
from cloud.rows import rows_of
from cloud.schema import TABLES
from cloud.types import Row
from tests.cityedge.golden import EXPECTED
from tests.support.entries import NOON, a_count, a_health, a_notice, a_speed, an_alert, crossing, heat, trips

TYPES = {"int": int, "float": float, "text": str, "flag": bool}
DWELL = ZoneUse(
    zone="square",
    class_="person",
    occupancy_mean=1,
    occupancy_peak=2,
    entries=0,
    exits=1,
    dwell_p50_s=5,
    dwell_p90_s=9,
    dwell_max_s=10,
    queue_peak=1,
)

every_message = pytest.mark.parametrize(
    "message",
    [
        pytest.param(a_count(1, zones=(DWELL,)), id="count"),
        pytest.param(a_count(1, observed=0.0, see="offline"), id="count of an unwatched window"),
        pytest.param(EXPECTED["count.full.v1.json"], id="count with all that can be counted"),
        pytest.param(an_alert(1, value=1), id="alert"),
        pytest.param(an_alert(1, place="gate"), id="alert of a place"),
        pytest.param(a_health(1, temp_c=50), id="health"),
    ],
)


def test_a_watched_window_is_a_camera_row_and_one_for_each_line_and_zone_and_class() -> None:
    camera, mid, square = rows_of(a_count(7, minute=5, zones=(DWELL,)))

    start = NOON + timedelta(minutes=5)
    place = {"site": "old-town", "gateway": "gw-1", "camera": "north"}
    assert camera == Row(
        "camera",
        start,
        place,
        {
            "observed": 1.0,
            "observed_s": 60.0,
            "window_s": 60.0,
            "frames": 600,
            "rate_fps": 10.0,
            "see": "ok",
            "model": "nanodet-m-416",
            "config_rev": "1",
            "late": False,
            "seq": 7,
            "impaired": 0.0,
            "impaired_s": 0.0,
        },
    )
    assert mid == Row("crossing", start, {**place, "line": "mid", "class": "person"}, {"in": 1, "out": 2})
    assert square.tags == {**place, "zone": "square", "class": "person"}
    assert square.fields["dwell_max_s"] == 10.0


def test_nobody_is_a_row_of_zeros() -> None:
    _, row = rows_of(a_count(1, crossings=(crossing(people=(0, 0)),)))

    assert row.fields == {"in": 0, "out": 0}


def test_an_unwatched_window_is_a_camera_row_that_says_why() -> None:
    (row,) = rows_of(a_count(1, observed=0.0, see="offline"))

    assert (row.measurement, row.fields["observed_s"], row.fields["window_s"]) == ("camera", 0.0, 60.0)
    assert row.fields["see"] == "offline"


@pytest.mark.parametrize(
    ("window", "impaired_s"),
    [
        pytest.param(a_count(1), 0.0, id="all was well"),
        pytest.param(a_count(1, see="dark", impaired=0.25), 15.0, id="dark for a quarter of it, and watched"),
        pytest.param(a_count(1, see="covered", observed=0.25, impaired=0.8), 48.0, id="covered for most of it"),
        pytest.param(a_count(1, see="offline", observed=0.25), 45.0, id="a gateway older than the field"),
        pytest.param(a_count(1, observed=0.25), 0.0, id="began within the window, and saw well"),
    ],
)
def test_a_camera_row_says_how_long_it_did_not_see_well(window: CountMessage, impaired_s: float) -> None:
    camera = rows_of(window)[0]

    assert (camera.fields["impaired_s"], camera.fields["impaired"]) == (impaired_s, impaired_s / 60)


def test_trips_speeds_and_heat_are_a_row_each_where_there_were_some() -> None:
    window = a_count(1, crossings=(), flows=(trips(3),), speeds=(a_speed(5.0, count=2),), heat=heat(x03y05=7.2))
    _, flow, speed, cell = rows_of(window)

    place = {"site": "old-town", "gateway": "gw-1", "camera": "north"}
    assert flow == Row("flow", NOON, {**place, "from": "north", "to": "east", "class": "car"}, {"count": 3})
    assert speed.tags == {**place, "line": "mid", "class": "car"}
    assert speed.fields == {"mean_mps": 5.0, "p85_mps": 5.0, "count": 2}
    assert cell.tags == {**place, "cell": "x03y05", "class": "person"}
    assert cell.fields == {"present_s": 7.2, "columns": 16, "rows": 9}


def test_a_density_is_absent_where_the_camera_is_not_calibrated() -> None:
    (*_, square) = rows_of(a_count(1, zones=(DWELL,)))

    assert "density_mean_per_m2" not in square.fields


def test_an_alert_says_which_place_it_is_about_where_it_is_about_one() -> None:
    (about_gate,), (about_none,) = rows_of(an_alert(1, place="gate")), rows_of(an_alert(2))

    assert about_gate.fields["place"] == "gate"
    assert "place" not in about_none.fields


def test_a_message_that_only_keeps_the_books_has_no_row() -> None:
    assert list(rows_of(a_notice(9, (1, 8)))) == []


def test_what_a_message_does_not_know_is_absent_from_its_row() -> None:
    (health,) = rows_of(a_health(1))
    (alert,) = rows_of(an_alert(1))

    assert "temp_c" not in health.fields
    assert "value" not in alert.fields


@every_message
def test_every_row_fits_its_table_for_ever(message: SequencedMessage) -> None:
    for row in rows_of(message):
        table = TABLES[row.measurement]
        assert tuple(row.tags) == table.tags
        assert table.anchor in row.fields
        for name, value in row.fields.items():
            assert type(value) is TYPES[table.fields[name].kind], name


@every_message
def test_the_same_message_is_the_same_rows(message: SequencedMessage) -> None:
    assert rows_of(message) == rows_of(message)
