"""Fitting pictures into a model's input, and carrying boxes back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.fit import fit, input_size
from models.registry import DEFAULT, card

NANODET = card(DEFAULT).input
YOLOX = card("yolox-nano-416").input
SIDES = st.integers(1, 4000)


@pytest.mark.parametrize(
    ("width", "height", "scaled", "size"),
    [
        pytest.param(768, 576, (416, 312), (416, 320), id="4:3"),
        pytest.param(1920, 1080, (416, 234), (416, 256), id="16:9"),
        pytest.param(1080, 1920, (234, 416), (256, 416), id="portrait"),
        pytest.param(416, 416, (416, 416), (416, 416), id="square"),
        pytest.param(100, 100, (416, 416), (416, 416), id="small"),
        pytest.param(4000, 10, (416, 1), (416, 32), id="a ribbon"),
    ],
)
def test_a_model_for_any_size_is_given_no_more_padding_than_it_needs(
    width: int, height: int, scaled: tuple[int, int], size: tuple[int, int]
) -> None:
    letterbox = fit(NANODET, width, height)

    assert (letterbox.scaled_width_px, letterbox.scaled_height_px) == scaled
    assert input_size(NANODET, letterbox) == size


def test_a_model_for_one_size_is_given_that_size_with_the_picture_where_its_card_says() -> None:
    letterbox = fit(YOLOX, 768, 576)

    assert input_size(YOLOX, letterbox) == (416, 416)
    assert (letterbox.left_px, letterbox.top_px) == (0, 0)


@given(SIDES, SIDES)
def test_the_scaled_picture_always_lies_within_the_input(width: int, height: int) -> None:
    for card_input in (NANODET, YOLOX):
        letterbox = fit(card_input, width, height)
        size = input_size(card_input, letterbox)

        assert letterbox.left_px + letterbox.scaled_width_px <= size[0] <= card_input.width_px
        assert letterbox.top_px + letterbox.scaled_height_px <= size[1] <= card_input.height_px
        assert min(letterbox.left_px, letterbox.top_px) >= 0


@given(SIDES, SIDES, st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_carrying_a_box_into_the_input_and_back_gives_the_box(
    width: int, height: int, shares: list[float]
) -> None:
    letterbox = fit(NANODET, width, height)
    source = np.array(shares) * [width, height, width, height]
    scale = np.array([letterbox.scaled_width_px / width, letterbox.scaled_height_px / height] * 2)
    offset = np.array([letterbox.left_px, letterbox.top_px] * 2)

    back = letterbox.to_source((source * scale + offset)[None].astype(np.float32))

    # float32 in the input keeps about 2**-15 of a pixel there.
    np.testing.assert_allclose(back[0], source, atol=1e-4 * max(width, height, 1))
