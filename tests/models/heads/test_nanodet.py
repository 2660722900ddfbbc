"""Reading NanoDet's outputs, on outputs written by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.classes import CLASSES, PERSON
from models.card import NanoDetHead
from models.heads.nanodet import NanoDet
from models.registry import DEFAULT, card
from models.types import FloatArray

CARD = card(DEFAULT)
BINS = 8
SIZE = (416, 320)


def empty(size: tuple[int, int] = SIZE) -> dict[str, FloatArray]:
    """Outputs of a model that sees nothing."""
    outputs: dict[str, FloatArray] = {}
    for stride in (8, 16, 32):
        cells = (size[0] // stride) * (size[1] // stride)
        outputs[f"cls{stride}"] = np.zeros((1, cells, len(CLASSES)), np.float32)
        outputs[f"reg{stride}"] = np.zeros((1, cells, 4 * BINS), np.float32)
    return outputs


def put(
    outputs: dict[str, FloatArray], stride: int, cell: int, column: int, *, score: float, bins: tuple[int, ...]
) -> None:
    """Let one cell see a class, its sides certain to be so many cells away."""
    outputs[f"cls{stride}"][0, cell, column] = score
    sides = np.full((4, BINS), -50, np.float32)
    sides[range(4), bins] = 50
    outputs[f"reg{stride}"][0, cell] = sides.reshape(-1)


def head() -> NanoDet:
    assert isinstance(CARD.head, NanoDetHead)
    return NanoDet(CARD, CARD.head)


def test_an_empty_street_gives_nothing() -> None:
    found = head().decode(empty(), SIZE)

    assert found.boxes_px.shape == (0, 4)
    assert found.scores.shape == found.labels.shape == (0,)


@pytest.mark.parametrize(
    ("stride", "cell", "bins", "box"),
    [
        pytest.param(8, 0, (0, 0, 1, 2), [4, 4, 12, 20], id="the first cell of the finest level"),
        pytest.param(8, 53, (1, 1, 1, 1), [4, 4, 20, 20], id="the second cell of the second row"),
        pytest.param(16, 25, (1, 2, 3, 4), [392, -24, 456, 72], id="the last cell of a row of the middle level"),
        pytest.param(32, 129, (7, 7, 0, 0), [176, 80, 400, 304], id="the last cell of the coarsest level"),
    ],
)
def test_a_cell_gives_the_box_around_its_middle(
    stride: int, cell: int, bins: tuple[int, ...], box: list[float]
) -> None:
    outputs = empty()
    put(outputs, stride, cell, PERSON, score=0.8, bins=bins)

    found = head().decode(outputs, SIZE)

    np.testing.assert_allclose(found.boxes_px, [box], atol=1e-4)
    np.testing.assert_allclose(found.scores, [0.8])
    assert found.labels.tolist() == [PERSON]


def test_a_side_that_is_not_certain_is_the_mean_of_what_it_may_be() -> None:
    outputs = empty()
    put(outputs, 8, 0, PERSON, score=0.8, bins=(0, 0, 0, 0))
    right = outputs["reg8"][0, 0].reshape(4, BINS)[2]
    right[:] = -50
    right[[2, 4]] = np.log([3, 1])

    found = head().decode(outputs, SIZE)

    assert found.boxes_px[0, 2] == pytest.approx(4 + 8 * (2 * 0.75 + 4 * 0.25), abs=1e-4)


@pytest.mark.parametrize(("score", "count"), [(CARD.score_floor, 1), (CARD.score_floor - 0.001, 0)])
def test_what_is_below_the_floor_is_left_out(score: float, count: int) -> None:
    outputs = empty()
    put(outputs, 16, 7, PERSON, score=score, bins=(1, 1, 1, 1))

    assert len(head().decode(outputs, SIZE).scores) == count


def test_a_cell_that_shows_a_rider_gives_the_person_and_the_bicycle() -> None:
    outputs = empty()
    put(outputs, 16, 7, PERSON, score=0.7, bins=(1, 1, 1, 1))
    outputs["cls16"][0, 7, CLASSES.index("bicycle")] = 0.5

    found = head().decode(outputs, SIZE)

    assert {CLASSES[label] for label in found.labels} == {"person", "bicycle"}
    np.testing.assert_allclose(found.boxes_px[0], found.boxes_px[1])


@given(
    st.sampled_from([8, 16, 32]),
    st.integers(0, 10**6),
    st.tuples(*[st.integers(0, BINS - 1)] * 4),
    st.sampled_from([(416, 416), (416, 320), (256, 416), (32, 32)]),
)
def test_every_cell_of_every_size_gives_back_what_was_put_into_it(
    stride: int, number: int, bins: tuple[int, ...], size: tuple[int, int]
) -> None:
    columns = size[0] // stride
    cell = number % (columns * (size[1] // stride))
    outputs = empty(size)
    put(outputs, stride, cell, 2, score=0.5, bins=bins)

    found = head().decode(outputs, size)

    x, y = (cell % columns + 0.5) * stride, (cell // columns + 0.5) * stride
    left, top, right, bottom = (side * stride for side in bins)
    np.testing.assert_allclose(found.boxes_px, [[x - left, y - top, x + right, y + bottom]], atol=1e-3)
    assert found.labels.tolist() == [CARD.labels[2]]
