"""Lamps of vehicles."""

import numpy as np
import pytest

from simulators.street.conditions import Conditions, Hour
from tests.simulators.street.shows import CAR_S, car, renderer


def added(conditions: Conditions, *, ahead_px: tuple[int, int], down_px: tuple[int, int] = (-3, 4)) -> float:
    """How much brighter the road ahead of a car is than without it."""
    shown = renderer(conditions)
    with_car, without = (shown.frame(who, CAR_S, index=0).astype(int) for who in ([car()], []))
    (seen,) = shown.appearances([car()], CAR_S)
    front = int(seen.box_px.right)
    rows = slice(seen.y_px + down_px[0], seen.y_px + down_px[1])
    columns = slice(front + ahead_px[0], front + ahead_px[1])
    return float(np.mean(with_car[rows, columns] - without[rows, columns]))


@pytest.mark.parametrize("light", ["dusk", "night"])
def test_bright_lamps_throw_a_cone_far_ahead(light: Hour) -> None:
    dim, bright = (added(Conditions(light=light, headlights=on), ahead_px=(40, 80)) for on in (False, True))
    assert bright > dim + 4


def test_by_day_no_lamp_lights_the_road() -> None:
    assert abs(added(Conditions(headlights=True), ahead_px=(40, 80))) < 1


def test_bright_lamps_glow_by_day_too() -> None:
    dark, bright = (added(Conditions(headlights=on), ahead_px=(-4, 3), down_px=(-16, -8)) for on in (False, True))
    assert bright > dark + 10


def test_a_wet_road_draws_the_lamps_long() -> None:
    dry, wet = (
        added(Conditions(light="night", headlights=True, rain=amount), ahead_px=(-4, 3), down_px=(14, 22))
        for amount in (0.0, 1.0)
    )
    assert wet > dry + 4
