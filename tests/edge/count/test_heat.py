"""The heat grid: where feet stood, and for how long."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cityedge.classes import CLASSES, ObjectClass
from edge.count.heat import HeatGrid
from edge.types import HeatCell
from tests.support.tracked import tracked


def grid() -> HeatGrid:
    """Cells of 100 px by 100 px."""
    return HeatGrid(4, 3, width_px=400, height_px=300)


@pytest.mark.parametrize(
    ("foot", "column", "row"),
    [
        pytest.param((50, 50), 0, 0, id="first cell"),
        pytest.param((399, 299), 3, 2, id="last cell"),
        pytest.param((100, 50), 1, 0, id="between two cells is in the right one"),
        pytest.param((50, 100), 0, 1, id="between two cells is in the lower one"),
        pytest.param((400, 300), 3, 2, id="lower right corner"),
        pytest.param((450, 320), 3, 2, id="beyond the picture"),
        pytest.param((-20, -5), 0, 0, id="before the picture"),
    ],
)
def test_cells(foot: tuple[float, float], column: int, row: int) -> None:
    assert grid().cells([tracked(foot)], 0.5) == [HeatCell(column, row, 0, 0.5)]


def test_objects_of_one_class_in_one_cell_are_summed() -> None:
    objects = [tracked((10, 10)), tracked((20, 20), track_id=2), tracked((30, 30), "car", track_id=3)]
    assert grid().cells(objects, 0.5) == [HeatCell(0, 0, 0, 1.0), HeatCell(0, 0, 3, 0.5)]


def test_riders_are_there_as_their_vehicles() -> None:
    objects = [tracked((10, 10), rider=True), tracked((10, 20), "motorcycle", track_id=2)]
    assert grid().cells(objects, 1.0) == [HeatCell(0, 0, 2, 1.0)]


def test_what_may_be_a_post_is_left_out() -> None:
    assert grid().cells([tracked((10, 10), settled=False)], 1.0) == []


def test_who_is_hidden_for_a_moment_is_there() -> None:
    assert grid().cells([tracked((10, 10), observed=False)], 1.0) == [HeatCell(0, 0, 0, 1.0)]


def test_no_time_has_passed_at_the_first_frame_after_a_gap() -> None:
    assert grid().cells([tracked((10, 10))], 0.0) == []


feet = st.tuples(st.floats(-50, 450), st.floats(-50, 350), st.sampled_from(CLASSES))


@given(st.lists(feet), st.floats(0.01, 2.0))
def test_the_cells_sum_up_to_who_was_there_for_how_long(
    people: list[tuple[float, float, ObjectClass]], dt_s: float
) -> None:
    objects = [tracked((x, y), name, track_id=k) for k, (x, y, name) in enumerate(people)]
    cells = grid().cells(objects, dt_s)
    sums: Counter[int] = Counter()
    for cell in cells:
        assert 0 <= cell.column < 4
        assert 0 <= cell.row < 3
        sums[cell.label] += round(cell.present_s / dt_s)
    assert sums == Counter(item.label for item in objects)
    assert len({(cell.column, cell.row, cell.label) for cell in cells}) == len(cells)
