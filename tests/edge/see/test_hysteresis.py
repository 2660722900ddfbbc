"""Hysteresis: what is near a threshold does not flap, and what has lasted is believed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.see.hysteresis import Bounds, Watch

LARGE_IS_BAD = Bounds(enter=0.6, leave=0.4)
SMALL_IS_BAD = Bounds(enter=32, leave=45)


@pytest.mark.parametrize(
    ("bounds", "value", "before", "bad"),
    [
        pytest.param(LARGE_IS_BAD, 0.6, False, True, id="large: at the upper bound"),
        pytest.param(LARGE_IS_BAD, 0.5, False, False, id="large: between, was good"),
        pytest.param(LARGE_IS_BAD, 0.5, True, True, id="large: between, was bad"),
        pytest.param(LARGE_IS_BAD, 0.4, True, False, id="large: at the lower bound"),
        pytest.param(SMALL_IS_BAD, 32, False, True, id="small: at the lower bound"),
        pytest.param(SMALL_IS_BAD, 40, False, False, id="small: between, was good"),
        pytest.param(SMALL_IS_BAD, 40, True, True, id="small: between, was bad"),
        pytest.param(SMALL_IS_BAD, 45, True, False, id="small: at the upper bound"),
    ],
)
def test_between_the_bounds_nothing_changes(
    bounds: Bounds,
    value: float,
    before: bool,  # noqa: FBT001 - of a table
    bad: bool,  # noqa: FBT001 - of a table
) -> None:
    assert bounds.judge(value, bad=before) is bad


@given(st.lists(st.booleans(), min_size=1, max_size=300), st.floats(0.1, 3.0), st.floats(0, 8), st.floats(0, 8))
def test_a_state_is_left_only_after_its_time(
    looks: list[bool], every_s: float, confirm_s: float, clear_s: float
) -> None:
    watch = Watch(confirm_s=confirm_s, clear_s=clear_s)
    believed = [(index * every_s, watch.update(bad, index * every_s)) for index, bad in enumerate(looks)]

    changes_s = [(at_s, now) for (_, before), (at_s, now) in pairwise([(0.0, False), *believed]) if before != now]

    for (one_s, _), (other_s, now_bad) in pairwise([(float("-inf"), False), *changes_s]):
        assert other_s - one_s >= (confirm_s if now_bad else clear_s)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=300), st.sampled_from([0.4, 0.5, 0.6]))
def test_a_figure_that_is_noisy_around_a_threshold_changes_the_state_at_most_once_in_the_confirmed_time(
    noise: list[float], middle: float
) -> None:
    watch, bad, changed_s = Watch(confirm_s=3, clear_s=5), False, float("-inf")
    for index, value in enumerate(noise):
        time_s = 0.2 * index
        bad = LARGE_IS_BAD.judge(middle + value, bad=bad)
        before = watch.bad
        if watch.update(bad, time_s) != before:
            assert time_s - changed_s >= 3
            changed_s = time_s


@given(st.floats(0.001, 0.02))
def test_a_figure_that_drifts_slowly_across_changes_the_state_once(step: float) -> None:
    watch, bad, turns = Watch(confirm_s=3, clear_s=5), False, 0
    wobble = [0.03, -0.05, 0.01, 0.06, -0.02]
    for index in range(int(1 / step) + 40):
        value = min(1.0, index * step) + wobble[index % len(wobble)]
        bad = LARGE_IS_BAD.judge(value, bad=bad)
        before = watch.bad
        turns += watch.update(bad, 0.2 * index) != before

    assert turns == 1


def test_it_is_so_since_it_began_to_look_so() -> None:
    watch = Watch(confirm_s=3, clear_s=5)
    for tenth in range(100):
        watch.update(tenth >= 20, tenth / 10)

    assert (watch.bad, watch.since_s) == (True, 2.0)


def test_two_looks_prove_nothing_however_far_apart() -> None:
    watch = Watch(confirm_s=3, clear_s=5)

    assert [watch.update(bad=True, time_s=time_s) for time_s in (0.0, 60.0, 120.0)] == [False, False, True]


def test_what_could_not_be_told_for_a_while_begins_anew() -> None:
    watch = Watch(confirm_s=3, clear_s=5)
    for second in range(3):
        watch.update(bad=True, time_s=second)
    watch.skip()

    assert [watch.update(bad=True, time_s=time_s) for time_s in (10.0, 11.0, 12.0, 13.0)] == [False] * 3 + [True]
