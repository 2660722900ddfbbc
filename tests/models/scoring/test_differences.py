"""What is wrong with crossings, one by one."""

import pytest

from models.scoring.crossings import compare
from models.scoring.types import Crossing, Difference
from tests.support.crossings import crossing


def test_what_agrees_within_two_seconds_is_no_difference() -> None:
    assert compare([crossing(10.0)], [crossing(11.5, who=7)]).differences == ()


@pytest.mark.parametrize(
    ("true", "counted", "kinds", "reason"),
    [
        pytest.param([crossing(10)], [crossing(10.2, "truck")], ["wrong class"], "counted as truck", id="class"),
        pytest.param([crossing(10)], [crossing(10.2, way="out")], ["wrong way"], "counted as out", id="way"),
        pytest.param([crossing(10)], [], ["miss"], "not followed over the line", id="missed"),
        pytest.param([], [crossing(10)], ["false"], "nothing crossed here", id="nothing crossed"),
        pytest.param(
            [crossing(10)],
            [crossing(10, who=1), crossing(10.4, who=2)],
            ["double"],
            "a second track",
            id="two tracks of one object",
        ),
        pytest.param(
            [crossing(10)],
            [crossing(10, who=1), crossing(16, who=1)],
            ["double"],
            "track 1 was counted again",
            id="one track to and fro",
        ),
        pytest.param(
            [crossing(10)], [crossing(10, line="other")], ["false", "miss"], "nothing crossed", id="another line"
        ),
        pytest.param([crossing(10)], [crossing(14)], ["miss", "false"], "not followed", id="much later"),
    ],
)
def test_what_differs_has_a_kind_and_a_reason(
    true: list[Crossing], counted: list[Crossing], kinds: list[str], reason: str
) -> None:
    found = compare(true, counted).differences

    assert sorted(one.kind for one in found) == sorted(kinds)
    assert any(reason in one.reason for one in found)


@pytest.mark.parametrize(
    ("visible", "reason"),
    [
        pytest.param(0.1, "hidden near the line: 10% of it visible", id="hidden"),
        pytest.param(0.9, "seen (90% visible) but not followed over the line", id="in sight"),
    ],
)
def test_a_miss_says_whether_it_could_be_seen(visible: float, reason: str) -> None:
    one = crossing(10)

    assert compare([one], [], visible={one: visible}).differences == (Difference("miss", one, None, reason, 1),)


def test_differences_come_in_order_of_time() -> None:
    found = compare([crossing(30), crossing(5)], [crossing(20, "bus")]).differences

    assert [one.crossing.time_s for one in found] == [5, 20, 30]


def test_a_difference_about_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="true or a counted"):
        _ = Difference("miss", None, None, "", 1).crossing
