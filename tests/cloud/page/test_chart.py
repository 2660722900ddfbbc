from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cloud.page.bars import Bars, Gap, Selection, bars, gaps, since_first
from cloud.page.chart import Style, fitting, options
from cloud.page.palette import LIGHT
from cloud.page.texts import Texts
from cloud.page.views import CameraKey
from cloud.query import CountSeries

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CAMERA = CameraKey("plaza", "gw-1", "north")
TIMES = tuple(NOON + timedelta(minutes=minute) for minute in range(5))
REASONS = (None, None, "offline", "offline", "pending")


def a_series(line: str, class_: str, in_: tuple[float | None, ...], out: float = 0) -> CountSeries:
    return CountSeries(
        tags={**CAMERA._asdict(), "line": line, "class": class_},
        times=TIMES,
        values={"in": in_, "out": tuple(None if value is None else out for value in in_)},
        completeness=(1.0, 1.0, 0.0, 0.0, 0.0),
        reasons=REASONS,
        impaired=(0.0, 0.25, 1.0, 1.0, 0.0),
        impairments=(None, "dark", "offline", "offline", None),
    )


SERIES = (
    a_series("kerb", "car", (3, 0, None, None, None), out=1),
    a_series("kerb", "person", (2, 0, None, None, None)),
    a_series("lane", "car", (5, 0, None, None, None)),
)


def the_bars(**chosen: Any) -> Bars:
    shown = bars(SERIES, Selection(CAMERA, **chosen))
    assert shown is not None
    return shown


@pytest.mark.parametrize(
    ("chosen", "cars"),
    [
        pytest.param({}, (9, 1, None, None, None), id="all lines, both ways"),
        pytest.param({"direction": "in"}, (8, 0, None, None, None), id="all lines, in"),
        pytest.param({"direction": "out"}, (1, 1, None, None, None), id="all lines, out"),
        pytest.param({"line": "kerb", "direction": "in"}, (3, 0, None, None, None), id="one line, in"),
    ],
)
def test_a_selection_adds_up_what_it_names_and_leaves_gaps_as_gaps(
    chosen: dict[str, Any], cars: tuple[int | None, ...]
) -> None:
    assert the_bars(**chosen).counts["car"] == cars


def test_another_camera_has_nothing_of_ours() -> None:
    assert bars(SERIES, Selection(CameraKey("plaza", "gw-2", "north"))) is None


def test_neighbouring_buckets_that_nobody_saw_are_one_gap_and_what_may_still_come_is_none() -> None:
    assert gaps(the_bars(), bucket_s=60) == [Gap(TIMES[2], TIMES[4], "offline")]


def test_the_watched_share_leaves_out_what_may_still_come() -> None:
    assert the_bars().watched == 0.5


def test_a_camera_that_was_never_watched_is_one_gap() -> None:
    blind = CountSeries(
        tags=CAMERA._asdict(),
        times=TIMES,
        values={"in": (None,) * 5, "out": (None,) * 5},
        completeness=(0.0,) * 5,
        reasons=("covered",) * 5,
        impaired=(1.0,) * 5,
        impairments=("covered",) * 5,
    )
    shown = bars([blind], Selection(CAMERA, line="kerb"))

    assert shown is not None
    assert gaps(shown, bucket_s=60) == [Gap(TIMES[0], TIMES[4] + timedelta(minutes=1), "covered")]
    assert options(shown, bucket_s=60, style=style())["series"]


def minutes(*counts: int | None, reason: str = "missing") -> Bars:
    return Bars(
        times=tuple(NOON + timedelta(minutes=nth) for nth in range(len(counts))),
        counts={"car": counts},
        completeness=tuple(float(count is not None) for count in counts),
        reasons=tuple(reason if count is None else None for count in counts),
        impaired=(0.0,) * len(counts),
        impairments=(None,) * len(counts),
    )


@pytest.mark.parametrize(
    ("shown", "kept"),
    [
        pytest.param(minutes(*[None] * 40, *[1] * 20), 20, id="new, and there for a while"),
        pytest.param(minutes(*[None] * 58, 1, 2), 15, id="new this minute"),
        pytest.param(minutes(*[None] * 20, *[1] * 10, *[None] * 30), 40, id="new, and gone again"),
        pytest.param(minutes(*[None] * 40, *[1] * 20, reason="offline"), 60, id="there, and offline"),
        pytest.param(minutes(*[0] * 60), 60, id="there from the first"),
        pytest.param(minutes(*[None] * 3), 3, id="a short chart"),
    ],
)
def test_what_lies_before_a_new_cameras_first_window_is_no_gap(shown: Bars, kept: int) -> None:
    trimmed = since_first(shown)

    assert (len(trimmed.times), len(trimmed.counts["car"])) == (kept, kept)
    assert trimmed.times[-1] == shown.times[-1]
    assert [gap for gap in gaps(trimmed, bucket_s=60) if gap.start < first_window(trimmed)] == [
        gap for gap in gaps(shown, bucket_s=60) if gap.reason == "offline"
    ]


