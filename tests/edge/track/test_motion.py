"""The filter: what moves steadily is foreseen, over any time between frames."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.track.motion import Motion, to_boxes, to_state


def follow(speed_px_s: float, *, dt_s: float, frames: int) -> Motion:
    """A filter that has seen a box of 40x100 move to the right at one speed."""
    motion = Motion()
    for index in range(frames):
        seen = np.array([[100.0 + speed_px_s * dt_s * index, 300.0, 40.0, 100.0]])
        if index == 0:
            motion.append(seen)
        else:
            motion.predict(dt_s)
            motion.update(np.array([0]), seen)
    return motion


@pytest.mark.parametrize("dt_s", [pytest.param(1 / 15, id="15 a second"), pytest.param(0.5, id="2 a second")])
def test_a_steady_walker_is_foreseen_at_any_rate(dt_s: float) -> None:
    frames = int(6 / dt_s)
    motion = follow(80.0, dt_s=dt_s, frames=frames)
    motion.predict(1.0)
    expected = 100.0 + 80.0 * (dt_s * (frames - 1) + 1.0)
    assert motion.position[0, 0] == pytest.approx(expected, abs=10.0)


def test_uncertainty_grows_while_nothing_is_seen_and_shrinks_when_it_is() -> None:
    motion = follow(80.0, dt_s=0.1, frames=20)
    settled = motion.spread()[0, 0]
    motion.predict(1.0)
    lost = motion.spread()[0, 0]
    motion.update(np.array([0]), motion.position[:1])
    assert lost > 2 * settled
    assert motion.spread()[0, 0] < lost


def test_forgetting_one_box_leaves_the_others_as_they_were() -> None:
    motion = Motion()
    motion.append(np.array([[10.0, 20.0, 4.0, 8.0], [30.0, 40.0, 5.0, 9.0], [50.0, 60.0, 6.0, 7.0]]))
    motion.keep(np.array([True, False, True]))
    assert motion.position[:, 0].tolist() == [10.0, 50.0]
    assert len(motion) == 2


box = st.tuples(st.floats(-500, 2000), st.floats(-500, 2000), st.floats(1, 500), st.floats(1, 500))


@given(st.lists(box, min_size=1, max_size=8))
def test_boxes_survive_the_way_to_states_and_back(boxes: list[tuple[float, float, float, float]]) -> None:
    corners = np.array([(x, y, x + w, y + h) for x, y, w, h in boxes], np.float32)
    np.testing.assert_allclose(to_boxes(to_state(corners)), corners, atol=1e-2)
