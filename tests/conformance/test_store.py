"""What every store promises about its rows: DuckDB, InfluxDB 1.6, and InfluxDB through influxdb-client."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cityedge.messages import CountMessage, ZoneUse
from cloud.errors import QueryError
from cloud.types import Entry, Measurement, Row, Store
from tests.cityedge.golden import EXPECTED
from tests.conformance.asking import only, question
from tests.support.entries import (
    MINUTE,
    NOON,
    a_count,
    a_health,
    a_speed,
    an_alert,
    crossing,
    entries,
    entry,
    heat,
    trips,
)


def zone(
    *,
    class_: Any = "person",
    mean: float = 2.0,
    peak: int = 4,
    dwell_s: float | None = None,
    per_m2: float | None = None,
) -> ZoneUse:
    return ZoneUse(
        zone="square",
        class_=class_,
        occupancy_mean=mean,
        occupancy_peak=peak,
        entries=1,
        exits=1,
        dwell_p50_s=dwell_s,
        dwell_max_s=dwell_s,
        density_mean_per_m2=per_m2,
        density_peak_per_m2=None if per_m2 is None else 2 * per_m2,
    )


# What is written is read back.


def test_what_is_written_is_read_back_by_bucket(store: Store) -> None:
    messages = [a_count(seq, minute=seq - 1, crossings=(crossing(people=(seq, 0)),)) for seq in range(1, 4)]

    outcome = store.write(entries(messages))

    series = only(store.series(question()))
    assert len(outcome.stored) == 3
    assert series.times == (NOON, NOON + MINUTE, NOON + 2 * MINUTE)
    assert series.values == {"in": (1.0, 2.0, 3.0), "out": (0.0, 0.0, 0.0)}
    assert series.tags == {}


def test_a_bucket_without_a_row_is_absent_and_a_zero_is_there(store: Store) -> None:
    nobody = (crossing(people=(0, 0)),)
    store.write(entries([a_count(1, minute=0, crossings=nobody), a_count(2, minute=3, crossings=nobody)]))

    series = only(store.series(question()))

    assert series.times == (NOON, NOON + 3 * MINUTE)
    assert series.values["in"] == (0.0, 0.0)


def test_an_unwatched_window_has_its_camera_row_alone(store: Store) -> None:
    store.write(entries([a_count(1, observed=0.0, see="covered")]))

    (row,) = store.latest("camera", since=NOON)
    assert store.series(question()) == []
    assert (row.fields["observed"], row.fields["see"]) == (0.0, "covered")


def test_buckets_begin_at_multiples_of_their_length_since_1970_whatever_the_range(store: Store) -> None:
    store.write(entries([a_count(seq, minute=seq) for seq in range(1, 6)]))

    series = only(store.series(question(start=NOON + 2 * MINUTE, bucket_s=180)))

    assert series.times == (NOON, NOON + 3 * MINUTE)
    assert series.values["in"] == (1.0, 3.0), "what lies before the start is not counted"


def test_the_end_of_a_range_is_outside_it_and_the_start_inside(store: Store) -> None:
    store.write(entries([a_count(seq, minute=seq) for seq in range(3)][1:]))

    series = only(store.series(question(start=NOON + MINUTE, end=NOON + 2 * MINUTE)))

    assert series.times == (NOON + MINUTE,)


def test_counters_are_summed_over_a_bucket_and_over_what_is_not_kept_apart(store: Store) -> None:
    both = (crossing(line="east", people=(1, 2)), crossing(line="west", people=(10, 20)))
    store.write(entries([a_count(seq, minute=seq, crossings=both) for seq in (1, 2)]))

    assert only(store.series(question(bucket_s=3600))).values == {"in": (22.0,), "out": (44.0,)}


def test_tags_that_are_grouped_by_are_kept_apart_and_sorted(store: Store) -> None:
    both = (crossing(line="west", people=(10, 0)), crossing(line="east", people=(1, 0)))
    store.write(entries([a_count(1, crossings=both)]))

    found = store.series(question(group_by=("line", "class")))

    assert [dict(series.tags) for series in found] == [
        {"line": "east", "class": "person"},
        {"line": "west", "class": "person"},
    ]
    assert [series.values["in"] for series in found] == [(1.0,), (10.0,)]


def test_occupancy_is_averaged_over_time_and_added_up_over_classes_and_peaks_are_taken_at_their_highest(
    store: Store,
) -> None:
    first = (zone(mean=2.0, peak=4), zone(class_="bicycle", mean=1.0, peak=2))
    second = (zone(mean=4.0, peak=9), zone(class_="bicycle", mean=0.0, peak=0))
    store.write(entries([a_count(1, minute=0, zones=first), a_count(2, minute=1, zones=second)]))

    asked = question(measurement="zone", fields=("occupancy_mean", "occupancy_peak", "entries"), bucket_s=3600)
    assert only(store.series(asked)).values == {
        "occupancy_mean": (3.5,),
        "occupancy_peak": (9.0,),
        "entries": (4.0,),
    }


def test_other_figures_are_averaged(store: Store) -> None:
    store.write(entries([a_count(1, minute=0), a_count(2, minute=1, observed=0.5)]))

    asked = question(measurement="camera", fields=("observed", "observed_s", "window_s"), bucket_s=3600)
    assert only(store.series(asked)).values == {
        "observed": (0.75,),
        "observed_s": (90.0,),
        "window_s": (120.0,),
    }


def test_how_long_a_camera_was_impaired_adds_up(store: Store) -> None:
    store.write(entries([a_count(1, minute=0), a_count(2, minute=1, see="dark", impaired=0.5)]))

    asked = question(measurement="camera", fields=("impaired", "impaired_s"), bucket_s=3600)
    assert only(store.series(asked)).values == {"impaired": (0.25,), "impaired_s": (30.0,)}


def test_densities_add_up_over_classes_and_are_absent_where_nobody_measured_the_ground(store: Store) -> None:
    both = (zone(per_m2=0.5), zone(class_="bicycle", per_m2=0.25))
    store.write(entries([a_count(1, zones=both), a_count(2, camera="south", zones=(zone(),))]))

    asked = question(
        measurement="zone", fields=("density_mean_per_m2", "density_peak_per_m2"), group_by=("camera",)
    )
    north, south = store.series(asked)
    assert north.values == {"density_mean_per_m2": (0.75,), "density_peak_per_m2": (1.0,)}
    assert south.values == {"density_mean_per_m2": (None,), "density_peak_per_m2": (None,)}
    mean_alone = store.series(replace(asked, fields=("density_mean_per_m2",)))
    assert [series.values["density_mean_per_m2"] for series in mean_alone] == [(0.75,), (None,)]


def test_trips_are_summed_from_one_zone_to_another(store: Store) -> None:
    first = (trips(3), trips(1, to="south"), trips(2, class_="bus"))
    store.write(entries([a_count(1, minute=0, flows=first), a_count(2, minute=1, flows=(trips(4),))]))

    asked = question(measurement="flow", fields=("count",), bucket_s=3600, group_by=("from", "to"))
    east, south = store.series(asked)
    assert (east.tags, east.values) == ({"from": "north", "to": "east"}, {"count": (9.0,)})
    assert (south.tags, south.values) == ({"from": "north", "to": "south"}, {"count": (1.0,)})
    assert only(store.series(replace(asked, where={"to": ("south",)}, group_by=()))).values["count"] == (1.0,)


def test_speeds_are_averaged_by_how_many_they_are_of(store: Store) -> None:
    many = a_speed(5.0, count=9, p85_mps=8.0)
    few = a_speed(15.0, count=1, p85_mps=18.0)
    bus = a_speed(7.0, count=5, class_="bus")
    store.write(entries([a_count(1, minute=0, speeds=(many, bus)), a_count(2, minute=1, speeds=(few,))]))

    asked = question(
        measurement="speed", fields=("mean_mps", "p85_mps", "count"), bucket_s=3600, group_by=("line", "class")
    )
    buses, cars = store.series(asked)
    assert cars.values == {"mean_mps": (6.0,), "p85_mps": (9.0,), "count": (10.0,)}
    assert buses.values == {"mean_mps": (7.0,), "p85_mps": (7.0,), "count": (5.0,)}
    all_of_them = only(store.series(replace(asked, fields=("mean_mps",), group_by=())))
    assert all_of_them.values["mean_mps"] == pytest.approx([95 / 15])
    by_minute = only(store.series(replace(asked, bucket_s=60, where={"class": ("car",)}, group_by=())))
    assert by_minute.times == (NOON, NOON + MINUTE)
    assert by_minute.values["mean_mps"] == (5.0, 15.0)


def test_heat_is_summed_by_cell_and_its_grid_is_known(store: Store) -> None:
    store.write(
        entries(
            [
                a_count(1, minute=0, heat=heat(x03y05=7.5, x15y08=1.0)),
                a_count(2, minute=1, heat=heat(x03y05=2.5)),
            ]
        )
    )

    asked = question(
        measurement="heat", fields=("present_s", "columns", "rows"), bucket_s=3600, group_by=("cell", "class")
    )
    warm, edge = store.series(asked)
    assert warm.tags == {"cell": "x03y05", "class": "person"}
    assert warm.values == {"present_s": (10.0,), "columns": (16.0,), "rows": (9.0,)}
    assert (edge.tags["cell"], edge.values["present_s"]) == ("x15y08", (1.0,))


def test_a_bucket_whose_rows_lack_a_field_says_so(store: Store) -> None:
    messages = [a_count(1, minute=0, zones=(zone(),)), a_count(2, minute=1, zones=(zone(dwell_s=12.5),))]
    store.write(entries(messages))

    series = only(store.series(question(measurement="zone", fields=("dwell_p50_s",))))

    assert series.times == (NOON, NOON + MINUTE)
    assert series.values["dwell_p50_s"] == (None, 12.5)


# Filters.


@pytest.mark.parametrize(
    ("where", "people"),
    [
        pytest.param({"camera": ("north",)}, 1.0, id="one value"),
        pytest.param({"camera": ("north", "south")}, 3.0, id="either of two values"),
        pytest.param({"camera": ("north",), "class": ("person",)}, 1.0, id="two tags at once"),
        pytest.param({"camera": ("nowhere",)}, None, id="a value that is not there"),
        pytest.param({"camera": ()}, None, id="no value at all"),
        pytest.param({"camera": ("' OR '1'='1",)}, None, id="a value that would break out"),
        pytest.param({"camera": ("\\",)}, None, id="a backslash"),
    ],
)
def test_only_what_is_asked_for_is_counted(
    store: Store, where: Mapping[str, tuple[str, ...]], people: float | None
) -> None:
    south = a_count(2, camera="south", crossings=(crossing(people=(2, 0)),))
    store.write(entries([a_count(1), south, a_count(3, camera="west", crossings=(crossing(people=(4, 0)),))]))

    found = store.series(question(where=where))

    assert [series.values["in"] for series in found] == ([] if people is None else [(people,)])


def test_a_text_field_can_be_filtered_by(store: Store) -> None:
    store.write(entries([a_count(1, minute=0), a_count(2, minute=1, observed=0.0, see="dark")]))

    asked = question(measurement="camera", fields=("window_s",), where={"see": ("dark",)}, bucket_s=3600)
    assert only(store.series(asked)).values["window_s"] == (60.0,)


@pytest.mark.parametrize("name", ['o\'hara "x"', "a b,c=d", "phố-đi-bộ", "in; DROP TABLE crossing"])
def test_a_name_is_kept_and_found_whatever_is_in_it(store: Store, name: str) -> None:
    made = entry(a_count(1))
    tags = {**made.rows[1].tags, "line": name}
    row = Row("crossing", NOON, tags, made.rows[1].fields)
    store.write([Entry(made.identity, made.message, [row], NOON)])

    assert store.tag_values("crossing", "line") == [name]
    assert only(store.series(question(where={"line": (name,)}, group_by=("line",)))).tags == {"line": name}


@pytest.mark.parametrize(
    "text", ["", 'he said "stop"', "C:\\temp\\", "two\nlines", "tối quá 🌃", "x,y=z 1i", "'quoted'"]
)
def test_a_text_is_kept_as_it_is(store: Store, text: str) -> None:
    store.write(entries([an_alert(1, text=text)]))

    (row,) = store.latest("alert", since=NOON)
    assert row.fields["text"] == text


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"measurement": "wind"}, id="no such measurement"),
        pytest.param({"measurement": "wifi"}, id="a measurement that nothing writes yet"),
        pytest.param({"fields": ("inn",)}, id="no such field"),
        pytest.param({"fields": ()}, id="no field"),
        pytest.param({"fields": ("in", "in")}, id="a field twice"),
        pytest.param({"measurement": "camera", "fields": ("see",)}, id="a text is not a number"),
        pytest.param({"where": {"zone": ("square",)}}, id="filter by a tag of another measurement"),
        pytest.param({"group_by": ("colour",)}, id="group by no such tag"),
        pytest.param({"end": NOON}, id="an empty range"),
        pytest.param({"start": NOON.replace(tzinfo=None)}, id="a time without zone"),
        pytest.param({"bucket_s": 0}, id="no bucket"),
        pytest.param({"bucket_s": 1, "end": NOON + timedelta(days=365)}, id="an endless answer"),
    ],
)
def test_a_wrong_question_is_refused_with_its_reason(store: Store, changes: Mapping[str, Any]) -> None:
    with pytest.raises(QueryError):
        store.series(question(**changes))


# The newest rows, and names.


def test_latest_gives_the_newest_row_of_every_series_with_its_types(store: Store) -> None:
    store.write(entries([a_count(1, minute=0), a_count(2, minute=1), a_count(3, camera="south", minute=0)]))

    north, south = store.latest("camera", since=NOON)

    assert (north.tags["camera"], north.time) == ("north", NOON + MINUTE)
    assert (south.tags["camera"], south.time) == ("south", NOON)
    assert north == entry(a_count(2, minute=1)).rows[0]
    kinds = {name: type(value) for name, value in north.fields.items()}
    assert (kinds["frames"], kinds["observed"], kinds["late"], kinds["see"]) == (int, float, bool, str)


def test_latest_leaves_out_what_is_older_than_asked_for(store: Store) -> None:
    store.write(entries([a_count(1, minute=0), a_count(2, camera="south", minute=5)]))

    assert [row.tags["camera"] for row in store.latest("camera", since=NOON + 5 * MINUTE)] == ["south"]


FULL = EXPECTED["count.full.v1.json"]


@pytest.mark.parametrize("measurement", ["camera", "crossing", "zone", "flow", "speed", "heat"])
def test_every_row_of_a_count_is_read_back_as_it_was_written(store: Store, measurement: Measurement) -> None:
    assert isinstance(FULL, CountMessage)
    made = entry(FULL)
    store.write([made])

    written = [row for row in made.rows if row.measurement == measurement]
    assert written
    assert list(store.latest(measurement, since=FULL.start)) == sorted(
        written, key=lambda row: list(row.tags.values())
    )


def test_rows_from_before_a_field_was_there_are_read_with_those_that_have_it(store: Store) -> None:
    old = entry(a_count(1, minute=0, see="dark", observed=0.5))
    fields = {name: value for name, value in old.rows[0].fields.items() if not name.startswith("impaired")}
    before = Row("camera", NOON, old.rows[0].tags, fields)
    store.write([Entry(old.identity, old.message, [before], NOON)])

    asked = question(measurement="camera", fields=("window_s", "impaired_s"))
    assert only(store.series(asked)).values == {"window_s": (60.0,), "impaired_s": (None,)}
    store.write(entries([a_count(2, minute=1, see="dark", impaired=0.25)]))
    assert only(store.series(asked)).values == {"window_s": (60.0, 60.0), "impaired_s": (None, 15.0)}
    assert only(store.series(replace(asked, bucket_s=3600))).values["impaired_s"] == (15.0,)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(a_health(1), id="health, bare"),
        pytest.param(a_health(1, temp_c=50.0), id="health"),
        pytest.param(an_alert(1, value=0.9, place="gate"), id="alert"),
        pytest.param(an_alert(1), id="alert, bare"),
    ],
)
def test_what_a_message_does_not_say_is_absent(store: Store, message: Any) -> None:
    made = entry(message)
    store.write([made])

    assert list(store.latest(made.rows[0].measurement, since=NOON)) == list(made.rows)


def test_the_newest_rows_come_first_and_no_more_than_asked_for(store: Store) -> None:
    alerts = [an_alert(seq, minute=seq, place=f"zone-{seq}") for seq in range(1, 5)]
    store.write(entries([alerts[2], alerts[0], alerts[3], alerts[1]]))
    rows = [entry(alert).rows[0] for alert in alerts]

    assert list(store.newest("alert", since=NOON, limit=10)) == [rows[3], rows[2], rows[1], rows[0]]
    assert list(store.newest("alert", since=NOON, limit=2)) == [rows[3], rows[2]]
    assert list(store.newest("alert", since=NOON + 4 * MINUTE, limit=10)) == [rows[3]]
    assert list(store.newest("zone", since=NOON, limit=10)) == []


def test_the_values_of_a_tag_are_known_and_sorted(store: Store) -> None:
    store.write(entries([a_count(1, camera="south"), a_count(2, camera="north"), a_count(3, camera="south")]))

    assert store.tag_values("camera", "camera") == ["north", "south"]
    assert store.tag_values("zone", "zone") == []
    with pytest.raises(QueryError, match="colour"):
        store.tag_values("camera", "colour")