def first_window(shown: Bars) -> datetime:
    known = (time for nth, time in enumerate(shown.times) if shown.total(nth) is not None)
    return next(known, shown.times[0])


def test_a_chart_is_not_new_every_second_while_windows_are_still_to_come() -> None:
    def a_moment(share: float) -> Bars | None:
        late = CountSeries(
            tags=CAMERA._asdict(),
            times=TIMES[:1],
            values={"in": (1,), "out": (0,)},
            completeness=(share,),
            reasons=("pending",),
            impaired=(share,),
            impairments=("dark",),
        )
        return bars([late], Selection(CAMERA))

    assert a_moment(0.51) == a_moment(0.49)


def style() -> Style:
    return Style(Texts("en"), UTC, LIGHT, width_px=1000)


def series_named(drawn: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in drawn["series"] if one["name"] == name)


def test_in_the_chart_a_gap_is_none_and_shaded_and_a_zero_is_drawn() -> None:
    drawn = options(the_bars(), bucket_s=60, style=style())

    people = [value for _, value in series_named(drawn, "Pedestrians")["data"]]
    assert people == [2, 0, None, None, None]
    ((begin, end),) = series_named(drawn, "not watched")["markArea"]["data"]
    assert begin["name"] == "camera offline"
    assert (begin["xAxis"], end["xAxis"]) == (TIMES[2].timestamp() * 1000, TIMES[4].timestamp() * 1000)
    nobody = the_bars(line="lane")
    dashes = series_named(options(nobody, bucket_s=60, style=style()), "watched, nobody crossed")["data"]
    assert [item["value"][1] for item in dashes] == [None, 0, None, None, None]


def test_a_bar_stands_in_the_middle_of_its_bucket() -> None:
    drawn = options(the_bars(), bucket_s=60, style=style())

    assert series_named(drawn, "Cars")["data"][0][0] == (NOON.timestamp() + 30) * 1000


def test_a_tooltip_says_when_how_well_and_why() -> None:
    drawn = options(the_bars(), bucket_s=60, style=style())

    words = [item["words"] for item in series_named(drawn, "watched, nobody crossed")["data"]]
    assert words[0] == ["12:00–12:01 · watched 100%", "Total: 11"]
    assert words[1] == ["12:01–12:02 · watched 100%", "Did not see well for 25%: too dark", "Total: 1"]
    assert words[2] == ["12:02–12:03 · watched 0%", "Not watched: camera offline"]


@pytest.mark.parametrize(
    ("completeness", "reason", "impaired", "badly"),
    [
        pytest.param(1.0, None, 0.25, 0.25, id="dark for a while, and watched"),
        pytest.param(0.5, "covered", 0.5, 0.0, id="covered for half, and well seen for the other"),
        pytest.param(0.5, "covered", 0.75, 0.25, id="covered for half, then dark"),
        pytest.param(0.5, "missing", 0.5, 0.5, id="a half that came, all of it dark"),
    ],
)
def test_what_was_watched_in_spite_of_it_is_told_from_what_was_not_watched_because_of_it(
    completeness: float, reason: str | None, impaired: float, badly: float
) -> None:
    shown = Bars(TIMES[:1], {"car": (1,)}, (completeness,), (reason,), (impaired,), ("dark",))

    assert shown.seen_badly(0) == badly


def test_the_strip_marks_what_was_watched_by_a_camera_that_saw_badly() -> None:
    drawn = options(the_bars(), bucket_s=60, style=style())

    marked = series_named(drawn, "did not see well")
    assert [share for _, share in marked["data"]] == [0.0, 0.25, 0.0, 0.0, 0.0]
    assert marked["xAxisIndex"] == series_named(drawn, "watched")["xAxisIndex"]
    assert "did not see well" in [item["name"] for item in drawn["legend"]["data"]]


@pytest.mark.parametrize(
    ("room_px", "label"),
    [
        pytest.param(200, "no data received", id="one line"),
        pytest.param(80, "no data\nreceived", id="two lines"),
        pytest.param(40, None, id="no room"),
    ],
)
def test_a_gaps_label_is_left_out_where_it_does_not_fit(room_px: float, label: str | None) -> None:
    assert fitting("no data received", room_px=room_px) == label
