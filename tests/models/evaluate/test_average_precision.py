"""Average precision, on cases that can be worked out by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.classes import PERSON
from models.evaluate.average_precision import average_precision
from models.evaluate.truth import Boxes
from models.types import Detections

A = (0.0, 0.0, 10.0, 10.0)
B = (20.0, 0.0, 30.0, 10.0)
FAR = (80.0, 80.0, 90.0, 90.0)


def drawn(*boxes: Sequence[float], ignored: Sequence[bool] | None = None) -> Boxes:
    count = len(boxes)
    return Boxes(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.full(count, PERSON, np.int32),
        np.array(ignored if ignored is not None else [False] * count, np.bool_),
    )


def found(*rows: tuple[Sequence[float], float]) -> Detections:
    ordered = sorted(rows, key=lambda row: -row[1])
    return Detections(
        np.array([row[0] for row in ordered], np.float32).reshape(-1, 4),
        np.array([row[1] for row in ordered], np.float32),
        np.full(len(ordered), PERSON, np.int32),
    )


@pytest.mark.parametrize(
    ("frames", "ap", "recall"),
    [
        pytest.param([(drawn(A, B), found((A, 0.9), (B, 0.8)))], 1.0, 1.0, id="all found, nothing else"),
        pytest.param([(drawn(A, B), found())], 0.0, 0.0, id="nothing found"),
        pytest.param([(drawn(), found((A, 0.9)))], 0.0, 0.0, id="nothing drawn"),
        pytest.param([(drawn(A, B), found((A, 0.9)))], 51 / 101, 0.5, id="half found: recalls 0 to 0.50"),
        pytest.param(
            [(drawn(A), found((FAR, 0.9), (A, 0.8)))], 0.5, 1.0, id="a better scored false one halves precision"
        ),
        pytest.param(
            [(drawn(A), found((A, 0.9), (FAR, 0.8)))], 1.0, 1.0, id="a worse scored false one costs nothing"
        ),
        pytest.param(
            [(drawn(A, B), found((A, 0.9), (A, 0.8), (B, 0.7)))],
            (51 + 50 * 2 / 3) / 101,
            1.0,
            id="a box found twice is once false",
        ),
        pytest.param(
            [(drawn(A, B, ignored=[False, True]), found((A, 0.9), (B, 0.95), (B, 0.94)))],
            1.0,
            1.0,
            id="what is ignored counts neither way",
        ),
        pytest.param(
            [(drawn(A), found((A, 0.5))), (drawn(), found((FAR, 0.9)))], 0.5, 1.0, id="over two pictures by score"
        ),
    ],
)
def test_average_precision(frames: list[tuple[Boxes, Detections]], ap: float, recall: float) -> None:
    precision = average_precision(frames, PERSON)

    assert precision.ap == pytest.approx(ap)
    assert precision.recall == pytest.approx(recall)


@pytest.mark.parametrize(("width", "hit"), [(5.01, True), (4.99, False)])
def test_a_box_is_hit_from_half_overlap_on(width: float, *, hit: bool) -> None:
    precision = average_precision([(drawn(A), found(((0, 0, width, 10), 0.9)))], PERSON)

    assert precision.recall == (1.0 if hit else 0.0)


def test_other_classes_say_nothing() -> None:
    car = Detections(np.array([A], np.float32), np.array([0.99], np.float32), np.array([3], np.int32))

    assert average_precision([(drawn(A), car)], PERSON).recall == 0.0


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 99)), max_size=20), st.integers(0, 8))
def test_it_is_a_share_and_a_box_more_never_lowers_recall(rows: list[tuple[int, int]], count: int) -> None:
    boxes = [(20.0 * nth, 0.0, 20.0 * nth + 10, 10.0) for nth in range(10)]
    hits = [(boxes[nth], score / 100) for nth, score in rows]

    fewer = average_precision([(drawn(*boxes[:count]), found(*hits[:-1]))], PERSON)
    more = average_precision([(drawn(*boxes[:count]), found(*hits))], PERSON)

    assert 0.0 <= more.ap <= 1.0
    assert more.recall >= fewer.recall
    assert more.drawn == count
