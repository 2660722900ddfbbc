"""Reading what is really in pictures."""

import json
from pathlib import Path

import pytest

from cityedge.classes import CLASSES, PERSON
from models.errors import TruthError
from models.evaluate.truth import numbered, read

MOT = "1,9,10,20,30,40,1,-4.1,-7.3,0\n1,15,50,60,10,10,1,0,0,0\n\n7,9,0,0,5,5,0,0,0,0\n"
COCO = {
    "images": [{"id": 5, "file_name": "a.jpg"}, {"id": 6, "file_name": "empty.jpg"}],
    "categories": [{"id": 1, "name": "person"}, {"id": 3, "name": "car"}, {"id": 17, "name": "cat"}],
    "annotations": [
        {"image_id": 5, "category_id": 3, "bbox": [1, 2, 3, 4], "iscrowd": 0},
        {"image_id": 5, "category_id": 17, "bbox": [0, 0, 9, 9]},
        {"image_id": 5, "category_id": 1, "bbox": [5, 5, 5, 5], "iscrowd": 1},
    ],
}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_mot_rows_are_persons_by_frame(tmp_path: Path) -> None:
    truth = read(write(tmp_path, "gt.txt", MOT))

    assert truth.labels == (PERSON,)
    assert truth.pictures[1].boxes_px.tolist() == [[10, 20, 40, 60], [50, 60, 60, 70]]
    assert truth.pictures[7].ignored.tolist() == [True]
    assert 2 not in truth.pictures


def test_rows_of_the_simulator_say_what_they_are_and_whether_anybody_could_see_it(tmp_path: Path) -> None:
    truth = read(write(tmp_path, "gt.txt", "1,4,10,20,30,40,1,4,0.900\n1,5,1,2,3,4,1,1,0.050\n"))

    assert [CLASSES[label] for label in truth.labels] == ["person", "car"]
    assert [CLASSES[label] for label in truth.pictures[1].labels] == ["car", "person"]
    assert truth.pictures[1].ignored.tolist() == [False, True]


def test_rows_without_numbers_of_their_own_are_read_too(tmp_path: Path) -> None:
    truth = read(write(tmp_path, "gt.txt", "1,-1,10,20,30,40\n1,-1,50,60,10,10\n"))

    assert len(truth.pictures[1].labels) == 2


def test_coco_categories_are_matched_by_name_and_pictures_by_file(tmp_path: Path) -> None:
    truth = read(write(tmp_path, "gt.json", json.dumps(COCO)))

    assert [CLASSES[label] for label in truth.labels] == ["person", "car"]
    picture = truth.pictures["a.jpg"]
    assert picture.boxes_px.tolist() == [[1, 2, 4, 6], [5, 5, 10, 10]]
    assert [CLASSES[label] for label in picture.labels] == ["car", "person"]
    assert picture.ignored.tolist() == [False, True]
    assert len(truth.pictures["empty.jpg"].labels) == 0


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("gt.txt", "1,2,3\n", id="too few values"),
        pytest.param("gt.txt", "frame,id,left,top,width,height\n", id="a heading"),
        pytest.param("gt.json", "{}", id="no COCO"),
        pytest.param("gt.json", "[", id="no JSON"),
    ],
)
def test_what_is_no_truth_is_refused_with_the_file(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(TruthError, match=name):
        read(write(tmp_path, name, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match=r"nowhere\.txt"):
        read(tmp_path / "nowhere.txt")


@pytest.mark.parametrize(("name", "number"), [("000012.jpg", 12), ("img7.png", 7), ("cam2_0003.jpg", 3)])
def test_a_pictures_number_is_what_its_name_ends_in(name: str, number: int) -> None:
    assert list(numbered([Path(name)])) == [(number, Path(name))]


def test_a_picture_without_number_is_named() -> None:
    with pytest.raises(TruthError, match=r"street\.jpg: its name holds no frame number"):
        list(numbered([Path("street.jpg")]))
