"""Frozen or merely quiet: only time tells, and what the camera usually does says how much of it."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest

from edge.see.planes import Plane
from edge.see.stillness import Stillness
from tests.edge.see.damage import encoded

Still = Callable[[float], Iterator[Plane]]
EVERY_S = 0.25
SHAPE = (240, 320)
STREET = np.random.default_rng(1).integers(40, 200, (24, 32)).repeat(10, 0).repeat(10, 1).astype(np.uint8)
RIPPLE = (np.indices(SHAPE).sum(0) % 2 * 2).astype(np.uint8)


def noisy(seconds: float) -> Iterator[Plane]:
    """A street where nobody moves, seen by a sensor."""
    rng = np.random.default_rng(2)
    for _ in range(int(seconds / EVERY_S)):
        yield (STREET + rng.integers(-3, 4, SHAPE)).astype(np.uint8)


def same(seconds: float) -> Iterator[Plane]:
    """One picture again and again."""
    for _ in range(int(seconds / EVERY_S)):
        yield STREET


def refreshed(seconds: float) -> Iterator[Plane]:
    """One picture that an encoder sends whole, a little differently, every two seconds."""
    for index in range(int(seconds / EVERY_S)):
        yield STREET + (RIPPLE if index // int(2 / EVERY_S) % 2 else np.uint8(0))


def with_a_cat(planes: Iterator[Plane], every_s: float) -> Iterator[Plane]:
    """Something small crosses now and then."""
    for index, plane in enumerate(planes):
        if index % int(every_s / EVERY_S):
            yield plane
        else:
            seen = plane.copy()
            seen[100:120, 100:140] = 255
            yield seen


def frozen_at(stillness: Stillness, planes: Iterator[Plane], *, from_s: float = 0.0) -> tuple[float, float] | None:
    """When it was first called frozen, and since when it was said to be."""
    for index, plane in enumerate(planes):
        time_s = from_s + index * EVERY_S
        since_s = stillness.look(plane, time_s)
        if since_s is not None:
            return time_s, since_s
    return None


def test_a_noisy_camera_where_nobody_moves_lives() -> None:
    assert frozen_at(Stillness(None), noisy(200)) is None


@pytest.mark.parametrize("still", [pytest.param(same, id="the same"), pytest.param(refreshed, id="encoded anew")])
def test_a_camera_that_always_was_noisy_is_frozen_soon(still: Still) -> None:
    stillness = Stillness(None)
    frozen_at(stillness, noisy(60))

    found = frozen_at(stillness, still(30), from_s=60)

    assert found is not None
    assert found == pytest.approx((72, 60), abs=2.5)


@pytest.mark.parametrize(
    ("still", "after_s"),
    [pytest.param(same, 60, id="the same"), pytest.param(refreshed, 120, id="encoded anew")],
)
def test_of_a_camera_that_is_not_known_more_time_is_asked(still: Still, after_s: float) -> None:
    found = frozen_at(Stillness(None), still(200))

    assert found is not None
    assert found == pytest.approx((after_s, 0), abs=2.5)


def test_a_reference_tells_how_noisy_a_camera_is() -> None:
    assert frozen_at(Stillness(0.0), same(30)) == (12.0, 0.0)
    assert frozen_at(Stillness(0.9), same(30)) is None


def test_a_quiet_night_behind_an_encoder_that_smooths_noise_away_is_not_frozen() -> None:
    night = [np.repeat(plane[..., None], 3, axis=2) for plane in noisy(110)]
    film = encoded(night, fps=4, crf="38", g="40", preset="veryfast")
    planes = [picture[..., 1] for picture in film]

    silent = [np.count_nonzero(abs(a.astype(int) - b) > 1) < 38 for a, b in pairwise(planes)]

    assert np.mean(silent) > 0.3
    assert frozen_at(Stillness(0.3), iter(planes)) is None


@pytest.mark.parametrize("every_s", [10, 30, 50])
def test_where_somebody_passes_now_and_then_a_noiseless_camera_lives(every_s: float) -> None:
    assert frozen_at(Stillness(None), with_a_cat(same(300), every_s)) is None


def test_what_is_usual_stays_known_when_the_source_is_opened_again() -> None:
    stillness = Stillness(None)
    frozen_at(stillness, noisy(60))
    stillness.restart()

    assert frozen_at(stillness, same(30)) == (12.0, 0.0)
