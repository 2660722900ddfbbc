"""Pairing counted crossings with true ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring.matching import pair
from models.scoring.types import Crossing
from tests.support.crossings import crossing, some_crossings, unhurried


@pytest.mark.parametrize(
    ("true", "counted", "pairs"),
    [
        pytest.param([10.0], [11.5], [(10.0, 11.5)], id="near enough"),
        pytest.param([10.0], [12.0], [(10.0, 12.0)], id="just near enough"),
        pytest.param([10.0], [12.1], [], id="too far"),
        pytest.param([10.0, 11.0], [11.0], [(11.0, 11.0)], id="the nearer of two true ones"),
        pytest.param([10.0], [9.0, 10.1], [(10.0, 10.1)], id="the nearer of two counted ones"),
        pytest.param(
            [10.0, 11.0], [11.0, 12.5], [(10.0, 11.0), (11.0, 12.5)], id="both rather than the nearest one"
        ),
        pytest.param([], [10.0], [], id="nothing true"),
    ],
)
def test_as_many_as_can_be_are_paired_and_the_nearest_of_them(
    true: list[float], counted: list[float], pairs: list[tuple[float, float]]
) -> None:
    found, _, _ = pair([crossing(t) for t in true], [crossing(t) for t in counted])

    assert [(a.time_s, b.time_s) for a, b in found] == pairs


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(crossing(10.0, "bus"), id="another class"),
        pytest.param(crossing(10.0, way="out"), id="the other way"),
        pytest.param(crossing(10.0, line="kerb"), id="another line"),
    ],
)
def test_what_is_not_the_same_is_not_paired(other: Crossing) -> None:
    assert pair([crossing(10.0)], [other]) == ([], [crossing(10.0)], [other])


def best_by_trying_all(true: list[float], counted: list[float]) -> tuple[int, float]:
    """Most pairs, and of these the least distance in time: by trying every choice."""
    if not true:
        return 0, 0.0
    found = [best_by_trying_all(true[1:], counted)]
    for index, time_s in enumerate(counted):
        if abs(time_s - true[0]) <= 2:
            pairs, apart_s = best_by_trying_all(true[1:], counted[:index] + counted[index + 1 :])
            found.append((pairs + 1, apart_s + abs(time_s - true[0])))
    return max(found, key=lambda one: (one[0], -one[1]))


few = st.lists(st.integers(0, 40).map(lambda number: number / 4), max_size=4)


@unhurried
@given(few, few)
def test_no_other_choice_is_better(true: list[float], counted: list[float]) -> None:
    pairs, _, _ = pair([crossing(t) for t in true], [crossing(t) for t in counted])

    assert (len(pairs), sum(abs(a.time_s - b.time_s) for a, b in pairs)) == best_by_trying_all(true, counted)


@unhurried
@given(some_crossings(), some_crossings())
def test_every_crossing_is_in_one_pair_or_left(true: list[Crossing], counted: list[Crossing]) -> None:
    pairs, missed, extra = pair(true, counted)

    assert sorted([a for a, _ in pairs] + missed) == sorted(true)
    assert sorted([b for _, b in pairs] + extra) == sorted(counted)
    assert all(abs(a.time_s - b.time_s) <= 2.0 for a, b in pairs)


@unhurried
@given(some_crossings(), st.floats(-1.9, 1.9))
def test_what_is_counted_a_little_early_or_late_loses_nobody(true: list[Crossing], late_s: float) -> None:
    late = [Crossing(c.time_s + late_s, c.line, c.class_, c.direction, c.who) for c in true]

    pairs, missed, extra = pair(true, late)

    assert (len(pairs), missed, extra) == (len(true), [], [])


@unhurried
@given(some_crossings(), some_crossings())
def test_order_of_the_lists_does_not_matter(true: list[Crossing], counted: list[Crossing]) -> None:
    assert pair(true, counted) == pair(true[::-1], counted[::-1])
