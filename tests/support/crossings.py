"""Made-up crossings and boxes for tests of scoring."""

from collections.abc import Sequence

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from cityedge.classes import CLASSES
from models.scoring.boxes import MotRows
from models.scoring.types import Crossing

unhurried = settings(deadline=None)
"""For rules about numbers: how long a case takes depends on what else the machine does."""


def crossing(time_s: float, name: str = "car", way: str = "in", *, line: str = "mid", who: int = 1) -> Crossing:
    return Crossing(time_s, line, name, way, who)


def some_crossings(most: int = 25) -> st.SearchStrategy[list[Crossing]]:
    """Crossings of two lines within five minutes, each by somebody else."""
    one = st.tuples(
        st.integers(0, 3000),
        st.sampled_from(["mid", "kerb"]),
        st.sampled_from(["person", "motorcycle", "car"]),
        st.sampled_from(["in", "out"]),
    )
    return st.lists(one, max_size=most).map(
        lambda rows: [Crossing(row[0] / 10, *row[1:], who) for who, row in enumerate(rows, 1)]
    )


def rows(*seen: Sequence[float], label: str = "person") -> MotRows:
    """Boxes from ``(frame, id, left, top, right, bottom)``, and a visible share where it is not 1."""
    table = np.array([row[:6] for row in seen], np.float64).reshape(-1, 6)
    return MotRows(
        frames=table[:, 0].astype(np.int64),
        ids=table[:, 1].astype(np.int64),
        boxes_px=table[:, 2:6],
        labels=np.full(len(table), CLASSES.index(label), np.int64),
        counts=np.ones(len(table), np.bool_),
        visible=np.array([row[6] if len(row) > 6 else 1.0 for row in seen], np.float64),
    )


def walk(
    who: int, feet: Sequence[tuple[float, float]], *, height_px: float = 60.0, first: int = 1
) -> list[Sequence[float]]:
    """Rows of somebody whose feet are here, frame by frame; the box is half as wide as high."""
    return [
        (first + index, who, x - height_px / 4, y - height_px, x + height_px / 4, y)
        for index, (x, y) in enumerate(feet)
    ]
