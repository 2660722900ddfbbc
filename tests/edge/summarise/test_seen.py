"""Seconds by state: blind time is not observed, and what is believed late is moved, never made."""

from edge.summarise.seen import Seen


def test_blind_time_is_not_observed_and_bad_sight_is() -> None:
    seen = Seen()
    seen.add("ok", 10.0)
    seen.add("dark", 4.0)
    seen.add("moved", 3.0)
    seen.add("covered", 2.0)
    seen.add("frozen", 1.0)
    assert (seen.total_s, seen.observed_s) == (20.0, 17.0)


def test_no_more_is_moved_than_there_is() -> None:
    seen = Seen()
    seen.add("ok", 3.0)
    seen.relabel("ok", "covered", seconds=5.0)
    assert seen.seconds == {"covered": 3.0}


def test_nothing_is_moved_backwards() -> None:
    seen = Seen()
    seen.add("ok", 3.0)
    seen.relabel("ok", "covered", seconds=-1.0)
    seen.relabel("dark", "covered", seconds=1.0)
    assert seen.seconds == {"ok": 3.0}
