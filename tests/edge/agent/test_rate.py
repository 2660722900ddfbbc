"""Frames a second over the last seconds."""

import pytest

from edge.agent.rate import RateMeter


@pytest.mark.parametrize(
    ("fps", "seconds", "asked_at_s", "expected"),
    [
        pytest.param(10, 60, 60.0, 10.0, id="steady"),
        pytest.param(10, 3, 3.0, 10.0, id="just begun"),
        pytest.param(10, 60, 65.0, 5.0, id="silent for half of the span"),
        pytest.param(10, 60, 90.0, 0.0, id="silent for long"),
    ],
)
def test_the_rate_is_that_of_the_last_ten_seconds(
    fps: int, seconds: int, asked_at_s: float, expected: float
) -> None:
    meter = RateMeter()
    for number in range(fps * seconds):
        meter.add((number + 1) / fps)

    assert meter.per_s(asked_at_s) == pytest.approx(expected, abs=0.6)


def test_before_the_first_frame_there_is_no_rate() -> None:
    assert RateMeter().per_s(100.0) == 0.0


def test_one_frame_is_not_a_high_rate() -> None:
    meter = RateMeter()
    meter.add(5.0)

    assert meter.per_s(5.001) == 1.0
