"""One camera's flow, from detections to windows, without a detector or a camera."""

import numpy as np
import pytest

from cityedge.classes import CLASSES
from edge.pipeline import CameraPipeline, Step
from edge.settings import CameraSettings, GatewaySettings, LineSettings, SourceSettings, ZoneSettings
from edge.types import Frame
from models.types import Detections

WIDTH, HEIGHT = 800, 600
PICTURE = np.full((300, 400, 3), 100, np.uint8)
NOON = 1_777_896_000.0

CAMERA = CameraSettings(
    name="cam",
    source=SourceSettings(url="none"),
    classes=("person", "motorcycle"),
    lines=(LineSettings(name="mid", points=((0.5, 0.0), (0.5, 1.0))),),
    zones=(ZoneSettings(name="all", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))),),
)
GATEWAY = GatewaySettings(site="site", gateway="gw", cameras=(CAMERA,))


def pipeline() -> CameraPipeline:
    return CameraPipeline(CAMERA, GATEWAY, model="model@1", sure_scores=(0.4, *([0.32] * 5)), config_rev="rev")


def frame(time_s: float, *, unix_s: float | None = None) -> Frame:
    at = NOON + time_s if unix_s is None else unix_s
    return Frame(0, time_s, at, WIDTH, HEIGHT, lambda _w, _h: PICTURE)


def seen(*things: tuple[str, float, float, float]) -> Detections:
    """Things as (class, foot x, foot y, height), half as wide as tall."""
    boxes = [(x - h / 4, y - h, x + h / 4, y) for _, x, y, h in things]
    return Detections(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.full(len(things), 0.8, np.float32),
        np.array([CLASSES.index(name) for name, *_ in things], np.int32),
    )


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
    (message,) = flow.flush()
    counts = {c.class_: (c.in_, c.out) for c in message.crossings}
    assert counts == {"person": (1, 0), "motorcycle": (0, 0)}
    people = message.zones[0]
    assert people.occupancy_peak == 1
    assert people.entries == people.exits == 1


def test_classes_that_are_not_counted_do_not_appear() -> None:
    flow = pipeline()
    steps = walk(flow, from_x=300, to_x=520, seconds=6, name="car")
    assert not any(step.objects for step in steps)
    (message,) = flow.flush()
    assert {c.class_ for c in message.crossings} == {"person", "motorcycle"}


def test_a_rider_is_counted_with_the_motorcycle_only() -> None:
    flow = pipeline()
    for k in range(60):
        x = 200 + 8.0 * k
        flow.step(frame(k / 10), seen(("motorcycle", x, 400, 120), ("person", x, 370, 130)), PICTURE)
    (message,) = flow.flush()
    assert {c.class_: c.in_ for c in message.crossings} == {"person": 0, "motorcycle": 1}
    assert message.zones[0].occupancy_peak == 0


def test_who_leaves_below_the_picture_is_still_in_a_zone_that_reaches_its_edge() -> None:
    flow = pipeline()
    for k in range(30):
        step = flow.step(frame(k / 10), seen(("person", 300 + 2.0 * k, 620.0, 200.0)), PICTURE)
    assert step.zones["all"].present == {CLASSES.index("person"): 1}


def test_a_camera_that_was_opened_again_begins_anew_and_keeps_its_windows() -> None:
    flow = pipeline()
    walk(flow, from_x=300, to_x=380, seconds=2)
    for k in range(21):
        flow.step(frame(k / 10, unix_s=NOON + 10 + k / 10), seen(("person", 420 + 5.0 * k, 400.0, 120.0)), PICTURE)
    (message,) = flow.flush()
    assert sum(c.in_ + c.out for c in message.crossings) == 0
    assert message.frames == 42
    assert message.zones[0].exits == 2


def test_a_gap_between_frames_is_not_observed() -> None:
    flow = pipeline()
    flow.step(frame(0.0), seen(), PICTURE)
    flow.step(frame(1.0), seen(), PICTURE)
    flow.step(frame(9.0), seen(), PICTURE)
    flow.step(frame(10.0), seen(), PICTURE)
    (message,) = flow.flush()
    assert message.observed == pytest.approx(0.2)


def test_windows_close_by_the_clock_where_no_frames_come() -> None:
    flow = pipeline()
    flow.tick(NOON)
    closed = flow.tick(NOON + 63)
    assert [(m.observed, m.see) for m in closed] == [(0.0, "offline")]


def test_the_summary_says_what_it_was_made_with() -> None:
    flow = pipeline()
    flow.step(frame(0.0), seen(), PICTURE)
    flow.step(frame(1.0), seen(), PICTURE)
    (message,) = flow.flush()
    assert (message.site, message.gateway, message.camera) == ("site", "gw", "cam")
    assert (message.model, message.config_rev, message.frames) == ("model@1", "rev", 2)
