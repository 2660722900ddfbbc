"""How far a box is believed: rules as tables, and what no box may do to a track."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from edge.track.doubt import behind_shares, claims, noise_factors, with_feet

WALKER = np.array([[100.0, 300.0, 40.0, 100.0]])  # foot x, foot y, width, height
shares = st.floats(0, 1)


@pytest.mark.parametrize(
    ("share_of_sure", "behind", "claimed", "factor"),
    [
        pytest.param(2.0, 0.0, False, 1.0, id="seen clearly, alone"),
        pytest.param(1.5, 0.0, False, 1.0, id="clear enough"),
        pytest.param(1.0, 0.0, False, 1.5, id="barely sure"),
        pytest.param(0.5, 0.0, False, 2.0, id="unsure"),
        pytest.param(2.0, 0.5, False, 2.5, id="half behind somebody"),
        pytest.param(2.0, 0.0, True, 2.0, id="somebody else claims it"),
        pytest.param(1.0, 1.0, True, 5.5, id="all at once"),
    ],
)
def test_each_sign_of_a_bad_box_adds_noise(
    *, share_of_sure: float, behind: float, claimed: bool, factor: float
) -> None:
    found = noise_factors(np.array([share_of_sure]), np.array([behind]), np.array([claimed]))
    assert found == pytest.approx([factor])


@given(arrays(float, 5, elements=st.floats(0, 4)), arrays(float, 5, elements=shares), arrays(bool, 5))
def test_no_box_is_believed_more_than_a_good_one(
    scores: np.ndarray, behind: np.ndarray, claimed: np.ndarray
) -> None:
    assert (noise_factors(scores, behind, claimed) >= 1.0).all()


@pytest.mark.parametrize(
    ("other", "share"),
    [
        pytest.param([0.0, 0.0, 40.0, 100.0], 0.0, id="itself"),
        pytest.param([0.0, 50.0, 40.0, 150.0], 0.5, id="nearer, over the lower half"),
        pytest.param([0.0, -50.0, 40.0, 50.0], 0.0, id="farther away hides nobody"),
        pytest.param([20.0, 0.0, 60.0, 101.0], 0.5, id="nearer, over the right half"),
        pytest.param([200.0, 0.0, 240.0, 150.0], 0.0, id="nearer, elsewhere"),
    ],
)
def test_who_stands_nearer_hides(other: list[float], share: float) -> None:
    box = np.array([[0.0, 0.0, 40.0, 100.0]])
    assert behind_shares(box, np.array([other])) == pytest.approx([share])


def test_nobody_is_hidden_by_nobody() -> None:
    assert behind_shares(np.ones((2, 4)), np.zeros((0, 4))).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("other_cost", "claimed"),
    [
        pytest.param(0.5, True, id="nearly as cheap"),
        pytest.param(1.5, False, id="much dearer"),
        pytest.param(np.inf, False, id="refused"),
    ],
)
def test_a_claim_is_one_that_costs_little_more(*, other_cost: float, claimed: bool) -> None:
    costs = np.array([[0.3, np.inf], [other_cost, 0.2]])
    assert claims(costs, np.array([0, 1]), np.array([0, 1])).tolist() == [claimed, False]


@pytest.mark.parametrize(
    ("measured", "behind", "foot_y"),
    [
        pytest.param([100.0, 250.0, 40.0, 50.0], 0.5, 300.0, id="lower half hidden: stands where expected"),
        pytest.param([100.0, 256.0, 40.0, 50.0], 0.5, 306.0, id="lower half hidden, has come nearer"),
        pytest.param([100.0, 250.0, 40.0, 50.0], 0.0, 250.0, id="short, with nobody in front: as it is"),
        pytest.param([100.0, 295.0, 40.0, 95.0], 0.5, 295.0, id="nearly whole: as it is"),
        pytest.param([100.0, 300.0, 40.0, 50.0], 0.5, 300.0, id="the upper half is what is hidden: as it is"),
    ],
)
def test_hidden_feet_are_given_back(measured: list[float], behind: float, foot_y: float) -> None:
    whole = with_feet(np.array([measured]), WALKER, np.array([behind]))
    assert whole[0, 1] == pytest.approx(foot_y)


@given(
    arrays(float, (3, 4), elements=st.floats(1, 500)),
    arrays(float, (3, 4), elements=st.floats(1, 500)),
    arrays(float, 3, elements=shares),
)
def test_giving_back_feet_moves_no_head(measured: np.ndarray, expected: np.ndarray, behind: np.ndarray) -> None:
    whole = with_feet(measured, expected, behind)
    assert whole[:, 1] - whole[:, 3] == pytest.approx(measured[:, 1] - measured[:, 3])
    assert (whole[:, 3] >= measured[:, 3]).all()
