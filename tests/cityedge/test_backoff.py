import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.backoff import Backoff


@given(
    seed=st.integers(0, 2**32),
    first_s=st.floats(0.001, 10.0),
    factor=st.floats(1.0, 1000.0),
    failures=st.integers(0, 200),
)
def test_a_delay_lies_in_the_upper_half_of_a_bound_that_doubles_up_to_the_most(
    seed: int, first_s: float, factor: float, failures: int
) -> None:
    most_s = first_s * factor
    backoff = Backoff(first_s=first_s, most_s=most_s, rng=random.Random(seed))
    for failure in range(failures):
        bound_s = min(most_s, first_s * 2.0**failure)
        assert bound_s / 2 <= backoff.next_s() <= bound_s


def test_after_success_it_begins_with_the_first_delay_again() -> None:
    backoff = Backoff(first_s=1.0, most_s=30.0, rng=random.Random(1))
    for _ in range(8):
        backoff.next_s()
    backoff.reset()
    assert backoff.next_s() <= 1.0


def test_two_gateways_do_not_come_back_in_step() -> None:
    one = Backoff(rng=random.Random(1))
    other = Backoff(rng=random.Random(2))
    assert [one.next_s() for _ in range(5)] != [other.next_s() for _ in range(5)]


def test_it_waits_years_without_an_overflow() -> None:
    backoff = Backoff(first_s=1.0, most_s=30.0, rng=random.Random(1))
    delays = [backoff.next_s() for _ in range(5000)]
    assert max(delays) <= 30.0


@pytest.mark.parametrize(
    ("first_s", "most_s"),
    [
        pytest.param(0.0, 30.0, id="no first delay would be a busy loop"),
        pytest.param(-1.0, 30.0, id="negative"),
        pytest.param(2.0, 1.0, id="shrinks"),
    ],
)
def test_bounds_that_make_no_sense_are_refused(first_s: float, most_s: float) -> None:
    with pytest.raises(ValueError, match="first_s"):
        Backoff(first_s=first_s, most_s=most_s, rng=random.Random(1))
