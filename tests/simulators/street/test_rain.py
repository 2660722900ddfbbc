"""Rain in the air and on the ground."""

import numpy as np

from simulators.street.conditions import Conditions
from tests.simulators.street.shows import frame, renderer, someone


def test_the_harder_it_rains_the_less_contrast_there_is() -> None:
    dry, some, much = (float(frame(Conditions(rain=amount)).std()) for amount in (0.0, 0.4, 1.0))
    assert much < some < dry


def test_streaks_fall_on_from_frame_to_frame() -> None:
    shown = renderer(Conditions(rain=1.0, noise=0.0))
    one, other = (shown.frame([], 0.0, index=index).astype(int) for index in (0, 1))
    assert np.mean(np.abs(one - other).max(2) > 15) > 0.005


def test_the_road_is_darker_when_it_is_wet() -> None:
    road = slice(150, 240)
    dry, wet = (renderer(Conditions(rain=amount)).frame([], 0.0, index=0)[road].mean() for amount in (0.0, 0.8))
    assert wet < 0.85 * dry


def test_a_wet_pavement_mirrors_who_walks_on_it() -> None:
    shown = renderer(Conditions(rain=1.0))
    with_person, without = (shown.frame(who, 5.0, index=0).astype(int) for who in ([someone()], []))
    (seen,) = shown.appearances([someone()], 5.0)
    below = (slice(seen.y_px + 4, seen.y_px + 14), slice(seen.x_px - 6, seen.x_px + 7))
    assert np.abs(with_person[below] - without[below]).mean() > 4
