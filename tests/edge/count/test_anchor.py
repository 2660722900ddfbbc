"""Standing: not leaving the place where one came to rest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.anchor import REACH, Anchor
from tests.support.tracked import tracked


def stand(xs: list[float], *, dt_s: float = 0.5) -> list[float]:
    """For how long somebody 100 px tall has stood, frame by frame."""
    anchor = Anchor(tracked((xs[0], 200)), 0.0)
    return [anchor.stood_s(tracked((x, 200)), index * dt_s) for index, x in enumerate(xs)]


@pytest.mark.parametrize(
    ("xs", "last_s"),
    [
        pytest.param([50] * 7, 3.0, id="stands"),
        pytest.param([50, 60, 45, 55, 50, 40, 58], 3.0, id="its box jitters"),
        pytest.param([50, 50, 50, 150, 50, 50, 50], 3.0, id="its box jumps for one frame"),
        pytest.param([50, 50, 50, 150], 0.0, id="is away from where it stood"),
        pytest.param([50, 50, 150, 150, 150, 150, 150], 1.0, id="stands anew a second after it left"),
        pytest.param([0, 40, 80, 120, 160, 200, 240], 0.0, id="walks"),
    ],
)
def test_standing(xs: list[float], last_s: float) -> None:
    assert stand(xs)[-1] == pytest.approx(last_s)


def test_how_far_one_may_move_is_measured_by_how_tall_one_is_in_the_picture() -> None:
    near, far = tracked((50, 200), height_px=200), tracked((50, 200), height_px=40)
    assert Anchor(near, 0.0).holds(tracked((130, 200), height_px=200))
    assert not Anchor(far, 0.0).holds(tracked((130, 200), height_px=40))


@given(st.lists(st.floats(-REACH * 50, REACH * 50), min_size=1, max_size=50))
def test_who_stays_within_half_of_reach_stands_all_the_time(offsets: list[float]) -> None:
    xs = [100 + offset for offset in offsets]
    assert stand(xs) == pytest.approx([index * 0.5 for index in range(len(xs))])


@given(st.lists(st.floats(0, 400), min_size=1, max_size=50))
def test_nobody_has_stood_for_longer_than_they_were_there(xs: list[float]) -> None:
    assert all(0.0 <= stood_s <= index * 0.5 for index, stood_s in enumerate(stand(xs)))
