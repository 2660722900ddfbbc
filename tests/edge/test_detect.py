"""Looking at frames, several at once: answers in order, never far ahead, with the real model."""

from collections.abc import Iterator

import numpy as np
import pytest

from cityedge.classes import CLASSES
from edge.detect import look_in_order, model_of, sure_scores_of, worker_count
from edge.types import Frame
from models.detector import Detector

GREY = np.full((240, 320, 3), 90, np.uint8)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector.open("nanodet-m-416")


def frames(count: int, read: list[int]) -> Iterator[Frame]:
    for index in range(count):
        read.append(index)
        yield Frame(index, index / 10, index / 10, 320, 240, lambda w, h: np.full((h, w, 3), 90, np.uint8))


@pytest.mark.parametrize("workers", [1, 3])
def test_answers_come_in_the_frames_order(detector: Detector, workers: int) -> None:
    seen = [s.frame.index for s in look_in_order(detector, frames(12, []), workers=workers)]
    assert seen == list(range(12))


def test_frames_are_read_only_so_far_ahead_as_keeps_the_workers_busy(detector: Detector) -> None:
    read: list[int] = []
    answers = look_in_order(detector, frames(50, read), workers=2)
    next(answers)
    assert len(read) <= 6
    assert len(list(answers)) == 49


def test_a_recording_that_breaks_says_so_after_the_frames_before_it(detector: Detector) -> None:
    def broken() -> Iterator[Frame]:
        yield from frames(2, [])
        raise OSError("cable cut")

    with pytest.raises(OSError, match="cable cut"):
        list(look_in_order(detector, broken(), workers=2))


def test_zero_workers_asks_for_one_per_core() -> None:
    assert worker_count(0) >= 1
    assert worker_count(3) == 3


def test_summaries_name_the_model_and_its_version(detector: Detector) -> None:
    assert model_of(detector).startswith("nanodet-m-416@")


def test_every_class_has_a_score_from_which_it_counts(detector: Detector) -> None:
    scores = sure_scores_of(detector)
    assert len(scores) == len(CLASSES)
    assert all(0.3 <= score <= 0.45 for score in scores)
