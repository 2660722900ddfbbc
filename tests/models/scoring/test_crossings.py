"""Counted crossings beside true ones: rules that hold whatever was counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scoring.crossings import compare
from models.scoring.types import ALL, Crossing, Figures
from tests.support.crossings import crossing, some_crossings, unhurried

windows = st.sampled_from([5.0, 60.0, 1000.0])


def turned(one: Crossing) -> Crossing:
    return Crossing(one.time_s, one.line, one.class_, "out" if one.direction == "in" else "in", one.who)


@unhurried
@given(some_crossings(), windows)
def test_who_counts_what_is_true_is_perfect(true: list[Crossing], window_s: float) -> None:
    found = compare(true, true, window_s=window_s)

    assert found.groups[ALL] == Figures(len(true), len(true), 0, 0)
    assert all(figures.accuracy == 1.0 for figures in found.groups.values())
    assert found.differences == ()


@unhurried
@given(some_crossings(), some_crossings(), windows)
def test_errors_of_windows_are_never_fewer_than_those_of_the_total(
    true: list[Crossing], counted: list[Crossing], window_s: float
) -> None:
    found = compare(true, counted, window_s=window_s)

    for figures in (*(cell.figures for cell in found.cells), *found.groups.values()):
        assert figures.window_errors >= figures.total_errors >= abs(figures.true - figures.counted)


@unhurried
@given(some_crossings(), some_crossings())
def test_shorter_windows_hide_fewer_errors(true: list[Crossing], counted: list[Crossing]) -> None:
    errors = [compare(true, counted, window_s=w).groups[ALL].window_errors for w in (400.0, 100.0, 20.0)]

    assert errors == sorted(errors)


@unhurried
@given(some_crossings(), some_crossings(), windows)
def test_what_is_listed_one_by_one_explains_every_error(
    true: list[Crossing], counted: list[Crossing], window_s: float
) -> None:
    found = compare(true, counted, window_s=window_s)

    assert sum(one.errors for one in found.differences) >= found.groups[ALL].window_errors
    missing = sum(one.true is not None for one in found.differences)
    extra = sum(one.counted is not None for one in found.differences)
    assert len(counted) - len(true) == extra - missing


@unhurried
@given(some_crossings(), some_crossings(), windows)
def test_cells_groups_and_windows_hold_the_same_crossings(
    true: list[Crossing], counted: list[Crossing], window_s: float
) -> None:
    found = compare(true, counted, window_s=window_s)
    whole = found.groups[ALL]

    assert (whole.true, whole.counted) == (len(true), len(counted))
    assert sum((cell.figures for cell in found.cells), Figures()) == whole
    assert sum(window.figures.window_errors for window in found.windows) == whole.window_errors
    assert sum((f for name, f in found.groups.items() if name != ALL), Figures()) == whole


@unhurried
@given(some_crossings(), some_crossings())
def test_swapping_in_and_out_on_both_sides_swaps_them_in_the_figures(
    true: list[Crossing], counted: list[Crossing]
) -> None:
    way = {
        (c.line, c.class_, "out" if c.direction == "in" else "in"): c.figures for c in compare(true, counted).cells
    }
    other = compare([turned(c) for c in true], [turned(c) for c in counted])

    assert {(c.line, c.class_, c.direction): c.figures for c in other.cells} == way


@unhurried
@given(some_crossings().filter(bool))
def test_in_counted_as_out_is_wrong_twice(true: list[Crossing]) -> None:
    found = compare(true[:1], [turned(true[0])])

    assert found.groups[ALL].total_errors == 2
    assert found.groups[ALL].accuracy == -1.0
    assert [one.kind for one in found.differences] == ["wrong way"]


def test_a_miss_and_a_later_double_count_do_not_make_each_other_good() -> None:
    true = [crossing(10), crossing(70)]
    counted = [crossing(70, who=1), crossing(71, who=2)]

    figures = compare(true, counted).groups[ALL]

    assert (figures.true, figures.counted, figures.total_errors, figures.window_errors) == (2, 2, 0, 2)
    assert figures.accuracy == 0.0


def test_a_tenth_of_a_second_over_a_windows_end_is_no_error() -> None:
    assert compare([crossing(59.95)], [crossing(60.05)]).groups[ALL].window_errors == 0


def test_windows_in_which_nothing_happened_are_there_to_the_end_of_the_recording() -> None:
    found = compare([crossing(130)], [], duration_s=200)

    assert [(w.start_s, w.end_s, w.figures.true) for w in found.windows] == [
        (0, 60, 0),
        (60, 120, 0),
        (120, 180, 1),
        (180, 200, 0),
    ]


def test_lines_and_classes_at_which_nothing_crossed_are_listed_where_they_are_judged() -> None:
    found = compare([], [], judged=[("mid", "bus")])

    assert [(c.line, c.class_, c.direction, c.figures.accuracy) for c in found.cells] == [
        ("mid", "bus", "in", 1.0),
        ("mid", "bus", "out", 1.0),
    ]


def test_who_counts_where_nothing_crossed_has_no_accuracy() -> None:
    assert compare([], [crossing(1)]).groups[ALL].accuracy is None


def test_figures_are_rolled_up_by_group() -> None:
    true = [crossing(1, "person"), crossing(2, "bicycle"), crossing(3, "motorcycle"), crossing(4, "bus")]

    groups = compare(true, [crossing(2, "motorcycle")]).groups

    assert {name: (f.true, f.counted, f.window_errors) for name, f in groups.items()} == {
        "people": (1, 0, 1),
        "two-wheelers": (2, 1, 1),
        "four-wheelers": (1, 0, 1),
        "all": (4, 1, 3),
    }


@pytest.mark.parametrize("window_s", [0.0, -1.0])
def test_a_window_without_length_is_refused(window_s: float) -> None:
    with pytest.raises(ValueError, match="a window has a length"):
        compare([], [], window_s=window_s)
