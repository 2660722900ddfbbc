"""Crossings and stays, against what foot points stepped very finely show."""

import math
from itertools import pairwise
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulators.street.camera import Ground, Share
from simulators.street.crossings import Crossing, _passages, crossings, stays
from simulators.street.paths import Path
from simulators.street.places import Line, Zone
from tests.simulators.street.streets import CAMERA, paths, points, straight, walker

MID = Line("mid", (Share(0.5, 0), Share(0.5, 1)))
SQUARE = Zone("square", (Share(0.3, 0.5), Share(0.7, 0.5), Share(0.7, 0.8), Share(0.3, 0.8)))
SAMPLES = 2001


def crossed(path: Path, line: Line) -> list[Crossing]:
    return sorted(crossings(walker(path), line, CAMERA), key=lambda c: c.time_s)


def feet(path: Path) -> Any:
    """A path's foot points at very many moments, shape (N, 2): positions stepped, nothing solved."""
    ways = []
    for leg in path.legs:
        share = np.linspace(0, 1, SAMPLES)
        x_m, depth_m = (a + share * (b - a) for a, b in zip(leg.start, leg.end, strict=True))
        ways.append(np.stack(CAMERA.project(Ground(cast("float", x_m), cast("float", depth_m))), axis=1))
    return np.concatenate(ways)


def brute_force_net(line: Line, way: Any) -> int:
    """Crossings of a sampled way, ``in`` as +1: intersections of tiny steps with the line's stretches."""
    net = 0
    for start, end in pairwise(line.points):
        d = np.subtract(end, start)
        side = d[0] * (way[:, 1] - start[1]) - d[1] * (way[:, 0] - start[0])
        for i in np.flatnonzero((side[:-1] > 0) != (side[1:] > 0)):
            share = side[i] / (side[i] - side[i + 1])
            along = np.dot(way[i] + share * (way[i + 1] - way[i]) - start, d) / np.dot(d, d)
            net += (1 if side[i] > 0 else -1) * bool(0 <= along <= 1)
    return net


def gap(line: Line, points: Any) -> float:
    """How near points come to a line's two ends, or a way's two ends to a line: what rounding may decide."""
    ends = (line.points[0], *line.points[1:])
    near_corners = min(float(np.min(np.hypot(*(points - np.array(end)).T))) for end in ends)
    return min(near_corners, *(distance(Share(*end), line) for end in (points[0], points[-1])))


def distance(point: Share, line: Line) -> float:
    """How far a point is from a line, in shares."""
    gaps = []
    for start, end in pairwise(line.points):
        d, to = np.subtract(end, start), np.subtract(point, start)
        share = float(np.clip(np.dot(to, d) / np.dot(d, d), 0, 1))
        gaps.append(float(np.hypot(*(to - share * d))))
    return min(gaps)


@pytest.mark.parametrize(
    ("start", "end", "direction"),
    [
        pytest.param(Share(0.2, 0.7), Share(0.8, 0.7), "in", id="to the right over a line drawn downwards"),
        pytest.param(Share(0.8, 0.7), Share(0.2, 0.7), "out", id="to the left"),
    ],
)
def test_in_crosses_from_the_right_hand_to_the_left_hand_of_who_walks_the_line(
    start: Share, end: Share, direction: str
) -> None:
    assert [c.direction for c in crossed(straight(start, end), MID)] == [direction]


def test_a_crossing_sideways_is_timed_to_the_moment() -> None:
    (only,) = crossed(straight(Share(0.25, 0.7), Share(0.75, 0.7), seconds=8, start_s=3), MID)
    assert only.time_s == pytest.approx(7)


def test_a_crossing_in_depth_is_where_the_picture_shows_it_and_not_half_way_in_time() -> None:
    line = Line("across", (Share(0, 0.6), Share(1, 0.6)))
    path = straight(Share(0.5, 0.9), Share(0.5, 0.3))
    (only,) = crossed(path, line)
    spot = path.at(only.time_s)
    assert spot is not None
    assert CAMERA.project(spot).y == pytest.approx(0.6)
    assert only.direction == "in"
    assert only.time_s != pytest.approx(5.0, abs=0.05)


def test_who_passes_beyond_a_lines_end_does_not_cross_it() -> None:
    assert not crossed(straight(Share(0.2, 0.7), Share(0.8, 0.7)), Line("short", (Share(0.5, 0), Share(0.5, 0.6))))


def test_who_turns_round_before_the_line_does_not_cross_it() -> None:
    there, back = CAMERA.ground(Share(0.2, 0.7)), CAMERA.ground(Share(0.49, 0.7))
    assert not crossed(Path((there, back, there), 0, 1), MID)


def test_who_crosses_to_and_fro_crosses_twice() -> None:
    there, back = CAMERA.ground(Share(0.2, 0.7)), CAMERA.ground(Share(0.8, 0.7))
    assert [c.direction for c in crossed(Path((there, back, there), 0, 1), MID)] == ["in", "out"]


def test_who_steps_through_the_corner_of_a_bent_line_crosses_it_once() -> None:
    bent = Line("bent", (Share(0.5, 0.0), Share(0.5, 0.7), Share(0.6, 1.0)))
    assert len(crossed(straight(Share(0.2, 0.7), Share(0.8, 0.7)), bent)) == 1


