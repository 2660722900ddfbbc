"""One camera's flow, from detections to windows, without a detector or a camera."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from cityedge.classes import CLASSES
from cityedge.messages import CountMessage
from edge.pipeline import CameraPipeline, Step
from edge.settings import (
    CalibrationSettings,
    CameraSettings,
    CrowdingAlarm,
    HeatSettings,
    LineSettings,
    SeeSettings,
    SourceSettings,
    WrongWayAlarm,
    ZoneSettings,
)
from tests.edge import scripted
from tests.edge.scripted import NOON, STREET, Thing, frame, run, seen

CAMERA = CameraSettings(
    name="cam",
    source=SourceSettings(url="none"),
    classes=("person", "motorcycle"),
    lines=(LineSettings(name="mid", points=((0.5, 0.0), (0.5, 1.0))),),
    zones=(ZoneSettings(name="all", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))),),
)
PICTURE = STREET.picture()


def pipeline() -> CameraPipeline:
    return scripted.pipeline(CAMERA)


def rest(flow: CameraPipeline) -> CountMessage:
    """What is left when the camera stops: the only window."""
    (message,) = flow.flush().closed
    return message


def walk(
    flow: CameraPipeline, *, from_x: float, to_x: float, seconds: float, name: str = "person", begin_s: float = 0.0
) -> list[Step]:
    steps = []
    count = int(seconds * 10)
    for k in range(count + 1):
        x = from_x + (to_x - from_x) * k / count
        steps.append(flow.step(frame(begin_s + k / 10), seen((name, x, 400.0, 120.0)), PICTURE))
    return steps


def test_somebody_who_walks_over_the_line_is_in_the_summary_once() -> None:
    flow = pipeline()
    walk(flow, from_x=300, to_x=520, seconds=6)
    message = rest(flow)
    counts = {c.class_: (c.in_, c.out) for c in message.crossings}
    assert counts == {"person": (1, 0), "motorcycle": (0, 0)}
    people = message.zones[0]
    assert people.occupancy_peak == 1
    assert people.entries == people.exits == 1


def test_classes_that_are_not_counted_do_not_appear() -> None:
    flow = pipeline()
    steps = walk(flow, from_x=300, to_x=520, seconds=6, name="car")
    assert not any(step.objects for step in steps)
    message = rest(flow)
    assert {c.class_ for c in message.crossings} == {"person", "motorcycle"}


def test_a_rider_is_counted_with_the_motorcycle_only() -> None:
    flow = pipeline()
    for k in range(60):
        x = 200 + 8.0 * k
        flow.step(frame(k / 10), seen(("motorcycle", x, 400, 120), ("person", x, 370, 130)), PICTURE)
    message = rest(flow)
    assert {c.class_: c.in_ for c in message.crossings} == {"person": 0, "motorcycle": 1}
    assert message.zones[0].occupancy_peak == 0


def test_who_leaves_below_the_picture_is_still_in_a_zone_that_reaches_its_edge() -> None:
    flow = pipeline()
    for k in range(30):
        step = flow.step(frame(k / 10), seen(("person", 300 + 2.0 * k, 620.0, 200.0)), PICTURE)
    assert step.outcome.zones["all"].present == {CLASSES.index("person"): 1}


def test_a_camera_that_was_opened_again_begins_anew_and_keeps_its_windows() -> None:
    flow = pipeline()
    walk(flow, from_x=300, to_x=380, seconds=2)
    for k in range(21):
        flow.step(frame(k / 10, unix_s=NOON + 10 + k / 10), seen(("person", 420 + 5.0 * k, 400.0, 120.0)), PICTURE)
    message = rest(flow)
    assert sum(c.in_ + c.out for c in message.crossings) == 0
    assert message.frames == 42
    assert message.zones[0].exits == 2


def test_when_pictures_change_their_size_nobody_is_where_they_were_in_pixels() -> None:
    flow = pipeline()
    walk(flow, from_x=300, to_x=310, seconds=3)
    small = replace(frame(3.1), width_px=400, height_px=300)
    assert list(flow.step(small, seen(), PICTURE).objects) == []


def test_a_gap_between_frames_is_not_observed() -> None:
    flow = pipeline()
    flow.step(frame(0.0), seen(), PICTURE)
    flow.step(frame(1.0), seen(), PICTURE)
    flow.step(frame(9.0), seen(), PICTURE)
    flow.step(frame(10.0), seen(), PICTURE)
    message = rest(flow)
    assert message.observed == pytest.approx(0.2)


def test_windows_close_by_the_clock_where_no_frames_come() -> None:
    flow = pipeline()
    flow.tick(NOON)
    closed = flow.tick(NOON + 63)
    assert [(m.observed, m.see) for m in closed] == [(0.0, "offline")]


@pytest.mark.parametrize(
    "by_s",
    [
        pytest.param(200 * 86_400.0, id="half a year on: a box without a clock chip"),
        pytest.param(-7 * 3600.0, id="seven hours back: a box whose chip kept local time"),
    ],
)
def test_a_clock_that_is_set_ends_the_running_window_and_begins_one(by_s: float) -> None:
    flow = pipeline()
    set_at_s = [0.0] * 300 + [by_s] * 200
    frames = [frame(k / 10, unix_s=NOON + k / 10 + jump_s) for k, jump_s in enumerate(set_at_s)]
    closed = [message for item in frames for message in flow.step(item, seen(), PICTURE).closed]
    before, after = (*closed, rest(flow))
    assert (before.start.timestamp(), before.end.timestamp()) == pytest.approx((NOON, NOON + 29.9))
    assert (after.start.timestamp(), after.end.timestamp()) == pytest.approx(
        (NOON + 30 + by_s, NOON + 49.9 + by_s)
    )
    assert (before.frames, after.frames) == (300, 200)


def test_a_frame_from_before_the_clock_was_set_makes_no_two_windows_of_one_time() -> None:
    flow = pipeline()
    times_s = [NOON, NOON + 10, NOON + 9_000, NOON + 11, NOON + 9_001, NOON + 12]
    frames = [frame(float(second), unix_s=unix_s) for second, unix_s in enumerate(times_s)]
    messages = [message for item in frames for message in flow.step(item, seen(), PICTURE).closed]
    messages = sorted([*messages, rest(flow)], key=lambda message: message.start)
    assert [message.frames for message in messages] == [2, 1, 1, 1, 1]
    assert all(before.end <= after.start for before, after in pairwise(messages))


def test_a_recording_that_ended_ahead_of_its_time_is_not_begun_anew() -> None:
    flow = pipeline()
    flow.step(frame(0.0, unix_s=NOON + 7_200), seen(), PICTURE)
    assert flow.tick(NOON) == []
    assert rest(flow).start.timestamp() == NOON + 7_200


def test_no_windows_are_made_of_the_months_that_a_clock_leaps_over() -> None:
    flow = pipeline()
    flow.tick(NOON)
    (message,) = flow.tick(NOON + 200 * 86_400)
    assert (message.late, message.observed) == (True, 0.0)


def test_the_summary_says_what_it_was_made_with() -> None:
    flow = pipeline()
    flow.step(frame(0.0), seen(), PICTURE)
    flow.step(frame(1.0), seen(), PICTURE)
    message = rest(flow)
    assert (message.site, message.gateway, message.camera) == ("site", "gw", "cam")
    assert (message.model, message.config_rev, message.frames) == ("model@1", "rev", 2)


# Every rule, from detections to the message.

HALVES = (
    ZoneSettings(name="left", points=((0.0, 0.0), (0.4, 0.0), (0.4, 1.0), (0.0, 1.0))),
    ZoneSettings(name="right", points=((0.6, 0.0), (1.0, 0.0), (1.0, 1.0), (0.6, 1.0))),
)
WITH_EVERYTHING = CameraSettings(
    name="cam",
    source=SourceSettings(url="none"),
    classes=("person", "motorcycle"),
    lines=CAMERA.lines,
    zones=HALVES,
    flows=("left", "right"),
    # Seen from straight above: 20 pixels are a metre.
    calibration=CalibrationSettings(
        picture=((0, 0), (1, 0), (1, 1), (0, 1)), ground_m=((0, 0), (40, 0), (40, 30), (0, 30))
    ),
    heat=HeatSettings(columns=8, rows=6),
    alarms=(WrongWayAlarm(line="mid", direction="in"), CrowdingAlarm(zone="left", people=2, hold_s=1.0)),
)


def three_minutes() -> tuple[list[Step], list[CountMessage]]:
    """A motorcycle the wrong way in the first, two people who wait in the second, nobody in the third."""
    flow = scripted.pipeline(WITH_EVERYTHING)
    ride: list[list[Thing]] = [[("motorcycle", 100 + 12.0 * k, 400, 80)] for k in range(50)]
    wait: list[list[Thing]] = [
        [("person", 80 + k % 2, 450, 90), ("person", 200, 450 + k % 2, 90)] for k in range(300)
    ]
    steps = run(flow, [[] for _ in range(10)] + ride + [[] for _ in range(640)])
    steps += run(flow, wait, begin_s=70.0)
    steps += run(flow, [[] for _ in range(800)], begin_s=100.0)
    ending = flow.flush()
    return [*steps, ending], [message for step in [*steps, ending] for message in step.closed]


def test_every_rule_reaches_the_message() -> None:
    steps, (first, second, third) = three_minutes()

    riders = {c.class_: (c.in_, c.out) for c in first.crossings}
    assert riders == {"person": (0, 0), "motorcycle": (1, 0)}
    assert [(f.from_, f.to, f.class_, f.count) for f in first.flows] == [("left", "right", "motorcycle", 1)]
    (ride,) = first.speeds
    assert (ride.line, ride.class_, ride.count) == ("mid", "motorcycle", 1)
    assert ride.mean_mps == pytest.approx(6.0, rel=0.05)
    waiting = next(use for use in second.zones if (use.zone, use.class_) == ("left", "person"))
    assert (waiting.occupancy_peak, waiting.queue_peak, waiting.exits) == (2, 2, 2)
    assert waiting.dwell_p50_s == pytest.approx(30.0, abs=2.0)
    assert waiting.density_peak_per_m2 == pytest.approx(2 / (16 * 30), abs=1e-4)
    assert second.heat is not None
    assert sum(c.present_s for c in second.heat.cells if c.class_ == "person") == pytest.approx(60.0, abs=3.0)
    assert third.heat is not None
    assert not third.heat.cells
    assert not third.speeds
    assert [(a.rule, a.place, a.state) for step in steps for a in step.outcome.alarms] == [
        ("wrong_way", "mid", "happened"),
        ("crowding", "left", "raised"),
        ("crowding", "left", "cleared"),
    ]


def test_an_alarm_ends_when_the_camera_is_opened_again() -> None:
    flow = scripted.pipeline(WITH_EVERYTHING)
    crowd: list[Thing] = [("person", 80, 450, 90), ("person", 200, 450, 90)]
    run(flow, [crowd] * 60)
    (again,) = run(flow, [crowd])
    assert [(a.rule, a.state, a.time_s) for a in again.outcome.alarms] == [("crowding", "cleared", 0.0)]


def test_while_the_camera_is_covered_nothing_is_observed_and_its_return_is() -> None:
    flow = scripted.pipeline(CAMERA)
    hand = np.full((240, 320, 3), 90, np.uint8)
    run(flow, [[]] * 200)
    for index in range(200, 400):
        step = flow.step(frame(index / 10), seen(), hand)
    assert step.sight.state == "covered"
    run(flow, [[]] * 190, begin_s=40.0)
    message = rest(flow)
    assert message.see == "covered"
    assert message.impaired == pytest.approx(20 / 59, abs=0.03)
    assert message.observed == pytest.approx(39 / 59, abs=0.03)


def test_what_is_not_to_be_judged_is_not() -> None:
    ignoring = CameraSettings(name="cam", source=SourceSettings(url="none"), see=SeeSettings(ignore=("dark",)))
    flow = scripted.pipeline(ignoring)
    night = np.zeros((240, 320, 3), np.uint8)
    for index in range(200):
        step = flow.step(frame(index / 10), seen(), night)
    assert step.sight.state != "dark"
