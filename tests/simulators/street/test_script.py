"""Scripted streets."""

from pathlib import Path

import pytest

from cityedge.errors import ConfigError
from simulators.street.camera import Share
from simulators.street.layout import LINES
from simulators.street.script import load_script
from simulators.street.truth import Truth
from tests.simulators.street.streets import CAMERA

SCRIPT = """
actors:
  - class: car
    lane: far-road
    start_s: 2.0
    speed_mps: 8.0
  - class: person
    path: [[-0.1, 0.95], [0.6, 0.95], [0.6, 0.4], [1.1, 0.4]]
    start_s: 1.0
    speed_mps: 1.3
    look: 4
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "script.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_script_says_who_passes_when_and_where(tmp_path: Path) -> None:
    person, car = load_script(written(tmp_path, SCRIPT), CAMERA).arrivals(60)
    assert (car.kind, car.path.start_s, car.path.speed_mps) == ("car", 2.0, 8.0)
    assert car.path.points[0].x_m > car.path.points[-1].x_m
    assert [CAMERA.project(point) for point in person.path.points][1] == pytest.approx(Share(0.6, 0.95))


def test_a_script_has_a_truth(tmp_path: Path) -> None:
    script = load_script(written(tmp_path, SCRIPT), CAMERA)
    truth = Truth(CAMERA, lines=LINES, zones=[])
    for actor in script.arrivals(script.end_s):
        truth.add(actor)
    counts = truth.line_counts(0, 120)["mid"]
    assert counts["car"] == {"in": 0, "out": 1}
    assert counts["person"] == {"in": 1, "out": 0}


def test_actors_come_once_and_when_they_are_due(tmp_path: Path) -> None:
    script = load_script(written(tmp_path, SCRIPT), CAMERA)
    assert [[a.kind for a in script.arrivals(at_s)] for at_s in (0.5, 1.0, 5.0, 9.0)] == [
        [],
        ["person"],
        ["car"],
        [],
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("actors: []", "actors", id="nobody"),
        pytest.param("actors: [{class: car, start_s: 0, speed_mps: 8}]", "lane or a path", id="no way"),
        pytest.param("actors: [{class: car, lane: sky, start_s: 0, speed_mps: 8}]", "far-road", id="no such lane"),
        pytest.param(
            "actors: [{class: cat, lane: far-road, start_s: 0, speed_mps: 8}]", "class", id="no such class"
        ),
        pytest.param(
            "actors: [{class: car, path: [[0, 0.5]], start_s: 0, speed_mps: 8}]", "two points", id="one point"
        ),
        pytest.param(
            "actors: [{class: car, path: [[0, 0.5], [0, 0.5]], start_s: 0, speed_mps: 8}]",
            "stand still",
            id="stands",
        ),
        pytest.param("actors: [{class: car, lane: far-road, start: 0, speed_mps: 8}]", "start_s", id="wrong key"),
    ],
)
def test_a_script_that_cannot_be_is_refused_with_file_and_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        load_script(written(tmp_path, text), CAMERA)
    assert "script.yaml" in caught.value.message
