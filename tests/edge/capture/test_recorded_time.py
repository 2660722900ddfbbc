import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.capture.recorded_time import RecordedTime


def _times_s(time: RecordedTime, pts_s: list[float | None]) -> list[float]:
    return [time.stamp(index=index, pts_s=value).time_s for index, value in enumerate(pts_s)]


@pytest.mark.parametrize(
    ("true_fps", "claimed_fps", "pts_s", "expected_s"),
    [
        pytest.param(None, 10.0, [4.0, 4.1, 4.5], [0.0, 0.1, 0.5], id="timestamps are believed, from any zero"),
        pytest.param(7.0, 10.0, [0.0, 0.1, 0.2], [0, 1 / 7, 2 / 7], id="a true rate overrules them"),
        pytest.param(None, 10.0, [None, None, None], [0.0, 0.1, 0.2], id="the claimed rate where there are none"),
        pytest.param(None, None, [None, None], [0.0, 0.04], id="25 a second where nothing is known"),
        pytest.param(None, 10.0, [0.0, 0.1, 0.1, 0.05], [0.0, 0.1, 0.2, 0.3], id="repeated ones do not stop time"),
        pytest.param(None, 10.0, [None, 3.0, 3.1], [0.0, 0.1, 0.2], id="the first one has none"),
    ],
)
def test_scene_time_of_a_recording(
    true_fps: float | None, claimed_fps: float | None, pts_s: list[float | None], expected_s: list[float]
) -> None:
    time = RecordedTime(true_fps=true_fps, claimed_fps=claimed_fps)
    assert _times_s(time, pts_s) == pytest.approx(expected_s)


def test_time_goes_on_when_the_recording_begins_again() -> None:
    time = RecordedTime(true_fps=None, claimed_fps=10.0)
    first = _times_s(time, [0.0, 0.1, 0.2])
    time.begin_again()
    assert first + _times_s(time, [0.0, 0.1]) == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4])


@given(
    passes=st.lists(st.lists(st.one_of(st.none(), st.floats(-1e4, 1e4)), max_size=20), max_size=4),
    claimed_fps=st.one_of(st.none(), st.floats(1.0, 120.0)),
)
def test_time_always_rises(passes: list[list[float | None]], claimed_fps: float | None) -> None:
    time = RecordedTime(true_fps=None, claimed_fps=claimed_fps)
    last_s = -1.0
    for pts_s in passes:
        for value in pts_s:
            time_s = time.stamp(index=0, pts_s=value).time_s
            assert time_s > last_s
            last_s = time_s
        time.begin_again()
