import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.capture.live_time import LiveTime
from edge.capture.stamp import Stamp


def _stamps(moments: list[tuple[float | None, float]]) -> list[Stamp]:
    time = LiveTime()
    return [time.stamp(pts_s=pts_s, arrived_s=arrived_s) for pts_s, arrived_s in moments]


def test_the_first_frame_begins_scene_time_whatever_the_cameras_zero_is() -> None:
    assert _stamps([(86_400.0, 5.0)]) == [Stamp(time_s=0.0, captured_s=5.0)]


def test_durations_come_from_the_camera_not_from_the_network() -> None:
    stamps = _stamps([(10.0, 100.0), (10.1, 100.3), (10.2, 100.31), (10.3, 100.32)])
    assert [stamp.time_s for stamp in stamps] == pytest.approx([0.0, 0.1, 0.2, 0.3])


def test_frames_that_the_network_held_back_were_captured_before_they_arrived() -> None:
    stamps = _stamps([(0.0, 50.0), (0.1, 50.1), (0.2, 52.2), (0.3, 52.2), (0.4, 52.2)])
    assert [stamp.captured_s for stamp in stamps] == pytest.approx([50.0, 50.1, 50.2, 50.3, 50.4], abs=0.01)


def test_a_backlog_at_the_opening_is_stamped_with_its_arrival() -> None:
    stamps = _stamps([(index / 10, 20.0) for index in range(30)])
    assert {stamp.captured_s for stamp in stamps} == {20.0}
    assert stamps[-1].time_s == pytest.approx(2.9)


@pytest.mark.parametrize(
    "drift",
    [pytest.param(1.0001, id="the camera's clock is fast"), pytest.param(0.9999, id="the camera's clock is slow")],
)
def test_after_a_day_of_drift_the_capture_time_is_still_right(drift: float) -> None:
    stamps = _stamps([(second * drift, float(second)) for second in range(86_400)])
    assert stamps[-1].captured_s == pytest.approx(86_399, abs=0.01)


@pytest.mark.parametrize(
    "jump_s",
    [pytest.param(47_721.0, id="forward"), pytest.param(-47_721.0, id="back to its zero")],
)
def test_a_jump_of_the_cameras_timestamps_does_not_move_the_scene(jump_s: float) -> None:
    before = [(index / 10, 100 + index / 10) for index in range(10)]
    after = [(jump_s + index / 10, 101 + index / 10) for index in range(10)]
    stamps = _stamps([*before, *after])
    assert [stamp.time_s for stamp in stamps] == pytest.approx([index / 10 for index in range(20)], abs=0.01)


def test_without_timestamps_arrivals_are_the_time() -> None:
    stamps = _stamps([(None, 7.0), (None, 7.25), (None, 7.5)])
    assert stamps == [Stamp(0.0, 7.0), Stamp(0.25, 7.25), Stamp(0.5, 7.5)]


def test_a_first_frame_without_a_timestamp_does_not_upset_those_that_follow() -> None:
    stamps = _stamps([(None, 7.0), (0.1, 7.0), (0.2, 7.1), (0.3, 7.2)])
    assert [stamp.time_s for stamp in stamps] == pytest.approx([0.0, 0.0, 0.1, 0.2], abs=0.01)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.floats(-1e5, 1e5)),
            st.floats(0.0, 30.0),
        ),
        min_size=1,
        max_size=100,
    )
)
def test_whatever_a_camera_sends_time_rises_and_capture_never_runs_back_or_into_the_future(
    moments: list[tuple[float | None, float]],
) -> None:
    arrived_s = 1000.0
    time = LiveTime()
    last: Stamp | None = None
    for pts_s, elapsed_s in moments:
        arrived_s += elapsed_s
        stamp = time.stamp(pts_s=pts_s, arrived_s=arrived_s)
        assert stamp.captured_s <= arrived_s + 1e-9
        if last is not None:
            assert stamp.time_s > last.time_s
            assert stamp.captured_s >= last.captured_s - 1e-9
        last = stamp
