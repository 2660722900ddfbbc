"""Totals: sums of sums, and means weighted by what was observed."""

import msgspec
import pytest

from cityedge.clock import from_unix_s
from cityedge.messages import CountMessage, Crossing, ZoneUse
from edge.summarise.totals import Totals


def window(*, observed: float, mean: float, peak: int, inward: int) -> CountMessage:
    return CountMessage(
        site="s",
        gateway="g",
        epoch="new",
        seq=1,
        camera="c",
        start=from_unix_s(0),
        end=from_unix_s(60),
        observed=observed,
        frames=10,
        rate_fps=1.0,
        see="ok",
        model="m",
        config_rev="r",
        crossings=(Crossing(line="mid", class_="person", in_=inward, out=1),),
        zones=(
            ZoneUse(zone="all", class_="person", occupancy_mean=mean, occupancy_peak=peak, entries=2, exits=1),
        ),
    )


def test_windows_are_added_up() -> None:
    totals = Totals()
    totals.add(window(observed=1.0, mean=2.0, peak=3, inward=4))
    totals.add(window(observed=0.5, mean=5.0, peak=7, inward=5))
    assert totals.lines == {"mid": {"person": {"in": 9, "out": 2}}}
    figures = totals.zones["all"]["person"]
    assert figures["occupancy_mean"] == pytest.approx(3.0)
    assert (figures["occupancy_peak"], figures["entries"], figures["exits"]) == (7, 4, 2)
    assert totals.observed_s == 90.0


def test_an_unwatched_window_changes_nothing() -> None:
    totals = Totals()
    totals.add(window(observed=1.0, mean=2.0, peak=3, inward=4))
    before = totals.as_json()
    totals.add(
        msgspec.structs.replace(
            window(observed=0.5, mean=0.0, peak=0, inward=0), observed=0.0, crossings=(), zones=()
        )
    )
    assert totals.as_json() == before
