"""Scenarios: all load, each does what its name says, and its truth is the same every time."""

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from cityedge.errors import CityEdgeError, ConfigError, UsageError
from cityedge.paths import REPOSITORY
from simulators.street.actors import Actor
from simulators.street.camera import Share
from simulators.street.crossings import crossings
from simulators.street.places import Line
from simulators.street.report import truth_report
from simulators.street.scenario import load_scenario, names
from simulators.street.street import Setting, Street
from tests.simulators.street.streets import CAMERA

MID = Line("mid", (Share(0.5, 0), Share(0.5, 1)))
GOOD = "title: {en: a, vi: b}\nlevel: hard\n"
DURATION_S = 180.0


def actors_of(name: str, *, seed: int | None = None, end_s: float = DURATION_S) -> list[Actor]:
    scenario = load_scenario(name)
    return list(scenario.cast(CAMERA, seed=seed or scenario.seed, end_s=end_s).arrivals(end_s))


def truth_of(name: str, *, end_s: float = DURATION_S) -> dict[str, Any]:
    scenario = load_scenario(name)
    lines, zones = scenario.places
    setting = Setting(scenario.seed, scenario.fps, CAMERA, lines, zones, scenario.conditions, name)
    street = Street(setting, scenario.cast(CAMERA, seed=scenario.seed, end_s=end_s))
    street.finish(end_s)
    return truth_report(street, end_s)


