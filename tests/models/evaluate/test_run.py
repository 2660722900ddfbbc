"""Evaluating the real detector on pictures whose truth is known because they were drawn."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from cityedge.classes import PERSON
from models import golden
from models.errors import TruthError
from models.evaluate.pictures import pictures
from models.evaluate.run import evaluate
from models.evaluate.truth import Boxes, Truth
from tests.support.real_models import nanodet, plaza_video


def man_at(*keys: int | str) -> Truth:
    boxes = Boxes(golden.man(416, 416)[None], np.array([PERSON], np.int32), np.array([False]))
    return Truth(dict.fromkeys(keys, boxes), (PERSON,))


def draw(path: Path) -> None:
    cv2.imwrite(str(path), golden.picture(416, 416))


def test_a_drawn_man_is_found_in_every_picture_of_a_folder(tmp_path: Path) -> None:
    for name in ("a.png", "b.png", "not-in-the-truth.png"):
        draw(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no picture", encoding="utf-8")
    truth = man_at("a.png", "b.png")

    evaluation = evaluate(nanodet(), pictures(tmp_path, truth, every=1), truth)

    assert evaluation.pictures == 2
    assert evaluation.classes["person"].ap == pytest.approx(1.0)
    assert evaluation.classes["person"].drawn == 2


def test_a_folder_can_go_by_frame_number(tmp_path: Path) -> None:
    for number in range(1, 6):
        draw(tmp_path / f"{number:06}.png")
    truth = man_at(1, 2, 3, 4, 5)

    found = [key for key, _ in pictures(tmp_path, truth, every=2)]

    assert found == [1, 3, 5]


def test_frames_of_a_video_are_numbered_from_one() -> None:
    walk = pictures(plaza_video(), man_at(1), every=5)

    (first, picture), (second, _) = next(walk), next(walk)

    assert (first, second) == (1, 6)
    assert picture.shape == (576, 768, 3)


def test_truth_of_other_pictures_is_refused(tmp_path: Path) -> None:
    draw(tmp_path / "000009.png")
    truth = man_at(1)

    with pytest.raises(TruthError, match="speaks of none of the pictures"):
        evaluate(nanodet(), pictures(tmp_path, truth, every=1), truth)


@pytest.mark.parametrize("name", ["nothing.png", "text.png"])
def test_what_is_no_picture_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.png").write_text("no picture", encoding="utf-8")

    with pytest.raises(TruthError, match=name):
        list(pictures(tmp_path / name, man_at(1), every=1))
