"""Pairing: the nearest, the most alike, never beyond the gate."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.track.association import (
    Gate,
    Sight,
    cheapest_pairs,
    covered_shares,
    overlaps,
    pairing_costs,
)
from edge.track.motion import to_state

RED, BLUE = [1.0, 0.0], [0.0, 1.0]


def sight(*boxes: tuple[float, float, float, float], looks: list[list[float]] | None = None) -> Sight:
    corners = np.array(boxes, np.float32)
    return Sight(to_state(corners), corners.astype(np.float64), np.array(looks or [RED] * len(boxes)))


def costs(tracks: Sight, detections: Sight, gate: Gate, *, spread_px: float = 2.0) -> np.ndarray:
    spread = np.full((len(tracks.states), 2), spread_px)
    return pairing_costs(tracks, detections, spread_px=spread, gate=gate)


GATE = Gate(reach=0.3, spreads=2.0)


@pytest.mark.parametrize(
    ("box", "allowed"),
    [
        pytest.param((105, 100, 145, 200), True, id="a small step"),
        pytest.param((160, 100, 200, 200), False, id="out of reach"),
        pytest.param((100, 20, 140, 200), False, id="nearly twice as tall, overlapping by less than asked"),
        pytest.param((100, 110, 140, 190), True, id="somewhat smaller"),
    ],
)
def test_the_gate_lets_pass_what_is_near_and_of_like_size(box: tuple[int, int, int, int], allowed: bool) -> None:  # noqa: FBT001
    gate = Gate(reach=0.3, spreads=2.0, overlap=0.6)
    cost = costs(sight((100, 100, 140, 200)), sight(box), gate)[0, 0]
    assert np.isfinite(cost) == allowed


def test_what_is_far_passes_when_the_prediction_is_uncertain_enough() -> None:
    tracks, detections = sight((100, 100, 140, 200)), sight((180, 100, 220, 200))
    assert np.isinf(costs(tracks, detections, GATE, spread_px=5.0)[0, 0])
    assert np.isfinite(costs(tracks, detections, GATE, spread_px=40.0)[0, 0])


def test_of_two_equally_near_the_more_alike_is_cheaper() -> None:
    detections = sight((90, 100, 130, 200), (110, 100, 150, 200), looks=[BLUE, RED])
    cost = costs(sight((100, 100, 140, 200)), detections, GATE)
    assert cost[0, 1] < cost[0, 0]


def test_what_looks_otherwise_is_refused_where_the_gate_says_so() -> None:
    gate = Gate(reach=1.0, spreads=2.0, overlap=0.5, unlike=1.0)
    cost = costs(sight((100, 100, 140, 200)), sight((170, 100, 210, 200), looks=[BLUE]), gate)
    assert np.isinf(cost[0, 0])


@pytest.mark.parametrize(
    ("second", "share", "covered"),
    [
        pytest.param((0, 0, 10, 10), 1.0, 1.0, id="the same"),
        pytest.param((5, 0, 15, 10), 1 / 3, 0.5, id="half beside"),
        pytest.param((20, 0, 30, 10), 0.0, 0.0, id="apart"),
        pytest.param((-5, -5, 15, 15), 0.25, 1.0, id="within"),
    ],
)
def test_overlap_and_cover(second: tuple[int, int, int, int], share: float, covered: float) -> None:
    first, other = np.array([[0.0, 0, 10, 10]]), np.array([second], float)
    assert overlaps(first, other)[0, 0] == pytest.approx(share)
    assert covered_shares(first, other)[0, 0] == pytest.approx(covered)


def test_nothing_is_paired_where_nothing_is_allowed() -> None:
    assert cheapest_pairs(np.full((3, 2), np.inf)) == []
    assert cheapest_pairs(np.zeros((0, 4))) == []


cost_tables = st.integers(1, 4).flatmap(
    lambda rows: st.integers(1, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.one_of(st.floats(0, 5), st.just(float("inf"))), min_size=columns, max_size=columns),
            min_size=rows,
            max_size=rows,
        )
    )
)


@given(cost_tables)
def test_the_pairing_has_most_pairs_at_least_cost(table: list[list[float]]) -> None:
    array = np.array(table)
    pairs = cheapest_pairs(array)
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    best = _brute_force(array)
    assert (-len(pairs), sum(array[i, j] for i, j in pairs)) == pytest.approx(best)


def _brute_force(array: np.ndarray) -> tuple[int, float]:
    rows, columns = array.shape
    best = (0, 0.0)
    for chosen in itertools.product([None, *range(columns)], repeat=rows):
        used = [j for j in chosen if j is not None]
        if len(set(used)) < len(used):
            continue
        cost = sum(array[i, j] for i, j in enumerate(chosen) if j is not None)
        if np.isfinite(cost):
            best = min(best, (-len(used), float(cost)))
    return best
