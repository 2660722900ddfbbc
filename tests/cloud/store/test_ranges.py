"""Sets of seqs as ranges behave as sets of integers do."""

from hypothesis import given
from hypothesis import strategies as st

from cloud.store.ranges import Range, RangeSet, ranges_of

seqs = st.sets(st.integers(1, 60), max_size=30)
pairs = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 8)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=8
)


def members(ranges: tuple[Range, ...]) -> set[int]:
    return {seq for first, last in ranges for seq in range(first, last + 1)}


def made_of(numbers: set[int]) -> RangeSet:
    return RangeSet(tuple(ranges_of(numbers)))


def is_tidy(found: RangeSet) -> bool:
    """Ascending, no range empty, none touching the next."""
    edges = [edge for pair in found.ranges for edge in pair]
    gaps = zip(found.ranges, found.ranges[1:], strict=False)
    return edges == sorted(edges) and all(left[1] + 1 < right[0] for left, right in gaps)


@given(seqs)
def test_ranges_hold_exactly_the_numbers_that_went_in(numbers: set[int]) -> None:
    found = made_of(numbers)

    assert is_tidy(found)
    assert members(found.ranges) == numbers
    assert len(found) == len(numbers)
    assert found.highest == max(numbers, default=0)
    assert {seq for seq in range(70) if seq in found} == numbers


@given(seqs, pairs)
def test_a_union_is_that_of_the_sets(numbers: set[int], more: list[Range]) -> None:
    found = made_of(numbers).union(more)

    assert is_tidy(found)
    assert members(found.ranges) == numbers | members(tuple(more))


@given(seqs, seqs)
def test_a_difference_is_that_of_the_sets(numbers: set[int], taken: set[int]) -> None:
    found = made_of(numbers).minus(made_of(taken))

    assert is_tidy(found)
    assert members(found.ranges) == numbers - taken


@given(seqs)
def test_the_gaps_are_what_is_missing_below_the_highest(numbers: set[int]) -> None:
    assert members(made_of(numbers).gaps()) == set(range(1, max(numbers, default=0))) - numbers


def test_a_million_in_a_row_are_one_range() -> None:
    assert RangeSet(((1, 999_999),)).union([(1_000_000, 1_000_000)]).ranges == ((1, 1_000_000),)
