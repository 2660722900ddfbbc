import pytest

from edge.summarise.spread import DwellSpread, SpeedSpread, dwell_spread, speed_spread


@pytest.mark.parametrize(
    ("dwells_s", "spread"),
    [
        pytest.param([], DwellSpread(None, None, None), id="nobody left"),
        pytest.param([4.0], DwellSpread(4.0, 4.0, 4.0), id="one visit"),
        pytest.param([30.0, 10.0, 20.0], DwellSpread(20.0, 28.0, 30.0), id="in any order"),
        pytest.param([1.005, 2.3333], DwellSpread(1.67, 2.2, 2.33), id="rounded to a hundredth"),
    ],
)
def test_the_spread_of_dwell_times(dwells_s: list[float], spread: DwellSpread) -> None:
    assert dwell_spread(dwells_s) == spread


def test_the_spread_of_speeds_says_of_how_many_it_is() -> None:
    assert speed_spread([20.0, 10.0]) == SpeedSpread(15.0, 18.5, 2)
