"""Flags."""

import numpy as np

from simulators.street.conditions import Conditions
from tests.simulators.street.shows import changed, renderer


def test_flags_wave_in_their_places() -> None:
    shown, plain = (renderer(Conditions(flags=count, noise=0)) for count in (4, 0))
    empty = plain.frame([], 0.0, index=0)
    masks = [changed(shown.frame([], time_s, index=0), empty, by=10) for time_s in (0.0, 0.3)]
    assert changed(*(shown.frame([], time_s, index=0) for time_s in (0.0, 0.3)), by=20).sum() > 50
    assert (masks[0] & masks[1]).sum() > 0.6 * masks[0].sum()


def test_more_flags_cover_more() -> None:
    empty = renderer(Conditions(noise=0)).frame([], 0.0, index=0)
    two, eight = (
        int(np.sum(changed(renderer(Conditions(flags=n, noise=0)).frame([], 0.0, index=0), empty, by=10)))
        for n in (2, 8)
    )
    assert eight > 2 * two


def test_no_flag_stands_where_people_walk() -> None:
    shown, plain = (renderer(Conditions(flags=12, noise=0)).frame([], 0.0, index=0) for _ in range(2))
    assert np.array_equal(shown, plain)
    rows = np.flatnonzero(changed(shown, renderer(Conditions(noise=0)).frame([], 0.0, index=0), by=10).any(1))
    assert rows.max() < 222 / 576 * 288
