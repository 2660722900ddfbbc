"""What the outbox drops, decided without a file."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.outbox.expiry import ROW_OVERHEAD_BYTES, age_limit_s, enough, in_messages, ranges_of

DAY_S = 86_400.0


@pytest.mark.parametrize(
    ("oldest_s", "limit_s"),
    [
        pytest.param(None, None, id="nothing is there"),
        pytest.param(9.5 * DAY_S, None, id="the oldest is young"),
        pytest.param(9.0 * DAY_S - 1, None, id="the oldest is past its age by a second: it waits for others"),
        pytest.param(9.0 * DAY_S - 3601, 9.0 * DAY_S, id="the oldest is past its age by an hour"),
    ],
)
def test_rows_are_dropped_for_age_about_once_an_hour(oldest_s: float | None, limit_s: float | None) -> None:
    assert age_limit_s(10.0 * DAY_S, max_age_s=DAY_S, oldest_s=oldest_s) == limit_s


def test_with_a_short_limit_rows_wait_only_a_twentieth_of_it() -> None:
    assert age_limit_s(1000.0, max_age_s=100.0, oldest_s=894.0) == 900.0


def test_only_as_many_rows_are_dropped_as_are_needed_to_free_the_bytes() -> None:
    size = 100 + ROW_OVERHEAD_BYTES

    assert enough([(1, 100), (2, 100), (3, 100)], bytes_to_free=size + 1) == ([1, 2], 2 * size)


def test_nothing_is_dropped_where_nothing_needs_to_be_freed() -> None:
    assert enough([(1, 100)], bytes_to_free=0) == ([], 0)


@given(st.sets(st.integers(1, 200)))
def test_ranges_name_exactly_the_numbers_that_went_in(seqs: set[int]) -> None:
    ranges = ranges_of(seqs)

    assert [seq for first, last in ranges for seq in range(first, last + 1)] == sorted(seqs)
    assert all(after[0] > before[1] + 1 for before, after in itertools.pairwise(ranges))


def test_many_ranges_are_portioned_so_that_a_message_stays_small() -> None:
    portions = in_messages([(n, n) for n in range(1, 2002, 2)])

    assert [len(portion) for portion in portions] == [1000, 1]
