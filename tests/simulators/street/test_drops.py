"""Drops of rain on the lens."""

from simulators.street.drops import drops_at


def test_a_dry_lens_has_no_drops() -> None:
    assert not list(drops_at(0.0, 3.0, seed=1))


def test_the_harder_it_rains_the_more_drops_there_are() -> None:
    few, many = (len(list(drops_at(amount, 3.0, seed=1))) for amount in (0.2, 1.0))
    assert 0 < few < many


def test_drops_stay_for_seconds_and_not_for_ever() -> None:
    now, soon, later = (set(drops_at(1.0, time_s, seed=1)) for time_s in (10.0, 10.1, 40.0))
    assert len(now & soon) >= len(now) - 2
    assert not now & later
