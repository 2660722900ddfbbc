"""The tracker: one identity for each object, kept over gaps, given to nothing else."""

from collections.abc import Sequence

import numpy as np
import pytest

from cityedge.classes import CLASSES
from edge.track.tracker import Tracker
from edge.types import TrackedObject, foot_of
from models.types import Detections

Seen = tuple[float, float, float, float, float, str]
"""Foot x, foot y, height, score, likeness (an angle), class."""


def person(x: float, y: float = 300.0, *, score: float = 0.8, looks: float = 0.0, height: float = 100.0) -> Seen:
    return (x, y, height, score, looks, "person")


def feed(tracker: Tracker, seen: Sequence[Seen], time_s: float) -> list[TrackedObject]:
    boxes = [(x - 0.2 * h, y - h, x + 0.2 * h, y) for x, y, h, *_ in seen]
    detections = Detections(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array([s[3] for s in seen], np.float32),
        np.array([CLASSES.index(s[5]) for s in seen], np.int32),
    )
    looks = np.array([(np.cos(s[4]), np.sin(s[4])) for s in seen]).reshape(-1, 2)
    return tracker.update(detections, looks, time_s)


def ids(objects: Sequence[TrackedObject]) -> list[int]:
    return [item.track_id for item in objects if item.observed]


@pytest.mark.parametrize("fps", [2, 3, 5, 7, 15])
def test_a_walker_keeps_one_identity_at_any_rate(fps: int) -> None:
    tracker = Tracker()
    seen = {i for k in range(10 * fps) for i in ids(feed(tracker, [person(50 + 60 * k / fps)], k / fps))}
    assert seen == {1}


@pytest.mark.parametrize("fps", [3, 7, 15])
def test_a_motorcycle_at_speed_keeps_one_identity(fps: int) -> None:
    tracker = Tracker()
    seen = set()
    for k in range(3 * fps):
        bike = (30 + 300 * k / fps, 300.0, 100.0, 0.7, 0.0, "motorcycle")
        seen |= set(ids(feed(tracker, [bike], k / fps)))
    assert len(seen) == 1


def test_two_who_pass_each_other_keep_their_identities() -> None:
    tracker = Tracker()
    last: dict[int, float] = {}
    for k in range(70):
        right, left = 50 + 8.0 * k, 600 - 8.0 * k
        both = [person(right, 300, looks=0.0), person(left, 304, looks=1.0)]
        if abs(right - left) < 40:
            both = both[1:]  # the one behind is hidden
        last |= {item.track_id: item.foot_px[0] for item in feed(tracker, both, k / 7)}
    assert set(last) == {1, 2}
    assert last[1] > 500
    assert last[2] < 150


def test_somebody_hidden_for_two_seconds_comes_back_as_the_same() -> None:
    tracker = Tracker()
    for k in range(14):
        feed(tracker, [person(100 + 10 * k)], k / 7)
    for k in range(14, 28):
        feed(tracker, [], k / 7)
    after = {i for k in range(28, 40) for i in ids(feed(tracker, [person(100 + 10 * k)], k / 7))}
    assert after == {1}


def test_somebody_else_at_the_same_place_later_is_somebody_else() -> None:
    tracker = Tracker()
    for k in range(14):
        feed(tracker, [person(100 + 10 * k, looks=0.0)], k / 7)
    for k in range(14, 49):
        feed(tracker, [], k / 7)
    after = {i for k in range(49, 60) for i in ids(feed(tracker, [person(250 - k, looks=1.2)], k / 7))}
    assert 1 not in after
    assert len(after) == 1


def test_one_frame_of_something_is_nothing() -> None:
    tracker = Tracker()
    assert feed(tracker, [person(100)], 0.0) == []
    assert all(feed(tracker, [], k / 7) == [] for k in range(1, 20))


def test_unsure_detections_begin_nothing() -> None:
    tracker = Tracker()
    assert all(feed(tracker, [person(100 + 5 * k, score=0.3)], k / 7) == [] for k in range(30))