@pytest.mark.parametrize("name", names())
def test_a_scenario_has_two_titles_a_bar_and_somebody_who_comes(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.title.en != scenario.title.vi
    assert (scenario.level == "hard") or min(
        scenario.bar.people, scenario.bar.two_wheelers, scenario.bar.four_wheelers
    ) >= 0.97
    assert actors_of(name, end_s=60)


@pytest.mark.parametrize("name", ["rush-hour", "school-gate", "frame-drops", "parked"])
def test_the_truth_is_the_same_to_the_byte_every_time(name: str) -> None:
    assert json.dumps(truth_of(name, end_s=60)) == json.dumps(truth_of(name, end_s=60))


def test_another_seed_is_another_rush_hour() -> None:
    assert actors_of("rush-hour", seed=5) != actors_of("rush-hour", seed=6)


def test_rush_hour_is_mostly_motorcycles_and_school_has_children_and_groups() -> None:
    kinds = Counter(actor.kind for actor in actors_of("rush-hour"))
    assert kinds["motorcycle"] > 0.75 * kinds.total()
    people = [actor for actor in actors_of("school-gate") if actor.kind == "person"]
    assert sum(actor.stature < 0.8 for actor in people) > 0.2 * len(people)
    starts = sorted(actor.path.start_s for actor in people)
    assert sum(b - a < 0.8 for a, b in pairwise(starts)) > 0.2 * len(people)


def test_who_dithers_stands_on_the_line_and_crosses_it_at_most_as_often_as_they_go_clear_of_it() -> None:
    ditherers = [actor for actor in actors_of("dithering") if any(leg.stands for leg in actor.path.legs)]
    crossed = Counter(len(crossings(actor, MID, CAMERA)) for actor in ditherers)
    assert crossed[0] >= 3
    assert crossed[1] >= 3


def test_vehicles_that_stop_astride_the_line_are_told_with_time_and_place() -> None:
    truth = truth_of("stop-and-go")
    at_line = [stop for stop in truth["stops"] if abs(stop["x"] - 0.5) < 0.07]
    assert len(at_line) >= 10
    assert all(1.0 <= stop["end_s"] - stop["start_s"] <= 8.01 for stop in at_line)
    slow = [c for c in truth["crossings"] if c["line"] == "mid" and c["speed_mps"] < 3 and c["class"] == "car"]
    assert slow


def test_a_bus_stops_before_others_and_hides_them() -> None:
    truth = truth_of("bus-occlusion")
    assert sum(stop["class"] == "bus" for stop in truth["stops"]) >= 3
    assert min(one["visible"] for one in truth["objects"]) < 0.7


def test_parked_vehicles_stand_and_some_come_and_go() -> None:
    truth = truth_of("parked")
    stood = {stop["object"]: (stop["start_s"], stop["end_s"]) for stop in truth["stops"]}
    assert stood[1] == pytest.approx((0.0, 9.0))
    assert stood[3][1] == pytest.approx(90)
    assert stood[4][1] == DURATION_S
    assert {one["object"]: one["end_s"] for one in truth["objects"]}[4] is None
    crossed = [c["object"] for c in truth["crossings"] if c["object"] <= 4 and c["line"] == "mid"]
    assert crossed == [3, 4, 2]


def test_a_lorry_that_stands_astride_the_line_never_crosses_it() -> None:
    truth = truth_of("parked-astride")
    assert {"object": 1, "class": "truck", "start_s": 0.0, "end_s": DURATION_S}.items() <= truth["stops"][
        0
    ].items()
    assert all(crossing["object"] != 1 for crossing in truth["crossings"])


def test_wrong_ways_are_told_and_lead_against_the_lane() -> None:
    truth = truth_of("wrong-way")
    assert {event["lane"] for event in truth["wrong_way"]} == {"near-two-wheelers", "far-two-wheelers"}
    wrong = {event["object"]: event["lane"] for event in truth["wrong_way"]}
    ways = {(wrong[c["object"]], c["direction"]) for c in truth["crossings"] if c["object"] in wrong}
    assert ways == {("near-two-wheelers", "out"), ("far-two-wheelers", "in")}


def test_a_crowd_gathers_in_the_zone() -> None:
    use = truth_of("crowd")["zones"]["pavement"]["person"]
    assert use["occupancy_peak"] >= 6
    assert use["dwell_p90_s"] > 20


def test_calibration_points_are_exact_on_the_ground() -> None:
    calibration = truth_of("plain", end_s=10)["calibration"]
    for (x, y), (x_m, depth_m) in zip(calibration["picture"], calibration["ground_m"], strict=True):
        assert CAMERA.ground(Share(x, y)) == pytest.approx((x_m, depth_m), abs=1e-3)


def test_lost_frames_are_listed() -> None:
    lost = truth_of("frame-drops", end_s=60)["lost_s"]
    assert 0.1 < len(lost) / 600 < 0.4


def test_windows_add_up_to_the_whole() -> None:
    truth = truth_of("plain")
    windows = truth["windows"]
    assert [(one["start_s"], one["end_s"]) for one in windows] == [(0, 60), (60, 120), (120, 180)]
    assert (
        sum(one["lines"]["mid"]["motorcycle"]["in"] for one in windows)
        == truth["lines"]["mid"]["motorcycle"]["in"]
    )


def test_a_trip_leads_from_zone_to_zone(tmp_path: Path) -> None:
    file = tmp_path / "trip.yaml"
    file.write_text(
        GOOD
        + "traffic: {density: 0}\n"
        + "actors: [{class: person, start_s: 0, speed_mps: 1.5, path: [[-0.1, 0.95], [1.1, 0.95]]}]\n"
        + "zones: [{name: west, points: [[0.1, 0.8], [0.4, 0.8], [0.4, 1], [0.1, 1]]},\n"
        + "        {name: east, points: [[0.6, 0.8], [0.9, 0.8], [0.9, 1], [0.6, 1]]}]\n"
    )
    (trip,) = truth_of(str(file), end_s=30)["trips"]
    assert (trip["from"], trip["to"], trip["class"]) == ("west", "east", "person")
    assert trip["left_s"] < trip["entered_s"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "levle: hard\ntitle: {en: a, vi: b}", "1: levle: unknown key; did you mean 'level'", id="key"
        ),
        pytest.param(GOOD + "fps: -1", "3: fps", id="rate"),
        pytest.param(GOOD + "traffic: {rates: {cars: 1}}", "did you mean 'car'", id="class"),
        pytest.param(GOOD + "conditions: {rain: 3}", "3: conditions.rain", id="condition"),
        pytest.param(GOOD + "calibration: [[0, 0]]", "needs four points", id="calibration"),
        pytest.param(
            GOOD + "traffic: {against: [{class: car, lane: sky, per_minute: 1}]}",
            "none of far-pavement",
            id="lane",
        ),
        pytest.param(
            GOOD + "traffic: {halting: [{classes: [car], at_x: 0.5, for_s: [4, 1]}]}", "ends before", id="span"
        ),
        pytest.param(
            GOOD + "traffic: {parked: [{class: car, at: [0.5, 0.5], heading: left, lane: far-road, "
            "comes_s: 9, goes_s: 3}]}",
            "before it comes",
            id="leaves before it comes",
        ),
        pytest.param(
            GOOD + "lines: [{name: a, points: [[0, 0], [1, 1]]}, {name: a, points: [[0, 1], [1, 0]]}]",
            "'a' is given twice",
            id="two lines of one name",
        ),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_with_file_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_scenario(str(file))
    assert f"{file}:" in caught.value.message
    assert said in caught.value.message


def test_the_scenario_that_the_guide_shows_can_be_loaded(tmp_path: Path) -> None:
    guide = (REPOSITORY / "docs" / "developer.md").read_text(encoding="utf-8")
    shown = next(block for block in guide.split("```") if block.startswith("\ntitle:"))
    file = tmp_path / "mine.yaml"
    file.write_text(shown, encoding="utf-8")
    assert load_scenario(str(file)).traffic.halting[0].classes == ("motorcycle",)


def test_an_unknown_scenario_is_refused_with_the_names_that_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        load_scenario("rush-hours")
    error: CityEdgeError = caught.value
    assert "rush-hour," in str(error.cure)
