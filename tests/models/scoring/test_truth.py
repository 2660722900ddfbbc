"""What is known to be true, whoever says so."""

import json
from pathlib import Path
from typing import Any

import pytest

from cityedge.errors import UsageError
from models.errors import TruthError
from models.scoring.places import Place
from models.scoring.truth import View, read
from models.scoring.types import Crossing

MID = Place("mid", ((0.5, 0.0), (0.5, 1.0)))
ALL = Place("all", ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))
SIMULATED: dict[str, Any] = {
    "version": 2,
    "fps": 10.0,
    "duration_s": 60.0,
    "lines": {"mid": {"car": {"in": 1, "out": 0}}},
    "zones": {"all": {"car": {"occupancy_mean": 0.1, "dwell_p50_s": 1.0}}},
    "crossings": [
        {"time_s": 1.05, "line": "mid", "class": "car", "direction": "in", "object": 4, "speed_mps": 7.0}
    ],
    "lost_s": [0.0, 0.1, 0.2],
}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_drawn_boxes_say_who_crossed_and_how_many_there_were(tmp_path: Path) -> None:
    path = write(tmp_path, "gt.txt", "1,7,30,20,20,60\n2,7,130,20,20,60\n")

    truth = read(path, view=View((MID,), (ALL,), fps=2.0, size_px=(200, 100)), frames=4)

    assert truth.crossings == (Crossing(0.3, "mid", "person", "in", 7),)
    assert truth.judged == {("mid", "person")}
    assert truth.zones["all"]["person"].occupancy_mean == 0.5
    assert (truth.duration_s, truth.visible) == (2.0, {})


def test_drawn_boxes_alone_are_enough_for_tracking(tmp_path: Path) -> None:
    truth = read(write(tmp_path, "gt.txt", "1,7,30,20,20,60\n"))

    assert truth.boxes is not None
    assert truth.crossings is None


@pytest.mark.parametrize("view", [View((MID,), fps=2.0), View((MID,), size_px=(200, 100)), View((), (ALL,))])
def test_crossings_of_drawn_boxes_need_the_rate_and_the_size(tmp_path: Path, view: View) -> None:
    with pytest.raises(UsageError, match="need the frame rate and the size"):
        read(write(tmp_path, "gt.txt", "1,7,30,20,20,60\n"), view=view)


def test_the_simulators_truth_is_read_and_what_is_new_in_it_is_left_alone(tmp_path: Path) -> None:
    truth = read(write(tmp_path, "truth.json", json.dumps(SIMULATED)))

    assert truth.crossings == (Crossing(1.05, "mid", "car", "in", 4),)
    assert ("mid", "person") in truth.judged
    assert truth.zones["all"]["car"].occupancy_mean == 0.1
    assert truth.duration_s == 60.0
    assert truth.lines == {"mid"}


@pytest.mark.parametrize(
    ("frame", "visible"),
    [
        pytest.param(8, 0.2, id="the eleventh of all, of which the first three never came"),
        pytest.param(40, None, id="long after"),
    ],
)
def test_boxes_beside_it_say_how_much_could_be_seen(tmp_path: Path, frame: int, visible: float | None) -> None:
    path = write(tmp_path, "truth.json", json.dumps(SIMULATED))
    boxes = write(tmp_path, "boxes.txt", f"{frame},4,0,0,9,9,1,4,0.2\n")

    truth = read(path, boxes=boxes)

    assert list(truth.visible.values()) == ([] if visible is None else [visible])


def test_a_tally_is_known_by_its_ending(tmp_path: Path) -> None:
    text = "windows: [{start_s: 0, end_s: 9, counts: [{line: mid, class: car, in: 1, out: 0}]}]"

    truth = read(write(tmp_path, "hand.yaml", text))

    assert truth.tally is not None
    assert truth.lines == {"mid"}


def test_boxes_beside_boxes_are_one_too_many(tmp_path: Path) -> None:
    path = write(tmp_path, "gt.txt", "1,7,30,20,20,60\n")

    with pytest.raises(UsageError, match="holds boxes itself"):
        read(path, boxes=path)


@pytest.mark.parametrize("text", ["[", "{}", json.dumps({**SIMULATED, "crossings": [{}]})])
def test_what_is_not_the_simulators_truth_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(TruthError, match=r"truth\.json: cannot be read as the simulator's truth"):
        read(write(tmp_path, "truth.json", text))
