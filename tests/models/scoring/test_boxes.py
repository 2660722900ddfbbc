"""Reading boxes that have numbers."""

from pathlib import Path

import numpy as np
import pytest

from cityedge.classes import CLASSES
from models.errors import TruthError
from models.scoring.boxes import MotRows, read
from tests.support.crossings import rows


def write(folder: Path, text: str) -> Path:
    path = folder / "gt.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_come_in_order_of_frames_then_of_objects(tmp_path: Path) -> None:
    found = read(write(tmp_path, "2,1,0,0,1,1\n1,9,10,20,30,40\n1,3,5,5,2,4\n"), true=True)

    assert found.frames.tolist() == [1, 1, 2]
    assert found.ids.tolist() == [3, 9, 1]
    assert found.boxes_px[1].tolist() == [10, 20, 40, 60]
    assert found.feet_px[1].tolist() == [25, 60]


@pytest.mark.parametrize(
    ("row", "name", "visible"),
    [
        pytest.param("1,1,0,0,9,9,1,4,0.250", "car", 0.25, id="the simulator's"),
        pytest.param("1,1,0,0,9,9,1,1,0.5", "person", 0.5, id="MOTChallenge of 2016"),
        pytest.param(
            "1,1,0,0,9,9,1,-4.1,-7.3,0", "person", 1.0, id="MOTChallenge of 2015 with places on the ground"
        ),
        pytest.param("1,1,0,0,9,9", "person", 1.0, id="boxes alone"),
    ],
)
def test_what_a_row_says_of_class_and_visibility_depends_on_who_wrote_it(
    tmp_path: Path, row: str, name: str, visible: float
) -> None:
    found = read(write(tmp_path, row), true=True)

    assert CLASSES[found.labels[0]] == name
    assert found.visible.tolist() == [visible]


def test_a_flag_of_0_says_that_a_true_row_does_not_count_whatever_its_class(tmp_path: Path) -> None:
    path = write(tmp_path, "1,1,0,0,9,9,0,12,0.5\n1,2,0,0,9,9,1,1,1\n")

    assert read(path, true=True).counts.tolist() == [False, True]


def test_a_score_of_0_in_tracks_is_no_flag(tmp_path: Path) -> None:
    assert read(write(tmp_path, "1,1,0,0,9,9,0,-1,-1,-1\n"), true=False).counts.tolist() == [True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("1,1,0,0,9,9\n1,2,3\n", r"gt\.txt:2: has 3 values", id="too few values"),
        pytest.param("frame,id,left,top,width,height\n", r"gt\.txt:1: could not convert", id="a heading"),
        pytest.param("0,1,0,0,9,9\n", r"gt\.txt:1: frames begin at 1", id="frame 0"),
        pytest.param("1,1,0,0,-9,9\n", r"gt\.txt:1: .* a width and a height", id="a negative width"),
        pytest.param("1,1,nan,0,9,9\n", r"gt\.txt:1: ", id="not a number"),
        pytest.param("1,1,0,0,9,9,1,9,1\n", r"gt\.txt:1: there is no class 9; there are 1 person", id="class"),
        pytest.param("1,1,0,0,9,9\n1,1,5,5,9,9\n", r"gt\.txt: object 1 is twice in frame 1", id="twice"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(TruthError, match=said):
        read(write(tmp_path, text), true=True)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match=r"nowhere\.txt: cannot be read"):
        read(tmp_path / "nowhere.txt", true=True)


def test_an_empty_file_has_no_rows(tmp_path: Path) -> None:
    assert len(read(write(tmp_path, "\n"), true=False)) == 0


def test_columns_of_different_lengths_are_refused() -> None:
    one = rows((1, 1, 0, 0, 9, 9))

    with pytest.raises(ValueError, match="do not fit together"):
        MotRows(one.frames, np.zeros(2, np.int64), one.boxes_px, one.labels, one.counts, one.visible)
