"""Which faults are in force, and how strongly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulators.street.conditions import Covered, Dark, Frozen, Offline
from simulators.street.faults import in_force, shown_index, strength


def test_a_fault_begins_at_its_first_moment_and_is_over_at_its_last() -> None:
    fault = Covered(2, 4)
    assert [bool(in_force([fault], time_s)) for time_s in (1.9, 2.0, 3.9, 4.0)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("time_s", "share"),
    [
        pytest.param(10, 0, id="at its beginning"),
        pytest.param(11, 0.5, id="on its way"),
        pytest.param(15, 1, id="in full force"),
        pytest.param(19, 0.5, id="on its way back"),
    ],
)
def test_a_fault_with_a_ramp_comes_and_goes_gradually(time_s: float, share: float) -> None:
    assert strength(Dark(10, 20, ramp_s=2), time_s) == pytest.approx(share)


def test_a_fault_without_a_ramp_is_there_at_once() -> None:
    assert strength(Dark(10, 20), 10.0) == 1


def test_a_frozen_camera_shows_the_last_frame_before() -> None:
    faults = (Frozen(2, 4), Offline(3, 5))
    assert [shown_index(faults, index, 10.0) for index in (0, 19, 20, 39, 40)] == [0, 19, 19, 19, 40]


def test_a_camera_that_was_frozen_from_the_beginning_shows_its_first_frame() -> None:
    assert shown_index((Frozen(0, 9),), 50, 10.0) == 0


@given(st.floats(0, 50), st.floats(0.1, 50), st.integers(0, 2000), st.sampled_from([2.0, 7.0, 10.0, 12.5, 15.0]))
def test_no_frozen_camera_shows_a_frame_that_is_still_to_come(
    from_s: float, lasts_s: float, index: int, fps: float
) -> None:
    frozen = Frozen(from_s, from_s + lasts_s)
    shown = shown_index((frozen,), index, fps)
    assert 0 <= shown <= index
    assert shown == 0 or not in_force((frozen,), shown / fps)
