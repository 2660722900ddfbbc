"""The default detector itself sees the simulated street: that is what it is drawn for."""

import pytest

from cityedge.classes import CLASSES, ObjectClass
from simulators.street.actors import Actor
from simulators.street.conditions import Conditions, Sun
from simulators.street.layout import LANES
from simulators.street.paths import Path
from simulators.street.render import Renderer
from simulators.street.ways import lane_way
from tests.simulators.street_sight import CAMERA, Tally, detect, frames, score_frame
from tests.support.real_models import nanodet

HOURS = [
    pytest.param(Conditions(), id="day"),
    pytest.param(Conditions(light="dusk"), id="dusk"),
    pytest.param(Conditions(light="night"), id="night"),
]
MILD = [
    pytest.param(Conditions(rain=0.3), id="rain"),
    pytest.param(Conditions(sun=Sun(12, 230)), id="low sun"),
    pytest.param(Conditions(light="dusk", headlights=True), id="headlights"),
]
LANE_OF = {kind: [lane for lane in LANES if kind in dict(lane.per_minute)] for kind in CLASSES}


@pytest.mark.parametrize("conditions", HOURS)
@pytest.mark.parametrize("kind", CLASSES)
def test_the_default_detector_sees_nine_of_ten_of_every_class(kind: ObjectClass, conditions: Conditions) -> None:
    assert_seen(kind, conditions)


@pytest.mark.parametrize("conditions", MILD)
@pytest.mark.parametrize("kind", ["person", "motorcycle", "car"])
def test_it_sees_as_well_in_mild_weather(kind: ObjectClass, conditions: Conditions) -> None:
    assert_seen(kind, conditions)


def assert_seen(kind: ObjectClass, conditions: Conditions) -> None:
    """Ten things that pass one after another, each looked at once."""
    renderer = Renderer(CAMERA, conditions=conditions, seed=1)
    tallies = {k: Tally() for k in CLASSES}
    for look in range(10):
        lane = LANE_OF[kind][look % len(LANE_OF[kind])]
        path = Path(lane_way(lane, kind, look, CAMERA), 0.0, 5.0)
        actor = Actor(look + 1, kind, path, look)
        time_s = path.end_s * (0.47 + 0.006 * look)
        picture = renderer.frame([actor], time_s, index=look)
        score_frame(tallies, renderer.appearances([actor], time_s), detect(nanodet(), picture), street=1)
    assert tallies[kind].frames == 10
    assert tallies[kind].recall >= 0.9
    assert tallies[kind].right_tracks(kind) >= 9


@pytest.mark.parametrize("conditions", [*HOURS, *MILD])
def test_an_empty_street_has_nothing_in_it(conditions: Conditions) -> None:
    for seed in range(1, 6):
        empty = Renderer(CAMERA, conditions=conditions, seed=seed).frame([], 0.0, index=0)
        assert detect(nanodet(), empty) == []


def test_a_busy_minute_is_seen_as_it_is() -> None:
    tallies = {kind: Tally() for kind in CLASSES}
    for seen, picture in frames(6, Conditions(), seconds=60, fps=2):
        score_frame(tallies, seen, detect(nanodet(), picture), street=6)
    assert sum(tally.frames for tally in tallies.values()) > 100
    assert min(tally.recall for tally in tallies.values() if tally.frames > 10) >= 0.9
    assert sum(tally.false for tally in tallies.values()) <= 2
