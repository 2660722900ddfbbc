from itertools import combinations

import numpy as np
import pytest

from cityedge.classes import CLASSES
from edge.annotate.palette import BLACK, WHITE, class_colour, text_on

# Viénot, Brettel and Mollon 1999: linear RGB as somebody without one kind of cone sees it.
SEEN_BY = {
    "all cones": np.eye(3),
    "no red cones": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "no green cones": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
}


@pytest.mark.parametrize("eyes", list(SEEN_BY))
def test_no_two_classes_look_alike(eyes: str) -> None:
    seen = {}
    for label, name in enumerate(CLASSES):
        linear = (np.array(class_colour(label)[::-1]) / 255.0) ** 2.2
        seen[name] = 255.0 * np.clip(SEEN_BY[eyes] @ linear, 0.0, 1.0) ** (1 / 2.2)
    distances = {pair: np.linalg.norm(seen[pair[0]] - seen[pair[1]]) for pair in combinations(CLASSES, 2)}
    assert min(distances.values()) > 40, min(distances, key=lambda pair: distances[pair])


@pytest.mark.parametrize(
    ("ground", "text"), [(WHITE, BLACK), (BLACK, WHITE), ((0, 255, 255), BLACK), ((128, 0, 0), WHITE)]
)
def test_text_stands_out_from_its_ground(ground: tuple[int, int, int], text: tuple[int, int, int]) -> None:
    assert text_on(ground) == text