def test_unsure_detections_carry_a_track_for_a_moment_only() -> None:
    tracker = Tracker()
    for k in range(10):
        feed(tracker, [person(100 + 5 * k)], k / 7)
    carried = [bool(ids(feed(tracker, [person(100 + 5 * k, score=0.2)], k / 7))) for k in range(10, 30)]
    assert carried[:5] == [True] * 5
    assert not any(carried[7:])


def test_a_post_that_resembles_a_person_now_and_then_never_settles() -> None:
    tracker = Tracker()
    scores = [0.45, 0.3, 0.25, 0.42, 0.2, 0.28, 0.41]
    seen = [item for k in range(200) for item in feed(tracker, [person(100, score=scores[k % 7])], k / 7)]
    assert not any(item.settled for item in seen)


def test_somebody_who_stands_and_is_seen_well_settles_within_seconds() -> None:
    tracker = Tracker()
    settled = [any(i.settled for i in feed(tracker, [person(100, score=0.7)], k / 7)) for k in range(40)]
    assert 0 < settled.index(True) / 7 <= 3


def test_a_second_box_on_somebody_is_not_a_second_person() -> None:
    tracker = Tracker()
    for k in range(20):
        objects = feed(tracker, [person(100 + 5 * k), person(103 + 5 * k, 290, height=80, score=0.5)], k / 7)
    assert len(objects) == 1


def test_the_class_is_voted_over_the_track() -> None:
    tracker = Tracker()
    for k in range(20):
        name = "truck" if k % 4 == 0 else "car"
        objects = feed(tracker, [(100 + 10.0 * k, 300.0, 80.0, 0.6, 0.0, name)], k / 7)
    assert [item.name for item in objects] == ["car"]
    assert ids(objects) == [1]


def test_a_person_never_becomes_a_car() -> None:
    tracker = Tracker()
    for k in range(10):
        feed(tracker, [person(100 + 5 * k)], k / 7)
    objects = feed(tracker, [(150, 300.0, 100.0, 0.8, 0.0, "car")], 10 / 7)
    assert [item.observed for item in objects] == [False]


def test_an_object_not_seen_is_reported_for_a_moment_and_says_so() -> None:
    tracker = Tracker()
    for k in range(10):
        feed(tracker, [person(100 + 5 * k)], k / 7)
    reported = [feed(tracker, [], k / 7) for k in range(10, 20)]
    assert [len(objects) for objects in reported] == [1, 1] + [0] * 8
    assert not reported[0][0].observed


def test_identities_are_not_used_again_after_a_reset() -> None:
    tracker = Tracker()
    for k in range(5):
        feed(tracker, [person(100)], k / 7)
    tracker.reset()
    seen = {i for k in range(5) for i in ids(feed(tracker, [person(100)], k / 7))}
    assert seen == {2}


def test_two_trackers_never_meet() -> None:
    first, second = Tracker(), Tracker()
    for k in range(5):
        feed(first, [person(100), person(300)], k / 7)
        objects = feed(second, [person(200)], k / 7)
    assert ids(objects) == [1]


def test_time_that_does_not_go_on_is_refused() -> None:
    tracker = Tracker()
    feed(tracker, [], 1.0)
    with pytest.raises(ValueError, match="not later"):
        feed(tracker, [], 1.0)


def test_what_passes_between_two_sights_is_told_of_with_where_it_came_from() -> None:
    tracker = Tracker()
    bikes: list[Seen] = [
        (50.0, 300.0, 100.0, 0.7, 0.0, "motorcycle"),
        (350.0, 300.0, 100.0, 0.7, 0.0, "motorcycle"),
    ]
    assert feed(tracker, bikes[:1], 0.0) == []
    (told,) = feed(tracker, bikes[1:], 0.5)
    (first,) = told.earlier
    assert foot_of(first.box_px) == pytest.approx((50.0, 300.0))
    assert first.time_s == 0.0


