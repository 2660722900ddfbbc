"""Lines, zones, masks, calibration and heat grid in gateway.yaml: each wrong thing is named with line and key."""

import pytest

from edge.settings import CalibrationSettings, HeatSettings
from tests.support.camera_yaml import FIRST_LINE, camera, refusal

CALIBRATION = """
calibration:
  picture: {picture}
  ground_m: {ground}
"""
CROSSED = (
    "points: the edge from point 0 crosses the edge from point 2; list the corners in order round the polygon"
)
PICTURE = "[[0.4, 0.3], [0.6, 0.3], [0.9, 0.9], [0.1, 0.9]]"
GROUND = "[[0, 30], [8, 30], [8, 0], [0, 0]]"


def place(kind: str, points: str) -> str:
    return f"{kind}:\n  - name: here\n    points: {points}\n"


@pytest.mark.parametrize(
    ("kind", "points", "said"),
    [
        pytest.param(
            "lines",
            "[[0.5, 0.5], [1.5, 0.5]]",
            "points[1]: (1.5, 0.5) lies outside the picture; points are shares from 0 to 1",
            id="a line outside the picture",
        ),
        pytest.param("lines", "[[0.5, 0.5]]", "points: needs two points, got 1", id="a line of one point"),
        pytest.param(
            "lines",
            "[[0, 0], [0, 0]]",
            "points[1]: is the same point as the one before",
            id="a line without length",
        ),
        pytest.param(
            "lines", "[[0, 0], [1]]", "points[1]: needs a list of length 2, got 1", id="a point without height"
        ),
        pytest.param(
            "lines",
            "[[0, 0], [1, 1], [1, 0], [0, 1]]",
            "points: the piece from point 2 meets the piece from point 0, so nobody can say which side is 'in'; "
            "list the points from one end to the other",
            id="a self-crossing line",
        ),
        pytest.param(
            "zones",
            "[[0, 0], [1, 1], [1, 0], [0, 1]]",
            CROSSED,
            id="a self-crossing zone",
        ),
        pytest.param("zones", "[[0, 0], [1, 1]]", "points: needs three points, got 2", id="a zone of two corners"),
        pytest.param(
            "zones",
            "[[0, 0], [0.5, 0.5], [1, 1]]",
            "points: the polygon has no area to speak of; its corners lie in a line",
            id="a zone without area",
        ),
        pytest.param(
            "masks",
            "[[0, 0], [1, 1], [1, 0], [0, 1]]",
            CROSSED,
            id="a self-crossing mask",
        ),
        pytest.param(
            "masks",
            "[[0, 0], [1, 0], [1, -1]]",
            "points[2]: (1, -1) lies outside the picture; points are shares from 0 to 1",
            id="a mask outside the picture",
        ),
    ],
)
def test_places_that_are_none(kind: str, points: str, said: str) -> None:
    at = f"gateway.yaml:{FIRST_LINE + 2}: cameras[0].{kind}[0]."
    assert refusal(place(kind, points)) == at + said


@pytest.mark.parametrize("kind", ["lines", "zones", "masks"])
def test_two_places_of_one_kind_may_not_have_one_name(kind: str) -> None:
    both = f"{kind}:\n" + "  - {name: here, points: [[0, 0], [1, 0], [1, 1]]}\n" * 2
    assert refusal(both) == f"gateway.yaml:{FIRST_LINE}: cameras[0].{kind}: 'here' stands here twice"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        pytest.param("entry_confirm_s", "-1", "needs a number >= 0.0, got -1", id="entry before it happens"),
        pytest.param(
            "exit_grace_s", "90", "needs a number <= 60.0, got 90", id="no exit for longer than a minute"
        ),
    ],
)
def test_times_of_a_zone_have_bounds(key: str, value: str, said: str) -> None:
    lines = place("zones", "[[0, 0], [1, 0], [1, 1]]") + f"    {key}: {value}\n"
    assert refusal(lines) == f"gateway.yaml:{FIRST_LINE + 3}: cameras[0].zones[0].{key}: {said}"


def test_a_line_may_have_several_segments() -> None:
    (line,) = camera(place("lines", "[[0, 0.5], [0.5, 0.4], [1, 0.5]]")).lines
    assert line.points == ((0.0, 0.5), (0.5, 0.4), (1.0, 0.5))