@settings(deadline=None, max_examples=60)
@given(path=paths(), corners=st.lists(points, min_size=2, max_size=4))
def test_crossings_agree_with_foot_points_stepped_very_finely(path: Path, corners: list[Share]) -> None:
    assume(all(math.dist(a, b) > 0.05 for a, b in pairwise(corners)))
    line, way = Line("any", tuple(corners)), feet(path)
    assume(gap(line, way) > 0.005)
    found = [passage for leg in path.legs for passage in _passages(leg, line, CAMERA)]
    assert sum(way for _, way in found) == brute_force_net(line, way)
    for time_s, _ in found:
        spot = path.at(time_s)
        assert spot is not None
        assert distance(CAMERA.project(spot), line) < 1e-6


def dithering(*beyond_m: float) -> Path:
    """A walk along a pavement to the middle and about it: how far beyond the line each turn is."""
    depth_m = CAMERA.depth_at(0.9)
    return Path(tuple(Ground(x_m, depth_m) for x_m in beyond_m), 0, 1)


@pytest.mark.parametrize(
    ("path", "directions"),
    [
        pytest.param(dithering(-4, 0.3, -4), [], id="turns round on the line"),
        pytest.param(dithering(-4, 0.3, -0.3, 0.3, -4), [], id="to and fro on the line, and back"),
        pytest.param(dithering(-4, 0.3, -0.3, 0.3, -0.3, 4), ["in"], id="to and fro on the line, and over"),
        pytest.param(dithering(-4, 0.6, -4), ["in", "out"], id="goes over by more than a body, and back"),
        pytest.param(dithering(-4, 0.1), [], id="never gets clear of it"),
        pytest.param(dithering(0.1, 4), [], id="comes from its far half"),
    ],
)
def test_a_crossing_is_who_ends_up_clear_on_the_other_side(path: Path, directions: list[str]) -> None:
    assert [c.direction for c in crossed(path, MID)] == directions


def test_who_dithers_has_crossed_when_they_stepped_over_it_last() -> None:
    (only,) = crossed(dithering(-4, 0.3, -0.3, 4), MID)
    assert only.time_s == pytest.approx(4 + 0.3 + 0.3 + 0.3 + 0.3)


def test_a_crossing_has_the_speed_that_one_truly_had() -> None:
    depth_m = CAMERA.depth_at(0.6)
    points = (Ground(-12, depth_m), Ground(0.01, depth_m), Ground(12, depth_m))
    (free,) = crossed(Path((points[0], points[2]), 0, 6), MID)
    (braking,) = crossed(Path(points, 0, 6, stands_s=(0, 3, 0), brake_m=4), MID)
    assert free.speed_mps == pytest.approx(6)
    assert 0 < braking.speed_mps < 3


def test_a_vehicle_that_stops_astride_the_line_crosses_it_once() -> None:
    depth_m = CAMERA.depth_at(0.6)
    points = (Ground(-12, depth_m), Ground(0.2, depth_m), Ground(12, depth_m))
    assert len(crossed(Path(points, 0, 6, stands_s=(0, 8, 0), brake_m=4), MID)) == 1


def test_a_bent_line_that_is_crossed_to_and_fro_on_one_straight_way_counts_both() -> None:
    gate = Line("gate", (Share(0.4, 1.0), Share(0.5, 0.6), Share(0.6, 1.0)))
    assert len(crossed(straight(Share(0.1, 0.8), Share(0.9, 0.8)), gate)) == 2


def test_a_stay_begins_and_ends_at_the_zones_border() -> None:
    (stay,) = stays(walker(straight(Share(0.1, 0.7), Share(0.9, 0.7), seconds=8)), SQUARE, CAMERA)
    assert [stay.start_s, stay.end_s] == pytest.approx([2, 6])


def test_a_corner_turned_inside_a_zone_does_not_end_the_stay() -> None:
    way = [CAMERA.ground(Share(x, y)) for x, y in ((0.1, 0.6), (0.5, 0.6), (0.5, 0.75), (0.1, 0.75))]
    assert len(stays(walker(Path(tuple(way), 0, 1)), SQUARE, CAMERA)) == 1


def test_nobody_is_in_a_zone_while_outside_the_picture() -> None:
    whole = Zone("picture", (Share(0, 0), Share(1, 0), Share(1, 1), Share(0, 1)))
    (stay,) = stays(walker(straight(Share(-0.5, 0.7), Share(1.5, 0.7), seconds=8)), whole, CAMERA)
    assert [stay.start_s, stay.end_s] == pytest.approx([2, 6])


@settings(deadline=None, max_examples=60)
@given(path=paths())
def test_time_in_a_zone_agrees_with_foot_points_stepped_very_finely(path: Path) -> None:
    found = stays(walker(path), SQUARE, CAMERA)
    way = feet(path)
    borders = np.abs(way[:, :, None] - np.array([[0.3, 0.7], [0.5, 0.8]]))
    assume(float(borders.min()) > 1e-9)  # who walks along a border is in or out by rounding
    inside = (way[:, 0] > 0.3) & (way[:, 0] < 0.7) & (way[:, 1] > 0.5) & (way[:, 1] < 0.8)
    steps_s = np.repeat([(leg.end_s - leg.start_s) / (SAMPLES - 1) for leg in path.legs], SAMPLES)
    slack_s = 4 * float(steps_s.max()) * len(path.legs)
    assert sum(s.end_s - s.start_s for s in found) == pytest.approx(float(steps_s[inside].sum()), abs=slack_s)
    assert all(a.end_s < b.start_s for a, b in pairwise(found))
