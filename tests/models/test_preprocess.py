"""Filling a model's input."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from models.card import InputCard
from models.fit import fit, input_size
from models.preprocess import Preprocessor, scale
from models.registry import DEFAULT, card
from models.types import FloatArray, Picture

CARDS = [pytest.param(card(name).input, id=name) for name in (DEFAULT, "yolox-nano-416")]


def picture(width: int, height: int, seed: int = 0) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def expected(card_input: InputCard, scaled: Picture, corner: tuple[int, int], size: tuple[int, int]) -> FloatArray:
    """The same, written plainly: pad, normalise, channels first."""
    canvas = np.full((size[1], size[0], 3), card_input.pad, np.float64)
    canvas[corner[1] : corner[1] + scaled.shape[0], corner[0] : corner[0] + scaled.shape[1]] = scaled
    normalised = (canvas - np.array(card_input.mean)) / np.array(card_input.std)
    return np.asarray(normalised.transpose(2, 0, 1)[None], np.float32)


@pytest.mark.parametrize("card_input", CARDS)
def test_the_input_is_padded_and_normalised_and_blue_comes_first(card_input: InputCard) -> None:
    letterbox = fit(card_input, 640, 360)
    scaled = picture(letterbox.scaled_width_px, letterbox.scaled_height_px)

    blob = Preprocessor(card_input).fill(scaled, letterbox)

    wanted = expected(card_input, scaled, (letterbox.left_px, letterbox.top_px), input_size(card_input, letterbox))
    np.testing.assert_allclose(blob, wanted, atol=1e-5)


@pytest.mark.parametrize("card_input", CARDS)
def test_pictures_of_several_sizes_in_turn_leave_nothing_of_one_another(card_input: InputCard) -> None:
    used = Preprocessor(card_input)
    for width, height in ((640, 360), (360, 640), (416, 416), (640, 360)):
        letterbox = fit(card_input, width, height)
        scaled = picture(letterbox.scaled_width_px, letterbox.scaled_height_px, seed=width)

        np.testing.assert_array_equal(
            used.fill(scaled, letterbox), Preprocessor(card_input).fill(scaled, letterbox)
        )


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(picture(640, 360), id="not scaled"),
        pytest.param(picture(416, 234)[..., 0], id="grey"),
        pytest.param(picture(416, 234).astype(np.float32), id="floats"),
    ],
)
def test_a_picture_that_was_not_scaled_to_the_letterbox_is_refused(wrong: Picture) -> None:
    card_input = card(DEFAULT).input

    with pytest.raises(ValueError, match=r"must be uint8 \(234, 416, 3\)"):
        Preprocessor(card_input).fill(wrong, fit(card_input, 640, 360))


def test_threads_do_not_share_their_input() -> None:
    card_input = card(DEFAULT).input
    letterbox = fit(card_input, 416, 416)
    shared = Preprocessor(card_input)
    pictures = [picture(416, 416, seed) for seed in range(4)]
    together = threading.Barrier(4)
    blobs: dict[int, FloatArray] = {}

    def work(nth: int, all_pictures: Sequence[Picture]) -> None:
        blob = shared.fill(all_pictures[nth], letterbox)
        together.wait(timeout=30)  # nobody reads before all have written
        blobs[nth] = blob.copy()

    workers = [threading.Thread(target=work, args=(nth, pictures)) for nth in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=30)

    for nth, own in enumerate(pictures):
        np.testing.assert_array_equal(blobs[nth], Preprocessor(card_input).fill(own, letterbox))


def test_a_full_size_picture_is_scaled_to_what_the_letterbox_asks_for() -> None:
    letterbox = fit(card(DEFAULT).input, 640, 360)

    assert scale(picture(640, 360), letterbox).shape == (234, 416, 3)
