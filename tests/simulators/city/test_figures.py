"""Counted against true: errors of one class or direction do not make up for another's."""

import pytest

from simulators.city.figures import Counts, difference, total

TRUE: Counts = {"mid": {"person": {"in": 5, "out": 3}, "car": {"in": 2, "out": 0}}}


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        pytest.param(TRUE, 0, id="all right"),
        pytest.param({}, 10, id="nothing counted"),
        pytest.param({"mid": {"person": {"in": 4, "out": 4}, "car": {"in": 2, "out": 0}}}, 2, id="in for out"),
        pytest.param(
            {"mid": {"person": {"in": 5, "out": 3}, "truck": {"in": 2, "out": 0}}}, 4, id="trucks for cars"
        ),
    ],
)
def test_differences_do_not_cancel(found: Counts, wrong: int) -> None:
    assert difference(found, TRUE) == (wrong, 10)


def test_a_total_is_over_all_classes() -> None:
    assert (total(TRUE, "mid", "in"), total(TRUE, "mid", "out"), total(TRUE, "no such line", "in")) == (7, 3, 0)
