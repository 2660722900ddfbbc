"""Visits of zones, and where they lead."""

import pytest

from simulators.street.crossings import Stay
from simulators.street.visits import dwell, trips, visits


def stay(start_s: float, end_s: float, zone: str = "a", number: int = 1) -> Stay:
    return Stay(start_s, end_s, zone, "person", number)


@pytest.mark.parametrize(
    ("stays", "found"),
    [
        pytest.param([stay(0, 0.9)], [], id="too short to have entered"),
        pytest.param([stay(0, 5)], [(0, 5)], id="one visit"),
        pytest.param([stay(0, 5), stay(6.5, 9)], [(0, 9)], id="a short absence does not end it"),
        pytest.param([stay(0, 5), stay(7.5, 9)], [(0, 5), (7.5, 9)], id="a long absence does"),
        pytest.param([stay(0, 5), stay(5.5, 9, number=2)], [(0, 5), (5.5, 9)], id="two people are two"),
        pytest.param([stay(0, 0.6), stay(0.7, 1.4)], [(0, 1.4)], id="entered in two steps"),
    ],
)
def test_stays_become_visits(stays: list[Stay], found: list[tuple[float, float]]) -> None:
    assert [(one.start_s, one.end_s) for one in visits(stays)] == found


def test_a_trip_leads_from_a_visited_zone_to_the_next() -> None:
    been = visits([stay(0, 5), stay(8, 8.5, "b"), stay(10, 14, "c"), stay(20, 24, "a"), stay(30, 33, "a")])
    assert [(trip.start, trip.end, trip.left_s, trip.entered_s) for trip in trips(been)] == [
        ("a", "c", 5, 10),
        ("c", "a", 14, 20),
    ]


def test_nobody_travels_on_the_feet_of_another() -> None:
    assert trips(visits([stay(0, 5, "a", 1), stay(8, 12, "b", 2)])) == []


def test_dwell_is_a_distribution_and_absent_where_nobody_was() -> None:
    been = [stay(0, float(length)) for length in range(1, 12)]
    assert dwell(been) == {"dwell_p50_s": 6.0, "dwell_p90_s": 10.0, "dwell_max_s": 11.0}
    assert dwell([]) == {}
