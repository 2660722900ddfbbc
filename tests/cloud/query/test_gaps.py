"""Zero is not a gap: what was watched, what was not and why, from real rows in a real store."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cityedge.messages import CountMessage
from cloud.errors import QueryError
from cloud.query import CountSeries, Total, counts, totals
from cloud.store.embedded import EmbeddedStore
from cloud.types import SeriesQuestion
from tests.support.entries import MINUTE, NOON, a_count, a_speed, crossing, entries, heat, trips

NOBODY = (crossing(people=(0, 0)),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(tmp_path / "store.duckdb")
    yield store
    store.close()


def question(**changes: Any) -> SeriesQuestion:
    asked = SeriesQuestion(
        measurement="crossing",
        fields=("in", "out"),
        start=NOON,
        end=NOON + 4 * MINUTE,
        bucket_s=60,
        where={},
        group_by=("camera", "line", "class"),
    )
    return replace(asked, **changes)


def keep(store: EmbeddedStore, *messages: CountMessage) -> None:
    store.write(entries(messages))


def only(found: tuple[CountSeries, ...]) -> CountSeries:
    (series,) = found
    return series


def test_nobody_passed_is_a_zero_and_nobody_was_looking_is_a_gap_with_its_reason(store: EmbeddedStore) -> None:
    keep(
        store,
        a_count(1, minute=0),
        a_count(2, minute=1, crossings=NOBODY),
        a_count(3, minute=2, observed=0.0, see="covered"),
    )

    series = only(counts(store, question()))

    assert series.tags == {"camera": "north", "line": "mid", "class": "person"}
    assert series.times == tuple(NOON + minute * MINUTE for minute in range(4))
    assert series.values == {"in": (1.0, 0.0, None, None), "out": (2.0, 0.0, None, None)}
    assert series.completeness == (1.0, 1.0, 0.0, 0.0)
    assert series.reasons == (None, None, "covered", "missing")


def test_a_part_of_a_window_counts_as_a_part(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=0, observed=0.25, see="ok"), a_count(2, minute=1, observed=0.5, see="dark"))

    series = only(counts(store, question(end=NOON + 2 * MINUTE)))

    assert series.values["in"] == (1.0, 1.0)
    assert series.completeness == (0.25, 0.5)
    assert series.reasons == ("partial", "dark")


def test_in_a_long_bucket_the_reason_is_that_of_the_larger_part(store: EmbeddedStore) -> None:
    keep(
        store,
        a_count(1, minute=0),
        a_count(2, minute=1, observed=0.0, see="dark"),
        a_count(3, minute=2, observed=0.0, see="offline"),
        a_count(4, minute=3, observed=0.0, see="offline"),
    )

    series = only(counts(store, question(bucket_s=240)))

    assert (series.completeness, series.reasons) == ((0.25,), ("offline",))
    assert series.values["in"] == (1.0,)


def test_windows_that_never_came_are_missing_even_where_others_did(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=0), a_count(2, minute=3))

    series = only(counts(store, question(bucket_s=240)))

    assert (series.completeness, series.reasons) == ((0.5,), ("missing",))


def test_what_may_still_be_on_its_way_is_pending(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=0))

    series = only(counts(store, question(), now=NOON + 4 * MINUTE))

    assert series.reasons == (None, "missing", "pending", "pending")


def test_only_the_part_of_a_bucket_that_lies_in_the_range_is_expected(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=1))

    series = only(counts(store, question(start=NOON + MINUTE, end=NOON + 2 * MINUTE, bucket_s=3600)))

    assert (series.completeness, series.reasons) == ((1.0,), (None,))


def test_a_camera_that_saw_nothing_all_the_time_still_has_its_gap(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=0), a_count(2, camera="south", minute=0, observed=0.0, see="offline"))

    north, south = counts(store, question(end=NOON + MINUTE))

    assert north.values["in"] == (1.0,)
    assert south.tags == {"camera": "south"}
    assert (south.values["in"], south.reasons) == ((None,), ("offline",))


def test_a_camera_that_is_asked_for_by_name_is_expected_even_if_nothing_ever_came(store: EmbeddedStore) -> None:
    series = only(counts(store, question(where={"camera": ("north",)}, end=NOON + MINUTE)))

    assert series.tags == {"camera": "north"}
    assert (series.values["in"], series.reasons) == ((None,), ("missing",))


def test_a_camera_that_was_there_the_day_before_is_missed_today(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=-600))

    series = only(counts(store, question(end=NOON + MINUTE)))

    assert (series.tags, series.reasons) == ({"camera": "north"}, ("missing",))


def test_a_camera_that_was_taken_down_long_ago_is_not_missed(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=-60 * 48), a_count(2, camera="south"))

    assert [series.tags["camera"] for series in counts(store, question())] == ["south"]


def test_cameras_that_are_taken_together_are_as_complete_as_all_of_them(store: EmbeddedStore) -> None:
    keep(store, a_count(1), a_count(2, camera="south", observed=0.0, see="frozen"))

    series = only(counts(store, question(group_by=("class",), end=NOON + MINUTE)))

    assert series.values["in"] == (1.0,)
    assert (series.completeness, series.reasons) == ((0.5,), ("frozen",))


def test_a_camera_without_the_line_that_is_asked_for_does_not_count(store: EmbeddedStore) -> None:
    keep(
        store,
        a_count(1, crossings=(crossing(line="gate"),)),
        a_count(2, camera="south", observed=0.0, see="dark"),
    )

    series = only(counts(store, question(where={"line": ("gate",)}, group_by=(), end=NOON + MINUTE)))

    assert (series.values["in"], series.completeness) == ((1.0,), (1.0,))


def test_a_line_that_was_drawn_later_was_not_configured_before(store: EmbeddedStore) -> None:
    keep(
        store,
        a_count(1, minute=0),
        a_count(2, minute=1, crossings=(crossing(), crossing(line="new"))),
    )

    mid, new = counts(store, question(end=NOON + 2 * MINUTE))

    assert (mid.values["in"], mid.reasons) == ((1.0, 1.0), (None, None))
    assert (new.values["in"], new.reasons) == ((None, 1.0), ("not_configured", None))


def test_two_halves_of_a_minute_make_it_whole(store: EmbeddedStore) -> None:
    half = timedelta(seconds=30)
    keep(store, a_count(1, minute=0, length=half), a_count(2, minute=0.5, length=half))

    series = only(counts(store, question(end=NOON + MINUTE)))

    assert (series.values["in"], series.completeness) == ((2.0,), (1.0,))


def test_totals_say_how_much_stands_behind_them(store: EmbeddedStore) -> None:
    keep(
        store,
        a_count(1, minute=0),
        a_count(2, minute=1),
        a_count(3, minute=2, observed=0.5, crossings=(crossing(people=(10, 0)),)),
    )

    (total,) = totals(store, question())

    assert total == Total(
        tags={"camera": "north", "line": "mid", "class": "person"},
        values={"in": 12.0, "out": 4.0},
        completeness=0.625,
        impaired=0.0,
    )


def test_totals_reach_over_days(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=0), a_count(2, minute=60 * 24 * 3))

    (total,) = totals(store, question(end=NOON + 4 * timedelta(days=1)))

    assert total.values["in"] == 2.0
    assert total.completeness == pytest.approx(2 / (4 * 24 * 60))


def test_a_total_of_nothing_is_not_zero(store: EmbeddedStore) -> None:
    (total,) = totals(store, question(where={"camera": ("north",)}))

    assert (total.values, total.completeness) == ({"in": None, "out": None}, 0.0)


def test_what_was_watched_by_a_camera_that_saw_badly_says_so(store: EmbeddedStore) -> None:
    keep(
        store,
        a_count(1, minute=0),
        a_count(2, minute=1, see="dark", impaired=0.5),
        a_count(3, minute=2, see="covered", observed=0.25, impaired=0.75),
    )

    series = only(counts(store, question()))

    assert series.values["in"] == (1.0, 1.0, 1.0, None)
    assert series.completeness == (1.0, 1.0, 0.25, 0.0)
    assert series.reasons == (None, None, "covered", "missing")
    assert series.impaired == (0.0, 0.5, 0.75, 0.0)
    assert series.impairments == (None, "dark", "covered", None)
    (total,) = totals(store, question())
    assert (total.completeness, total.impaired) == (0.5625, 0.3125)


def test_in_a_long_bucket_the_impairment_is_that_which_held_longest(store: EmbeddedStore) -> None:
    keep(
        store,
        a_count(1, minute=0, see="dark", impaired=1.0),
        a_count(2, minute=1, see="defocused", impaired=0.75),
        a_count(3, minute=2, see="defocused", impaired=0.75),
        a_count(4, minute=3),
    )

    series = only(counts(store, question(bucket_s=240)))

    assert (series.impaired, series.impairments, series.reasons) == ((0.625,), ("defocused",), (None,))


def test_a_minute_without_a_trip_is_a_zero_where_somebody_watched_and_a_gap_where_nobody_did(
    store: EmbeddedStore,
) -> None:
    keep(
        store,
        a_count(1, minute=0, flows=(trips(3),)),
        a_count(2, minute=1),
        a_count(3, minute=2, observed=0.0, see="frozen"),
    )

    series = only(
        counts(store, question(measurement="flow", fields=("count",), group_by=("camera", "from", "to")))
    )

    assert series.tags == {"camera": "north", "from": "north", "to": "east"}
    assert series.values["count"] == (3.0, 0.0, None, None)
    assert series.reasons == (None, None, "frozen", "missing")


def test_where_nobody_crossed_there_is_no_speed_and_no_gap_either(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=0, speeds=(a_speed(5.0, count=2),)), a_count(2, minute=1))

    asked = question(measurement="speed", fields=("mean_mps", "count"), end=NOON + 2 * MINUTE)
    series = only(counts(store, asked))

    assert series.values == {"mean_mps": (5.0, None), "count": (2.0, 0.0)}
    assert series.reasons == (None, None)


def test_heat_has_totals_by_cell(store: EmbeddedStore) -> None:
    keep(store, a_count(1, minute=0, heat=heat(x03y05=7.0)), a_count(2, minute=1, heat=heat(x03y05=1.0)))

    asked = question(measurement="heat", fields=("present_s",), group_by=("camera", "cell"))
    (total,) = totals(store, asked)

    assert (total.tags["cell"], total.values, total.completeness) == ("x03y05", {"present_s": 8.0}, 0.5)


def test_what_is_no_counter_has_no_total(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="occupancy_mean"):
        totals(store, question(measurement="zone", fields=("occupancy_mean",), group_by=()))


def test_what_no_camera_watches_has_no_gaps(store: EmbeddedStore) -> None:
    with pytest.raises(QueryError, match="gateway"):
        counts(store, question(measurement="gateway", fields=("queue_rows",), group_by=()))