def test_where_it_came_from_is_told_once() -> None:
    tracker = Tracker()
    told = [item.earlier for k in range(10) for item in feed(tracker, [person(100 + 10 * k)], k / 7)]
    assert [foot_of(sight.box_px)[0] for sight in told[0]] == pytest.approx([100.0, 110.0])
    assert not any(told[1:])


def test_who_stops_behind_a_bus_waits_there_to_be_seen_again() -> None:
    tracker = Tracker()
    bus: Seen = (300.0, 420.0, 260.0, 0.9, 2.0, "bus")
    for k in range(20):
        feed(tracker, [bus, person(170 + 5 * k)], k / 7)
    for k in range(20, 56):
        feed(tracker, [bus], k / 7)
    after = [item for k in range(56, 62) for item in feed(tracker, [bus, person(270 + 2 * k)], k / 7)]
    assert {item.track_id for item in after if item.name == "person"} == {2}


def test_who_is_gone_with_nothing_to_hide_them_is_forgotten_sooner() -> None:
    tracker = Tracker()
    for k in range(20):
        feed(tracker, [person(170 + 5 * k)], k / 7)
    for k in range(20, 56):
        feed(tracker, [], k / 7)
    after = [item for k in range(56, 62) for item in feed(tracker, [person(270)], k / 7)]
    assert {item.track_id for item in after} == {2}


def test_somebody_cut_short_by_who_walks_before_them_stands_where_they_stood() -> None:
    tracker = Tracker()
    feet = []
    for k in range(21):
        passer = person(40 + 20 * k, 340.0, looks=1.0)
        hidden = abs(40 + 20 * k - 250) < 25
        standing = person(250, 260.0, height=60) if hidden else person(250)  # the lower two fifths are covered
        seen = feed(tracker, [standing, passer], k / 7)
        feet += [item.foot_px[1] for item in seen if item.track_id == 1]
    assert min(feet) > 285


@pytest.mark.parametrize("fps", [2, 5, 10])
def test_stop_and_go_is_one_object(fps: int) -> None:
    tracker = Tracker()
    x, seen = 50.0, set()
    for k in range(20 * fps):
        x += (120.0 if (k // (2 * fps)) % 2 == 0 else 0.0) / fps
        seen |= set(ids(feed(tracker, [(x, 300.0, 80.0, 0.7, 0.0, "car")], k / fps)))
    assert seen == {1}


def test_only_unsure_detections_where_somebody_is_expected_are_worth_a_look() -> None:
    tracker = Tracker()
    for k in range(5):
        feed(tracker, [person(100 + 5 * k)], k / 7)
    boxes = np.array([[105, 200, 145, 300], [400, 200, 440, 300], [600, 200, 640, 300]], np.float32)
    scores, labels = np.array([0.2, 0.2, 0.6], np.float32), np.zeros(3, np.int32)
    worth = tracker.usable(Detections(boxes, scores, labels))
    assert worth.boxes_px[:, 0].tolist() == [105.0, 600.0]


def test_a_vehicle_that_is_seen_as_two_kinds_at_once_is_one() -> None:
    tracker = Tracker()
    seen = set()
    for k in range(12):
        x = 50 + 15.0 * k
        bike: Seen = (x, 300.0, 100.0, 0.7, 0.0, "motorcycle")
        too: Seen = (x + 2, 300.0, 96.0, 0.6, 0.0, "car")
        seen |= set(ids(feed(tracker, [bike, too] if k > 3 else [bike], k / 7)))
    assert len(seen) == 1


def test_who_was_seen_for_a_moment_is_not_known_again_after_seconds() -> None:
    tracker = Tracker()
    for k in range(3):
        feed(tracker, [person(100 + 60 * k)], k / 10)
    for k in range(3, 25):
        feed(tracker, [], k / 10)
    assert 1 not in {i for k in range(25, 32) for i in ids(feed(tracker, [person(600 + 10 * k)], k / 10))}
