"""Counts beside the truth, crossing by crossing."""

import pytest

from scripts.accuracy.match import Crossing, Difference, differences


def crossing(time_s: float, name: str = "car", way: str = "in", *, line: str = "mid", who: int = 1) -> Crossing:
    return Crossing(time_s, line, name, way, who)


def test_what_agrees_within_two_seconds_is_no_difference() -> None:
    assert differences([crossing(10.0)], [crossing(11.5, who=7)], visible={}) == []


@pytest.mark.parametrize(
    ("true", "counted", "errors", "reason"),
    [
        pytest.param([crossing(10)], [crossing(10.2, "truck")], 2, "counted as truck", id="another class"),
        pytest.param([crossing(10)], [], 1, "not followed over the line", id="missed in plain sight"),
        pytest.param([], [crossing(10)], 1, "took over its track", id="counted though nothing crossed"),
        pytest.param([crossing(10)], [crossing(10), crossing(10.4)], 1, "counted twice", id="counted twice"),
        pytest.param([crossing(10)], [crossing(10, line="other")], 2, "", id="at another line"),
    ],
)
def test_what_differs_has_a_reason(
    true: list[Crossing], counted: list[Crossing], errors: int, reason: str
) -> None:
    found = differences(true, counted, visible={})
    assert sum(difference.errors for difference in found) == errors
    assert any(reason in difference.reason for difference in found)


def test_who_was_hidden_near_the_line_is_said_to_have_been() -> None:
    one = crossing(10)
    assert differences([one], [], visible={one: 0.1}) == [
        Difference(one, None, "hidden near the line: 10% of it visible", 1)
    ]


def test_differences_come_in_order_of_time() -> None:
    found = differences([crossing(30), crossing(5)], [crossing(20, "bus")], visible={})
    assert [(d.true or d.counted or crossing(0)).time_s for d in found] == [5, 20, 30]
