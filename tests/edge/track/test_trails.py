from dataclasses import replace
from typing import Any

import pytest

from cityedge.classes import CLASSES
from edge.track.trails import TrailRow, Trails
from edge.types import EarlierSight, TrackedObject

PERSON, BICYCLE, CAR = (CLASSES.index(name) for name in ("person", "bicycle", "car"))


def walker(x: float, **changes: Any) -> TrackedObject:
    item = TrackedObject(7, PERSON, (x, 100.0, x + 20, 160.0), 0.8, observed=True)
    return replace(item, **changes)


def rows_of(*frames: TrackedObject) -> list[TrailRow]:
    trails = Trails()
    for index, item in enumerate(frames):
        trails.add(index, index / 10, [item])
    return trails.rows()


def frames_of(*frames: TrackedObject) -> list[int]:
    return [row.frame for row in rows_of(*frames)]


def test_a_trail_begins_with_the_first_sight_not_with_the_belief_in_it() -> None:
    trails = Trails()
    trails.add(0, 0.0, [])
    trails.add(1, 0.1, [])
    trails.add(2, 0.2, [walker(40, earlier=(EarlierSight(0.1, (20, 100, 40, 160), 0.7),))])

    assert [(row.frame, row.box_px[0], row.score) for row in trails.rows()] == [(1, 20, 0.7), (2, 40, 0.8)]


@pytest.mark.parametrize(
    ("frames", "told"),
    [
        pytest.param([walker(0, settled=False), walker(9)], [0, 1], id="a person that is believed in later"),
        pytest.param([walker(0, settled=False)] * 3, [], id="a post that resembles a person"),
        pytest.param([walker(0), walker(9, observed=False), walker(20)], [0, 2], id="sights alone"),
        pytest.param([walker(0, label=CAR, moved=False), walker(9, label=CAR)], [0, 1], id="a car that sets off"),
        pytest.param([walker(0, label=CAR, moved=False)] * 3, [], id="a car that is parked"),
        pytest.param([walker(0), *[walker(9, rider=True)] * 3], [], id="a rider who was taken for a walker"),
        pytest.param([*[walker(0)] * 3, walker(9, rider=True)], [0, 1, 2], id="somebody who gets on a bicycle"),
    ],
)
def test_only_what_turns_out_to_be_an_object_is_told_of(frames: list[TrackedObject], told: list[int]) -> None:
    assert frames_of(*frames) == told


def test_the_class_is_that_of_the_whole_track() -> None:
    rows = rows_of(walker(0, label=BICYCLE), walker(9, label=CAR), walker(18, label=CAR))

    assert {row.label for row in rows} == {CAR}


def test_rows_come_in_order_of_frames_and_tracks() -> None:
    trails = Trails()
    for index in range(3):
        trails.add(index, index / 10, [walker(0, track_id=9), walker(50, track_id=2)])

    assert [(row.frame, row.track_id) for row in trails.rows()] == [(f, t) for f in range(3) for t in (2, 9)]
