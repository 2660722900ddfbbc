"""Fog."""

from simulators.street.conditions import Conditions
from tests.simulators.street.shows import detail, renderer


def test_fog_takes_more_from_what_is_far_off() -> None:
    clear, foggy = (renderer(Conditions(fog=amount, noise=0)).frame([], 0.0, index=0) for amount in (0.0, 0.5))
    far, near = slice(0, 75), slice(250, 288)
    assert detail(foggy[far]) / detail(clear[far]) < 0.5 * detail(foggy[near]) / detail(clear[near])


def test_in_the_densest_fog_the_houses_are_gone() -> None:
    clear, foggy = (renderer(Conditions(fog=amount, noise=0)).frame([], 0.0, index=0) for amount in (0.0, 1.0))
    assert detail(foggy[:75]) < 0.1 * detail(clear[:75])
