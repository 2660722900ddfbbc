import numpy as np
import pytest

from cityedge.classes import CLASSES
from edge.annotate.drawing import Pen, PointPx, in_arrow
from edge.annotate.palette import class_colour
from edge.types import Picture, TrackedObject

SIZE_PX = (400, 200)


def _blank() -> Picture:
    return np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)


@pytest.mark.parametrize(
    ("points", "tail", "tip"),
    [
        pytest.param(((0.5, 0.0), (0.5, 1.0)), (200, 100), (220, 100), id="drawn down: in is to the right"),
        pytest.param(((0.5, 1.0), (0.5, 0.0)), (200, 100), (180, 100), id="drawn up: in is to the left"),
        pytest.param(((0.0, 0.5), (1.0, 0.5)), (200, 100), (200, 80), id="drawn to the right: in is up"),
        pytest.param(((1.0, 0.5), (0.0, 0.5)), (200, 100), (200, 120), id="drawn to the left: in is down"),
        pytest.param(
            ((0.0, 0.5), (0.75, 0.5), (0.75, 1.0)), (200, 100), (200, 80), id="bent: from the middle of its way"
        ),
        pytest.param(((0.25, 0.5), (0.5, 0.5), (0.5, 1.0)), (200, 100), (220, 100), id="bent just in its middle"),
    ],
)
def test_the_arrow_points_to_the_left_hand_of_who_walks_the_line(
    points: tuple[tuple[float, float], ...], tail: PointPx, tip: PointPx
) -> None:
    assert in_arrow(points, size_px=SIZE_PX, length_px=20) == (tail, tip)


def test_a_box_has_the_colour_of_its_class() -> None:
    for label in range(len(CLASSES)):
        picture = _blank()
        Pen(*SIZE_PX).box(
            picture,
            TrackedObject(track_id=1, label=label, box_px=(100, 50, 200, 150), score=0.9, observed=True),
        )
        assert tuple(picture[100, 100]) == class_colour(label)
        assert tuple(picture[150, 180]) == class_colour(label)
        assert not picture[100, 150].any(), "the object itself stays visible"


def test_what_was_not_seen_in_this_frame_is_drawn_thinner() -> None:
    def painted(*, observed: bool, settled: bool = True) -> int:
        picture = np.zeros((720, 1280, 3), np.uint8)
        tracked = TrackedObject(
            track_id=1, label=0, box_px=(100, 50, 200, 650), score=0.9, observed=observed, settled=settled
        )
        Pen(1280, 720).box(picture, tracked)
        return int(picture[300].any(axis=1).sum())

    assert painted(observed=True) > painted(observed=False)
    assert painted(observed=True) > painted(observed=True, settled=False)


def test_a_zone_is_tinted_and_what_is_outside_is_not() -> None:
    picture = np.full((SIZE_PX[1], SIZE_PX[0], 3), 100, np.uint8)
    Pen(*SIZE_PX).zone(picture, ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)), "z: 1")
    assert (picture[100, 200] != 100).any()
    assert abs(int(picture[100, 200, 0]) - 100) < 40, "people in it stay visible"
    assert (picture[190, 200] == 100).all()


@pytest.mark.parametrize(
    "at", [(-50, -50), (0, 0), (399, 0), (0, 199), (500, 500)], ids=lambda at: f"{at[0]} {at[1]}"
)
def test_a_tag_that_would_stick_out_is_moved_into_the_picture(at: PointPx) -> None:
    whole, moved = _blank(), _blank()
    pen = Pen(*SIZE_PX)
    pen.tag(whole, "car 12", at=(100, 100), ground=(0, 159, 230))
    pen.tag(moved, "car 12", at=at, ground=(0, 159, 230))
    assert moved.any(axis=2).sum() == whole.any(axis=2).sum()


def test_notes_stand_one_below_the_other_at_the_right() -> None:
    none, one, two = _blank(), _blank(), _blank()
    pen = Pen(*SIZE_PX)
    pen.notes(none, [])
    pen.notes(one, ["camera dark"])
    pen.notes(two, ["camera dark", "crowding at square"])
    assert not none.any()
    assert not one[:, : SIZE_PX[0] // 2].any()
    rows = [int(picture.any(axis=(1, 2)).sum()) for picture in (one, two)]
    assert rows[1] > 1.8 * rows[0]
