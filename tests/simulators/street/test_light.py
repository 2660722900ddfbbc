"""How the sky lights the street."""

import pytest

from simulators.street.conditions import Conditions, Sun
from simulators.street.light import light_of


def test_a_dry_cloudy_day_takes_no_light_away() -> None:
    light = light_of(Conditions())
    assert not light.dims
    assert light.darkness == 0


def test_a_low_sun_is_warmer_than_a_high_one() -> None:
    blue_low, _, red_low = light_of(Conditions(sun=Sun(5, 0))).ambient
    blue_high, _, red_high = light_of(Conditions(sun=Sun(60, 0))).ambient
    assert blue_low / red_low < 0.9 < blue_high / red_high


def test_clouds_of_rain_darken_the_day() -> None:
    assert max(light_of(Conditions(rain=0.5)).ambient) < 1


def test_lamps_show_on_the_road_the_more_the_later_it_is() -> None:
    day, dusk, night = (light_of(Conditions(light=hour)).darkness for hour in ("day", "dusk", "night"))
    assert day < dusk < night == 1


@pytest.mark.parametrize("factor", [0.0, 0.5, 4.0])
def test_the_sensor_is_as_noisy_as_was_asked_for(factor: float) -> None:
    usual = light_of(Conditions()).noise
    assert light_of(Conditions(noise=factor)).noise == pytest.approx(factor * usual)
