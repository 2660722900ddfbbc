"""All rules of one camera, laid over frames of one size: what each frame leads to, and what the end leads to."""

from collections.abc import Sequence

import pytest

from cityedge.classes import CLASSES
from cityedge.errors import ConfigError
from edge.rules import Outcome, Rules, areas_m2
from edge.settings import (
    CalibrationSettings,
    CameraSettings,
    CrowdingAlarm,
    HeatSettings,
    IntrusionAlarm,
    LineSettings,
    SourceSettings,
    StoppedVehicleAlarm,
    WrongWayAlarm,
    ZoneSettings,
)
from edge.types import TrackedObject
from tests.edge.scripted import HEIGHT, WIDTH, frame

LEFT = ZoneSettings(name="left", points=((0.0, 0.2), (0.4, 0.2), (0.4, 1.0), (0.0, 1.0)))
RIGHT = ZoneSettings(name="right", points=((0.6, 0.2), (1.0, 0.2), (1.0, 1.0), (0.6, 1.0)))
# The picture is 40 m wide and 30 m deep, seen from straight above: 20 pixels are a metre.
FROM_ABOVE = CalibrationSettings(
    picture=((0, 0), (1, 0), (1, 1), (0, 1)), ground_m=((0, 0), (40, 0), (40, 30), (0, 30))
)
CAMERA = CameraSettings(
    name="cam",
    source=SourceSettings(url="none"),
    lines=(LineSettings(name="mid", points=((0.5, 0.0), (0.5, 1.0))),),
    zones=(LEFT, RIGHT),
    flows=("left", "right"),
    calibration=FROM_ABOVE,
    heat=HeatSettings(columns=4, rows=3),
    alarms=(
        WrongWayAlarm(line="mid", direction="in", classes=("person",)),
        StoppedVehicleAlarm(zone="right", after_s=5.0),
        CrowdingAlarm(zone="left", people=3, hold_s=1.0),
        IntrusionAlarm(zone="left", classes=("car",), after_s=1.0),
    ),
)


def item(track_id: int, name: str, x: float, *, y: float = 400.0, height: float = 100.0) -> TrackedObject:
    box = (x - height / 4, y - height, x + height / 4, y)
    return TrackedObject(track_id, CLASSES.index(name), box, 0.9, observed=True)


def follow(rules: Rules, scenes: Sequence[Sequence[TrackedObject]], *, blind: bool = False) -> list[Outcome]:
    return [
        rules.update(scene, frame(index / 10), dt_s=0.1 if index else 0.0, blind=blind)
        for index, scene in enumerate(scenes)
    ]


def walk(name: str = "person") -> list[list[TrackedObject]]:
    """From the left zone over the line into the right one in 6 s: 500 pixels, 25 m."""
    return [[item(1, name, 150 + 500 * index / 60)] for index in range(61)]


def stay(*objects: TrackedObject, frames: int = 100) -> list[list[TrackedObject]]:
    return [list(objects)] * frames


def changes(outcomes: Sequence[Outcome]) -> list[tuple[str, str, str]]:
    return [(change.rule, change.place, change.state) for outcome in outcomes for change in outcome.alarms]


def test_a_walk_is_a_crossing_two_visits_a_speed_a_trip_and_a_wrong_way() -> None:
    rules = Rules(CAMERA, (WIDTH, HEIGHT))
    outcomes = [*follow(rules, walk()), rules.finish(6.0)]

    assert [(c.line, c.direction) for o in outcomes for c in o.crossings] == [("mid", "in")]
    assert [(zone, event.dwell_s is None) for o in outcomes for zone, event in o.visits] == [
        ("left", True),
        ("left", False),
        ("right", True),
        ("right", False),
    ]
    assert [(t.origin, t.destination) for o in outcomes for t in o.trips] == [("left", "right")]
    assert [s.speed_mps for o in outcomes for s in o.speeds] == [pytest.approx(25 / 6, rel=0.02)]
    assert changes(outcomes) == [("wrong_way", "mid", "happened")]


def test_heat_is_where_feet_stood() -> None:
    outcomes = follow(Rules(CAMERA, (WIDTH, HEIGHT)), stay(item(1, "car", 700), frames=11))

    cells = [cell for outcome in outcomes for cell in outcome.heat]
    assert {(cell.column, cell.row, CLASSES[cell.label]) for cell in cells} == {(3, 2, "car")}
    assert sum(cell.present_s for cell in cells) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("objects", "change"),
    [
        pytest.param([item(1, "car", 700)], ("stopped_vehicle", "right", "raised"), id="a car stands"),
        pytest.param([item(1, "car", 200)], ("intrusion", "left", "raised"), id="a car where none may be"),
        pytest.param(
            [item(n, "person", 100.0 + 50 * n) for n in range(3)],
            ("crowding", "left", "raised"),
            id="three people",
        ),
    ],
)
def test_an_alarm_is_raised_and_ends_with_the_source(
    objects: list[TrackedObject], change: tuple[str, str, str]
) -> None:
    rules = Rules(CAMERA, (WIDTH, HEIGHT))

    assert changes(follow(rules, stay(*objects))) == [change]
    assert changes([rules.finish(10.0)]) == [(*change[:2], "cleared")]


def test_a_frozen_picture_raises_no_alarm_but_what_is_proven_counts() -> None:
    rules = Rules(CAMERA, (WIDTH, HEIGHT))
    outcomes = follow(rules, [[*scene, item(9, "car", 700)] for scene in walk()], blind=True)

    assert [c.direction for outcome in outcomes for c in outcome.crossings] == ["in"]
    assert changes(outcomes) == [("wrong_way", "mid", "happened")]


def test_a_camera_with_nothing_configured_leads_to_nothing() -> None:
    bare = CameraSettings(name="cam", source=SourceSettings(url="none"))

    assert set(map(repr, follow(Rules(bare, (WIDTH, HEIGHT)), walk()))) == {
        repr(Outcome(crossings=[], visits=[], alarms=[]))
    }


def test_areas_are_told_of_calibrated_cameras_by_zone() -> None:
    assert areas_m2(CAMERA) == {"left": pytest.approx(16 * 24), "right": pytest.approx(16 * 24)}
    assert areas_m2(CameraSettings(name="cam", source=SourceSettings(url="none"), zones=(LEFT,))) == {}


def test_a_zone_beyond_the_horizon_has_no_area_and_no_bound_per_square_metre() -> None:
    towards_the_horizon = CalibrationSettings(
        picture=((0.45, 0.5), (0.55, 0.5), (0.9, 0.9), (0.1, 0.9)), ground_m=((0, 40), (8, 40), (8, 0), (0, 0))
    )
    sky = ZoneSettings(name="sky", points=((0.1, 0.0), (0.9, 0.0), (0.9, 0.8), (0.1, 0.8)))
    camera = CameraSettings(
        name="cam",
        source=SourceSettings(url="none"),
        zones=(sky,),
        calibration=towards_the_horizon,
        alarms=(CrowdingAlarm(zone="sky", per_m2=1.0),),
    )

    assert areas_m2(camera) == {}
    with pytest.raises(ConfigError, match=r"camera 'cam': alarms: crowding at 'sky': .*horizon"):
        Rules(camera, (WIDTH, HEIGHT))
