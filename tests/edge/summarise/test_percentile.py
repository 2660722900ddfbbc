"""Percentiles by linear interpolation."""

import pytest

from edge.summarise.percentile import percentile


@pytest.mark.parametrize(
    ("ordered", "share", "value"),
    [
        pytest.param([7.0], 0.85, 7.0, id="one value is all percentiles"),
        pytest.param([10.0, 20.0], 0.85, 18.5, id="between two"),
        pytest.param([10.0, 20.0, 40.0], 0.5, 20.0, id="the middle one"),
        pytest.param([10.0, 20.0, 40.0], 0.9, 36.0, id="near the highest"),
        pytest.param([10.0, 20.0, 40.0], 1.0, 40.0, id="the highest"),
        pytest.param([10.0, 20.0, 40.0], 0.0, 10.0, id="the lowest"),
    ],
)
def test_a_percentile_is_interpolated(ordered: list[float], share: float, value: float) -> None:
    assert percentile(ordered, share) == pytest.approx(value)
