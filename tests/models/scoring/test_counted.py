"""Reading what was counted."""

import json
from pathlib import Path

import pytest

from models.errors import TruthError
from models.scoring.counted import read_counts, read_crossings
from models.scoring.occupancy import ZoneUse
from models.scoring.types import Crossing

ROW = {"time_s": 2.014, "line": "mid", "class": "person", "direction": "out", "track": 2}
COUNTS = {
    "lines": {"mid": {"person": {"in": 1, "out": 2}}},
    "zones": {"all": {"person": {"occupancy_mean": 1.5, "occupancy_peak": 3, "entries": 2, "exits": 1, "new": 7}}},
    "frames": 70,
    "scene_s": 10.0,
}


def write(folder: Path, text: str) -> Path:
    path = folder / "given"
    path.write_text(text, encoding="utf-8")
    return path


def test_crossings_come_in_order_of_time(tmp_path: Path) -> None:
    path = write(tmp_path, f"{json.dumps(ROW)}\n{json.dumps({**ROW, 'time_s': 1})}\n")

    assert read_crossings(path) == [
        Crossing(1.0, "mid", "person", "out", 2),
        Crossing(2.014, "mid", "person", "out", 2),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param("{", "given:2: is not a crossing", id="no JSON"),
        pytest.param(json.dumps({"time_s": 1}), "given:2: .*'direction'", id="a key is missing"),
        pytest.param(json.dumps({**ROW, "direction": "up"}), "given:2: .*in or out, not 'up'", id="another way"),
    ],
)
def test_a_wrong_crossing_is_named_by_file_and_line(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(TruthError, match=said):
        read_crossings(write(tmp_path, f"{json.dumps(ROW)}\n{row}\n"))


def test_counts_are_the_last_line_and_figures_that_are_new_are_left_alone(tmp_path: Path) -> None:
    counts = read_counts(write(tmp_path, f"counted 70 frames\n{json.dumps(COUNTS)}\n"))

    assert (counts.lines, counts.frames) == (("mid",), 70)
    assert counts.zones == {"all": {"person": ZoneUse(1.5, 3, 2, 1)}}


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"lines": {}, "zones": {"a": 1}, "frames": 1}'])
def test_what_are_no_counts_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(TruthError, match="given: holds no counts"):
        read_counts(write(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match="nowhere: cannot be read"):
        read_crossings(tmp_path / "nowhere")
