"""The detector on real pictures, with the real NanoDet-m."""

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from cityedge.classes import CLASSES, PERSON
from models import golden
from models.detector import Detector
from models.evaluate.pictures import frames
from models.evaluate.run import look
from models.proof import prove
from models.types import Detections, Picture
from tests.support.cards import changed, write_beside
from tests.support.real_models import nanodet, plaza_video, yolox_file

WALKERS_PX = np.array([[251, 218, 283, 308], [500, 156, 530, 232], [642, 239, 685, 324]])
"""Where the three persons in the plaza's first frame are, from left to right."""


def plaza() -> Picture:
    return next(frames(plaza_video(), every=1))[1]


def test_the_persons_on_a_real_plaza_are_seen_where_they_stand() -> None:
    detector = nanodet()

    seen = look(detector, plaza())

    persons = seen.boxes_px[(seen.labels == PERSON) & (seen.scores >= detector.card.thresholds["person"])]
    np.testing.assert_allclose(persons[persons[:, 0].argsort()], WALKERS_PX, atol=5)


def test_detections_come_best_first_and_none_is_below_the_floor() -> None:
    seen = look(nanodet(), plaza())

    assert (np.diff(seen.scores) <= 0).all()
    assert seen.scores[-1] >= nanodet().card.score_floor
    assert len(seen) > 10
    assert set(seen.labels.tolist()) <= set(range(len(CLASSES)))
    assert [str(a.dtype) for a in (seen.boxes_px, seen.scores, seen.labels)] == ["float32", "float32", "int32"]


@pytest.mark.parametrize(
    ("width", "height"), [(416, 416), (768, 576), (1920, 1080), (576, 768), (200, 150), (1000, 400)]
)
def test_a_man_is_seen_where_he_stands_in_pictures_of_any_form(width: int, height: int) -> None:
    side = min(width, height)
    picture = np.full((height, width, 3), 120, np.uint8)
    left, top = (width - side) // 2, (height - side) // 2
    picture[top : top + side, left : left + side] = golden.picture(side, side)

    seen = look(nanodet(), picture)

    man = golden.man(side, side) + np.array([left, top, left, top])
    assert CLASSES[seen.labels[0]] == "person"
    np.testing.assert_allclose(seen.boxes_px[0], man, atol=0.06 * side)


def test_red_and_blue_exchanged_make_a_difference() -> None:
    """A detector that is fed RGB sees worse and nobody notices: the golden picture must notice."""
    detector = nanodet()
    letterbox = detector.letterbox(416, 416)
    exchanged = np.ascontiguousarray(golden.picture(416, 416)[..., ::-1])

    outputs = detector.infer(detector.prepare(exchanged, letterbox))

    assert golden.differences(detector.card, outputs)


def test_threads_that_share_a_detector_get_what_one_alone_gets() -> None:
    detector = nanodet()
    pictures = [golden.picture(416, 416), plaza(), golden.picture(600, 300), golden.picture(300, 600)]
    alone = [look(detector, picture) for picture in pictures]
    together: dict[int, list[Detections]] = {nth: [] for nth in range(len(pictures))}

    def work(nth: int) -> None:
        for _ in range(3):
            together[nth].append(look(detector, pictures[nth]))

    workers = [threading.Thread(target=work, args=(nth,)) for nth in together]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)

    for nth, looks in together.items():
        assert len(looks) == 3
        for seen in looks:
            np.testing.assert_array_equal(seen.boxes_px, alone[nth].boxes_px)
            np.testing.assert_array_equal(seen.scores, alone[nth].scores)


def test_the_real_model_gives_the_golden_outputs() -> None:
    assert prove(nanodet()) > 0.7


def test_a_yolox_file_that_somebody_brought_sees_the_man_and_where_there_is_none_only_synthetic_outputs_are_tested(
    tmp_path: Path,
) -> None:
    """The file is not fetched by set-up; ``heads/test_yolox.py`` tests its head without it."""
    brought = yolox_file()
    if brought is None:
        return
    onnx = tmp_path / "street.onnx"
    shutil.copyfile(brought, onnx)
    write_beside(onnx, changed("yolox-nano-416", name="street"))

    detector = Detector.open(onnx)

    assert prove(detector) > 0.7
    seen = look(detector, plaza())
    persons = seen.boxes_px[(seen.labels == PERSON) & (seen.scores >= 0.4)]
    off_px = np.abs(persons[:, None] - WALKERS_PX).max(axis=2).min(axis=0)
    assert (off_px < 8).all()
