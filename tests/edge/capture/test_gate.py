import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.capture.gate import RateGate


def _admitted(max_fps: float | None, times_s: list[float]) -> list[float]:
    gate = RateGate(max_fps)
    return [time_s for time_s in times_s if gate.admits(time_s)]


@pytest.mark.parametrize(
    ("source_fps", "max_fps", "expected_fps"),
    [
        pytest.param(30, 15, 15, id="every second one"),
        pytest.param(25, 15, 15, id="not half of 25, but 15 on average"),
        pytest.param(15, 15, 15, id="all at just the rate"),
        pytest.param(10, 15, 10, id="all below the rate"),
        pytest.param(29.97, 5, 5, id="far above the rate"),
        pytest.param(16, 15, 15, id="hardly above the rate"),
    ],
)
def test_thins_to_the_rate_on_average(source_fps: float, max_fps: float, expected_fps: float) -> None:
    seconds = 60
    times_s = [index / source_fps for index in range(round(seconds * source_fps))]
    assert len(_admitted(max_fps, times_s)) == pytest.approx(expected_fps * seconds, rel=0.01)


def test_without_a_rate_everything_passes() -> None:
    assert len(_admitted(None, [0.0, 0.0, 0.001, 5.0])) == 4


def test_frames_at_just_the_rate_pass_in_spite_of_jitter() -> None:
    times_s = [index / 15 + (0.012 if index % 3 else -0.003) for index in range(300)]
    assert len(_admitted(15.0, times_s)) == 300


def test_after_a_gap_there_is_no_debt_to_catch_up() -> None:
    before = [index / 30 for index in range(30)]
    after = [100.0 + index / 30 for index in range(30)]
    assert len(_admitted(15.0, before + after)) == pytest.approx(30, abs=1)


def test_a_backlog_that_arrives_at_one_moment_is_one_frame() -> None:
    assert len(_admitted(15.0, [7.0] * 200)) == 1


@given(
    steps_s=st.lists(st.floats(0.0, 0.5), max_size=200),
    max_fps=st.floats(0.5, 60.0),
)
def test_over_any_time_there_is_hardly_one_frame_more_than_the_rate(steps_s: list[float], max_fps: float) -> None:
    times_s = [sum(steps_s[: index + 1]) for index in range(len(steps_s))]
    admitted = _admitted(max_fps, times_s)
    for first in range(len(admitted)):
        for last in range(first + 1, len(admitted)):
            covered_s = admitted[last] - admitted[first]
            assert last - first <= covered_s * max_fps + 1.25 + 1e-6