def test_a_calibration_ties_four_points_of_the_picture_to_the_ground() -> None:
    calibration = camera(CALIBRATION.format(picture=PICTURE, ground=GROUND)).calibration
    assert calibration == CalibrationSettings(
        picture=((0.4, 0.3), (0.6, 0.3), (0.9, 0.9), (0.1, 0.9)),
        ground_m=((0.0, 30.0), (8.0, 30.0), (8.0, 0.0), (0.0, 0.0)),
    )


@pytest.mark.parametrize(
    ("picture", "ground", "line", "said"),
    [
        pytest.param(
            "[[0.1, 0.1], [0.5, 0.5], [0.9, 0.9], [0.1, 0.9]]",
            GROUND,
            1,
            "picture: points 0, 1 and 2 lie in a line, so they do not fix the ground",
            id="points in a line in the picture",
        ),
        pytest.param(
            PICTURE,
            "[[0, 0], [5, 0], [10, 0], [0, 9]]",
            2,
            "ground_m: points 0, 1 and 2 lie in a line, so they do not fix the ground",
            id="points in a line on the ground",
        ),
        pytest.param(
            "[[0.1, 0.1], [0.9, 0.1], [0.9, 0.9]]",
            GROUND,
            1,
            "picture: needs four points, got 3",
            id="three points",
        ),
        pytest.param(
            PICTURE,
            "[[0, 30], [8, 0], [8, 30], [0, 0]]",
            2,
            "ground_m: the edges cross; list the four points in order round the area",
            id="points listed across",
        ),
        pytest.param(
            "[[0.1, 0.1], [0.9, 0.1], [0.3, 0.3], [0.1, 0.9]]",
            GROUND,
            1,
            "picture: point 2 lies among the others; take the four corners of an area",
            id="an arrow",
        ),
        pytest.param(
            "[[0.1, 0.1], [1.9, 0.1], [0.9, 0.9], [0.1, 0.9]]",
            GROUND,
            1,
            "picture[1]: (1.9, 0.1) lies outside the picture; points are shares from 0 to 1",
            id="a point outside the picture",
        ),
        pytest.param(
            PICTURE,
            "[[0, 2000], [800, 2000], [800, 0], [0, 0]]",
            2,
            "ground_m: points 2154.07 m apart are in no camera's picture; measure in metres",
            id="in centimetres",
        ),
    ],
)
def test_calibrations_that_fix_no_ground(picture: str, ground: str, line: int, said: str) -> None:
    lines = CALIBRATION.format(picture=picture, ground=ground)
    assert refusal(lines) == f"gateway.yaml:{FIRST_LINE + line}: cameras[0].calibration.{said}"


@pytest.mark.parametrize("key", ["heat", "calibration", "see"])
def test_a_key_with_nothing_below_it_is_not_passed_over(key: str) -> None:
    said = "nothing stands below it; write its keys, or {} for what they are by default, or leave it out"
    assert refusal(f"{key}:\n") == f"gateway.yaml:{FIRST_LINE}: cameras[0].{key}: {said}"


def test_a_calibration_without_its_ground_is_none() -> None:
    lines = f"calibration:\n  picture: {PICTURE}\n"
    assert refusal(lines) == f"gateway.yaml:{FIRST_LINE}: cameras[0].calibration: the key 'ground_m' is missing"


@pytest.mark.parametrize(
    ("heat", "said"),
    [
        pytest.param("{columns: 1}", "columns: needs a whole number >= 2, got 1", id="too coarse"),
        pytest.param("{rows: 40}", "rows: needs a whole number <= 32, got 40", id="too fine"),
        pytest.param("{columns: 16.5}", "columns: needs a whole number, got 16.5", id="half a column"),
        pytest.param("{cells: 9}", "cells: unknown key; known: columns, rows", id="another key"),
    ],
)
def test_heat_grids_that_are_none(heat: str, said: str) -> None:
    assert refusal(f"heat: {heat}") == f"gateway.yaml:{FIRST_LINE}: cameras[0].heat.{said}"


def test_a_heat_grid_has_a_size_without_being_told() -> None:
    assert camera("heat: {}").heat == HeatSettings(columns=16, rows=9)
    assert camera("").heat is None
