"""Totals: sums of sums, and means weighted by what was observed."""

from typing import Any

import msgspec
import pytest

from cityedge.clock import from_unix_s
from cityedge.messages import CountMessage, Crossing, Flow, Heat, HeatCell, ZoneUse
from edge.summarise.totals import Totals
from edge.types import Sight, SpeedReading, ZoneEvent


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
            ZoneUse(
                zone="all",
                class_="person",
                occupancy_mean=mean,
                occupancy_peak=peak,
                entries=2,
                exits=1,
                queue_peak=peak - 1,
                density_mean_per_m2=mean / 10,
                density_peak_per_m2=peak / 10,
            ),
        ),
        flows=(Flow(from_="a", to="b", class_="person", count=inward),),
        heat=Heat(columns=4, rows=3, cells=(HeatCell(1, 2, "person", mean),)),
    )


def figures_of(totals: Totals, key: str) -> dict[str, Any]:
    answer = totals.as_json()[key]
    assert isinstance(answer, dict)
    return answer


def test_windows_are_added_up() -> None:
    totals = Totals()
    totals.add(window(observed=1.0, mean=2.0, peak=3, inward=4))
    totals.add(window(observed=0.5, mean=5.0, peak=7, inward=5))
    assert totals.lines == {"mid": {"person": {"in": 9, "out": 2}}}
    figures = figures_of(totals, "zones")["all"]["person"]
    assert figures["occupancy_mean"] == pytest.approx(3.0)
    assert (figures["occupancy_peak"], figures["entries"], figures["exits"]) == (7, 4, 2)
    assert (figures["queue_peak"], figures["density_mean_per_m2"], figures["density_peak_per_m2"]) == (6, 0.3, 0.7)
    assert totals.flows == {"a": {"b": {"person": 9}}}
    assert figures_of(totals, "heat") == {"columns": 4, "rows": 3, "cells": [[1, 2, "person", 7.0]]}
    assert totals.observed_s == 90.0


def test_percentiles_are_those_of_the_whole_not_of_its_windows() -> None:
    totals = Totals()
    totals.add(window(observed=1.0, mean=2.0, peak=3, inward=4))
    for dwell_s in (10.0, 20.0, 40.0):
        totals.visit("all", ZoneEvent(1, 0, 0.0, dwell_s))
    totals.visit("all", ZoneEvent(1, 0, 0.0))
    for mps in (10.0, 20.0):
        totals.speed(SpeedReading("mid", 0, mps, 0.0))
    people = figures_of(totals, "zones")["all"]["person"]
    assert (people["dwell_p50_s"], people["dwell_p90_s"], people["dwell_max_s"]) == (20.0, 36.0, 40.0)
    assert figures_of(totals, "speeds") == {"mid": {"person": {"mean_mps": 15.0, "p85_mps": 18.5, "count": 2}}}


def test_what_nothing_is_known_of_is_left_out() -> None:
    totals = Totals()
    bare = ZoneUse(zone="all", class_="car", occupancy_mean=0.0, occupancy_peak=0, entries=0, exits=0)
    message = window(observed=1.0, mean=2.0, peak=3, inward=4)
    totals.add(msgspec.structs.replace(message, zones=(bare,), heat=None))
    assert set(figures_of(totals, "zones")["all"]["car"]) == {
        *("occupancy_mean", "occupancy_peak", "entries", "exits", "queue_peak"),
    }
    assert "heat" not in totals.as_json()


def test_seconds_are_told_by_how_well_the_camera_saw_from_when_it_began() -> None:
    totals = Totals()
    totals.see(Sight("ok", 0.0), dt_s=0.0, time_s=0.0)
    for second in range(1, 11):
        totals.see(Sight("ok", 0.0), dt_s=1.0, time_s=float(second))
    totals.see(Sight("covered", 8.0, "nothing but one colour"), dt_s=1.0, time_s=11.0)
    assert figures_of(totals, "see") == {"ok": 8.0, "covered": 3.0}


def test_an_unwatched_window_changes_nothing() -> None:
    totals = Totals()
    totals.add(window(observed=1.0, mean=2.0, peak=3, inward=4))
    before = totals.as_json()
    totals.add(
        msgspec.structs.replace(
            window(observed=0.5, mean=0.0, peak=0, inward=0),
            observed=0.0,
            crossings=(),
            zones=(),
            flows=(),
            heat=None,
        )
    )
    assert totals.as_json() == before
