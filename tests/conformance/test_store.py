"""What every store promises about its rows: DuckDB, InfluxDB 1.6, and InfluxDB through influxdb-client."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from cityedge.messages import ZoneUse
from cloud.errors import QueryError
from cloud.types import Entry, Row, Store
from tests.conformance.asking import only, question
from tests.support.entries import (
    MINUTE,
    NOON,
    a_count,
    a_health,
    an_alert,
    crossing,
    entries,
    entry,
)


def zone(*, class_: Any = "person", mean: float = 2.0, peak: int = 4, dwell_s: float | None = None) -> ZoneUse:
    return ZoneUse(
        zone="square",
        class_=class_,
        occupancy_mean=mean,
        occupancy_peak=peak,
        entries=1,
        exits=1,
        dwell_p50_s=dwell_s,
        dwell_max_s=dwell_s,
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


@pytest.mark.parametrize("message", [a_health(1), a_health(1, temp_c=50.0), an_alert(1, value=0.9), an_alert(1)])
def test_what_a_message_does_not_say_is_absent(store: Store, message: Any) -> None:
    made = entry(message)
    store.write([made])

    assert list(store.latest(made.rows[0].measurement, since=NOON)) == list(made.rows)


def test_the_values_of_a_tag_are_known_and_sorted(store: Store) -> None:
    store.write(entries([a_count(1, camera="south"), a_count(2, camera="north"), a_count(3, camera="south")]))

    assert store.tag_values("camera", "camera") == ["north", "south"]
    assert store.tag_values("zone", "zone") == []
    with pytest.raises(QueryError, match="colour"):
        store.tag_values("camera", "colour")
