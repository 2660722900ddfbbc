"""Looks: the same clothes look the same in another light and size, other clothes do not."""

import numpy as np
import pytest

from edge.track.appearance import LENGTH, describe


def street(*coats: tuple[tuple[int, int, int], int], brightness: float = 1.0) -> np.ndarray:
    """A grey picture with people in coats of a colour at some x."""
    picture = np.full((200, 400, 3), 110, np.float32)
    for colour, x in coats:
        picture[50:150, x : x + 40] = colour
        picture[100:150, x : x + 40] = (60, 60, 60)
    noise = np.random.default_rng(1).normal(0, 6, picture.shape)
    return np.clip(picture * brightness + noise, 0, 255).astype(np.uint8)


RED, BLUE = (40, 40, 190), (190, 60, 40)
BOX = np.array([[100, 50, 140, 150]], np.float32)


def look(picture: np.ndarray, boxes: np.ndarray, *, scale: float = 1.0) -> np.ndarray:
    return describe(picture, boxes, (scale, scale))


def likeness(first: np.ndarray, second: np.ndarray, *, box: np.ndarray = BOX) -> float:
    one, two = look(first, BOX), look(second, box)
    return float(one[0] @ two[0])


def test_the_same_coat_in_a_little_less_light_is_more_alike_than_another_coat() -> None:
    same = likeness(street((RED, 100)), street((RED, 100), brightness=0.93))
    other = likeness(street((RED, 100)), street((BLUE, 100)))
    assert same > 0.85
    assert other < same - 0.15


def test_looks_do_not_depend_on_the_size_of_the_picture() -> None:
    picture = street((RED, 100))
    small = picture[::2, ::2]
    one, two = look(picture, BOX), look(small, BOX, scale=0.5)
    assert float(one[0] @ two[0]) > 0.95


@pytest.mark.parametrize(
    "box",
    [
        pytest.param((-50, -50, 20, 30), id="over the top left corner"),
        pytest.param((390, 190, 500, 400), id="over the bottom right corner"),
        pytest.param((500, 500, 600, 700), id="wholly outside"),
        pytest.param((100, 100, 100.2, 100.2), id="a fraction of a pixel"),
    ],
)
def test_boxes_over_the_edge_are_described_too(box: tuple[float, float, float, float]) -> None:
    looks = look(street(), np.array([box], np.float32))
    assert looks.shape == (1, LENGTH)
    assert np.linalg.norm(looks[0]) == pytest.approx(1.0, abs=1e-3)


def test_no_boxes_have_no_looks() -> None:
    assert look(street(), np.zeros((0, 4), np.float32)).shape == (0, LENGTH)
