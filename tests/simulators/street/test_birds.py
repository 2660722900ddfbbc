"""Birds."""

import numpy as np
import pytest

from simulators.street.birds import birds_at
from simulators.street.conditions import Conditions
from tests.simulators.street.shows import changed, renderer


def test_about_as_many_come_as_were_asked_for() -> None:
    seen = {bird for tick in range(6000) for bird in birds_at(12, tick / 10, seed=1)}
    assert len(seen) == pytest.approx(120, abs=35)


def test_where_none_were_asked_for_none_come() -> None:
    assert not [bird for tick in range(600) for bird in birds_at(0, tick / 10, seed=1)]


def test_a_bird_flies_from_one_side_to_the_other() -> None:
    bird = next(bird for tick in range(600) for bird in birds_at(6, tick / 10, seed=1))
    plain, flown = renderer(Conditions(noise=0)), renderer(Conditions(noise=0, birds_per_minute=6))
    middles = []
    for share in (0.2, 0.5, 0.8):
        time_s = bird.start_s + share * (bird.end_s - bird.start_s)
        if len(list(birds_at(6, time_s, seed=1))) == 1:
            mask = changed(plain.frame([], time_s, index=0), flown.frame([], time_s, index=0), by=15)
            middles.append(float(np.nonzero(mask)[1].mean()))
    assert len(middles) >= 2
    assert middles == sorted(middles, reverse=not bird.rightwards)
