"""Dropping boxes that show the same thing."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.classes import CLASSES, FOUR_WHEELERS
from models.heads.head import Candidates
from models.heads.nms import suppress

Row = tuple[tuple[float, float, float, float], float, str]

BOX = (10.0, 10.0, 50.0, 90.0)
NEAR = (12.0, 10.0, 52.0, 90.0)
FAR = (60.0, 10.0, 100.0, 90.0)


def candidates(rows: Sequence[Row]) -> Candidates:
    return Candidates(
        np.array([row[0] for row in rows], np.float32).reshape(-1, 4),
        np.array([row[1] for row in rows], np.float32),
        np.array([CLASSES.index(row[2]) for row in rows], np.int32),
    )


def iou(first: Sequence[float], second: Sequence[float]) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(width, 0) * max(height, 0)
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (first, second)]
    union = sum(areas) - shared
    return shared / union if union else 0.0


@pytest.mark.parametrize(
    ("rows", "stays"),
    [
        pytest.param([], [], id="nothing at all"),
        pytest.param([(BOX, 0.5, "person")], [0], id="one box"),
        pytest.param([(BOX, 0.5, "person"), (NEAR, 0.9, "person")], [1], id="one person seen twice"),
        pytest.param([(BOX, 0.5, "person"), (FAR, 0.9, "person")], [1, 0], id="two persons apart"),
        pytest.param([(BOX, 0.5, "person"), (NEAR, 0.9, "bicycle")], [1, 0], id="a rider and the bicycle"),
        pytest.param([(BOX, 0.5, "car"), (NEAR, 0.9, "truck")], [1], id="one vehicle seen as car and as truck"),
        pytest.param([(BOX, 0.6, "bus"), (NEAR, 0.5, "car"), (FAR, 0.4, "car")], [0, 2], id="a bus and a car"),
        pytest.param([(BOX, 0.5, "car"), (NEAR, 0.9, "motorcycle")], [1, 0], id="a car behind a motorcycle"),
        pytest.param([(BOX, 0.5, "person"), (NEAR, 0.5, "person")], [0], id="a tie goes to the first"),
    ],
)
def test_of_boxes_that_show_the_same_thing_the_best_stays(rows: list[Row], stays: list[int]) -> None:
    kept = suppress(candidates(rows), iou=0.6)

    expected = candidates([rows[index] for index in stays])
    np.testing.assert_array_equal(kept.boxes_px, expected.boxes_px)
    np.testing.assert_array_equal(kept.scores, expected.scores)
    np.testing.assert_array_equal(kept.labels, expected.labels)


def test_classes_are_kept_apart_where_boxes_reach_beyond_the_pictures_left_edge() -> None:
    """OpenCV separates classes by moving them aside, which coordinates below zero would defeat."""
    left_of_picture = (-60.0, 0.0, 20.0, 20.0)
    at_the_right = (0.0, 0.0, 80.0, 20.0)

    kept = suppress(candidates([(left_of_picture, 0.5, "bicycle"), (at_the_right, 0.9, "person")]), iou=0.1)

    assert len(kept.scores) == 2


ROWS = st.lists(
    st.tuples(
        st.tuples(*[st.integers(-50, 100)] * 2, *[st.integers(1, 60)] * 2).map(
            lambda b: (float(b[0]), float(b[1]), float(b[0] + b[2]), float(b[1] + b[3]))
        ),
        st.integers(12, 99).map(lambda score: score / 100),
        st.sampled_from(CLASSES),
    ),
    max_size=25,
)


def group(label: int) -> int:
    return len(CLASSES) if label in FOUR_WHEELERS else label


@given(ROWS)
def test_what_stays_is_apart_and_what_goes_had_a_better_box_near(rows: list[Row]) -> None:
    kept = suppress(candidates(rows), iou=0.6)

    stays = [
        (tuple(map(float, b)), float(s), group(int(c)))
        for b, s, c in zip(kept.boxes_px, kept.scores, kept.labels, strict=True)
    ]
    assert [score for _, score, _ in stays] == sorted((score for _, score, _ in stays), reverse=True)
    for nth, (box, _, of) in enumerate(stays):
        assert all(iou(box, other) <= 0.6 + 1e-6 for other, _, others in stays[:nth] if others == of)
    for box, score, name in rows:
        of = group(CLASSES.index(name))
        near = [s for other, s, others in stays if others == of and iou(box, other) > 0.6 - 1e-6]
        assert near
        assert max(near) >= score - 1e-6


@given(ROWS)
def test_dropping_twice_drops_no_more(rows: list[Row]) -> None:
    once = suppress(candidates(rows), iou=0.6)

    again = suppress(once, iou=0.6)

    np.testing.assert_array_equal(again.boxes_px, once.boxes_px)
