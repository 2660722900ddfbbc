"""What all conditions have in common: they are seen, they repeat, and they leave the truth alone."""

import numpy as np
import pytest

from simulators.street.conditions import (
    Conditions,
    Covered,
    Dark,
    Defocused,
    Frozen,
    Moved,
    Shake,
    Sun,
)
from tests.simulators.street.shows import changed, frame, street

ALL = [
    pytest.param(Conditions(light="dusk"), id="dusk"),
    pytest.param(Conditions(light="night", headlights=True), id="headlights"),
    pytest.param(Conditions(rain=0.6), id="rain"),
    pytest.param(Conditions(fog=0.4), id="fog"),
    pytest.param(Conditions(sun=Sun(12, 45)), id="low sun"),
    pytest.param(Conditions(shake=Shake(5)), id="shake"),
    pytest.param(Conditions(birds_per_minute=200), id="birds"),
    pytest.param(Conditions(flags=4), id="flags"),
    pytest.param(Conditions(noise=4), id="noise"),
    pytest.param(Conditions(faults=(Covered(0, 60),)), id="covered"),
    pytest.param(Conditions(faults=(Dark(0, 60),)), id="dark"),
    pytest.param(Conditions(faults=(Defocused(0, 60),)), id="defocused"),
    pytest.param(Conditions(faults=(Frozen(10, 60),)), id="frozen"),
    pytest.param(Conditions(faults=(Moved(0, 60, x=0.1),)), id="moved"),
]


@pytest.mark.parametrize("conditions", ALL)
def test_every_condition_is_seen_in_the_picture(conditions: Conditions) -> None:
    assert changed(frame(conditions), frame(Conditions()), by=12).mean() > 0.0005


@pytest.mark.parametrize("conditions", ALL)
def test_one_seed_draws_the_same_frame_again_whatever_was_looked_at_before(conditions: Conditions) -> None:
    other = street(conditions)
    for index in range(0, 200, 40):
        other.frame(index)
    assert np.array_equal(frame(conditions), other.frame(200))


@pytest.mark.parametrize("conditions", ALL)
def test_no_condition_changes_what_happens_on_the_ground(conditions: Conditions) -> None:
    plain, other = street(Conditions()), street(conditions)
    for one in (plain, other):
        one.finish(60)
    assert other.truth.line_counts(0, 60) == plain.truth.line_counts(0, 60)


def test_a_fault_that_is_over_leaves_no_trace() -> None:
    gone = (Covered(1, 2), Dark(2, 3), Defocused(3, 4), Frozen(4, 5), Moved(5, 6, zoom=2))
    assert np.array_equal(frame(Conditions(faults=gone)), frame(Conditions()))


def test_a_fault_that_is_still_to_come_is_not_seen() -> None:
    assert np.array_equal(frame(Conditions(faults=(Covered(30, 40),))), frame(Conditions()))
