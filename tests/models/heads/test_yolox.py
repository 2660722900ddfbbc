"""Reading YOLOX's output, on outputs written by hand; ``test_detector`` runs a real one where there is one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.classes import CLASSES
from models.card import YoloxHead
from models.heads.yolox import Yolox
from models.registry import card
from models.types import FloatArray

CARD = card("yolox-nano-416")
SIZE = (416, 416)
STARTS = {8: 0, 16: 2704, 32: 2704 + 676}
COLUMNS = {"person": 0, "bicycle": 1, "car": 2, "motorcycle": 3, "bus": 5, "truck": 7}


def head() -> Yolox:
    assert isinstance(CARD.head, YoloxHead)
    return Yolox(CARD, CARD.head)


def empty() -> FloatArray:
    return np.zeros((1, 3549, 85), np.float32)


def put(
    output: FloatArray, row: int, box: tuple[float, ...], *, objectness: float, scores: dict[int, float]
) -> None:
    output[0, row, :4] = box
    output[0, row, 4] = objectness
    for column, score in scores.items():
        output[0, row, 5 + column] = score


def test_an_empty_street_gives_nothing() -> None:
    found = head().decode({"output": empty()}, SIZE)

    assert found.boxes_px.shape == (0, 4)


@pytest.mark.parametrize(
    ("row", "values", "box"),
    [
        pytest.param(0, (0.5, 0.5, 0.0, 0.0), [0, 0, 8, 8], id="the first cell, one cell large"),
        pytest.param(52, (0.5, 0.5, np.log(2), 0.0), [-4, 8, 12, 16], id="the second row, two cells wide"),
        pytest.param(
            STARTS[16] + 1, (0.0, 1.0, 0.0, np.log(3)), [8, -8, 24, 40], id="the middle level, three cells high"
        ),
        pytest.param(3548, (0.5, 0.5, 0.0, 0.0), [384, 384, 416, 416], id="the last cell"),
    ],
)
def test_a_row_gives_the_box_around_its_offset_from_the_cells_corner(
    row: int, values: tuple[float, ...], box: list[float]
) -> None:
    output = empty()
    put(output, row, values, objectness=0.8, scores={0: 0.9})

    found = head().decode({"output": output}, SIZE)

    np.testing.assert_allclose(found.boxes_px, [box], atol=1e-3)


@pytest.mark.parametrize(
    ("objectness", "score", "count"),
    [
        pytest.param(0.5, 0.5, 1, id="their product reaches the floor"),
        pytest.param(0.3, 0.3, 0, id="each alone does, the product does not"),
        pytest.param(0.1, 1.0, 0, id="the objectness does not"),
    ],
)
def test_the_score_is_objectness_times_class_score(objectness: float, score: float, count: int) -> None:
    output = empty()
    put(output, 5, (0.5, 0.5, 0.0, 0.0), objectness=objectness, scores={0: score})

    found = head().decode({"output": output}, SIZE)

    assert len(found.scores) == count
    np.testing.assert_allclose(found.scores, [objectness * score] * count)


@pytest.mark.parametrize(("name", "column"), COLUMNS.items())
def test_columns_of_coco_become_our_classes(name: str, column: int) -> None:
    output = empty()
    put(output, 5, (0.5, 0.5, 0.0, 0.0), objectness=1.0, scores={column: 0.9})

    found = head().decode({"output": output}, SIZE)

    assert [CLASSES[label] for label in found.labels] == [name]


def test_classes_that_nobody_counts_are_left_out() -> None:
    output = empty()
    put(output, 5, (0.5, 0.5, 0.0, 0.0), objectness=1.0, scores={4: 0.9, 6: 0.9, 16: 0.9})

    assert not len(head().decode({"output": output}, SIZE).scores)


@given(st.sampled_from([8, 16, 32]), st.integers(0, 10**6), st.tuples(*[st.floats(-2, 2)] * 4))
def test_every_row_gives_back_what_was_put_into_it(stride: int, number: int, values: tuple[float, ...]) -> None:
    columns = 416 // stride
    cell = number % (columns * columns)
    output = empty()
    put(output, STARTS[stride] + cell, values, objectness=0.9, scores={2: 0.9})

    found = head().decode({"output": output}, SIZE)

    x, y = (cell % columns + values[0]) * stride, (cell // columns + values[1]) * stride
    half_width, half_height = np.exp(values[2:4]) * stride / 2
    expected = [[x - half_width, y - half_height, x + half_width, y + half_height]]
    np.testing.assert_allclose(found.boxes_px, expected, rtol=1e-4, atol=1e-3)
