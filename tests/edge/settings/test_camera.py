"""One camera in gateway.yaml: what its rules are about must be there."""

import pytest

from tests.support.camera_yaml import FIRST_LINE, camera, refusal

PLACES = """
lines: [{name: gate, points: [[0, 0.5], [1, 0.5]]}]
zones: [{name: square, points: [[0, 0], [1, 0], [1, 1]]}, {name: kerb, points: [[0, 0], [1, 1], [0, 1]]}]
"""
GROUND = """
calibration:
  picture: [[0.4, 0.3], [0.6, 0.3], [0.9, 0.9], [0.1, 0.9]]
  ground_m: [[0, 30], [8, 30], [8, 0], [0, 0]]
"""


def with_places(lines: str) -> str:
    return f"{PLACES.lstrip()}{lines}"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        pytest.param(
            "flows: [square, curb]", "flows[1]: there is no zone 'curb'; known: kerb, square", id="unknown"
        ),
        pytest.param(
            "flows: [square, krb]", "flows[1]: there is no zone 'krb'; did you mean 'kerb'?", id="a slip"
        ),
        pytest.param("flows: [gate, kerb]", "flows[0]: there is no zone 'gate'; known: kerb, square", id="a line"),
        pytest.param(
            "flows: [kerb]", "flows: needs two zones or more, a trip leads from one to another", id="one"
        ),
        pytest.param("flows: [kerb, kerb]", "flows: 'kerb' stands here twice", id="twice"),
    ],
)
def test_flows_are_between_zones_that_there_are(lines: str, said: str) -> None:
    assert refusal(with_places(lines)) == f"gateway.yaml:{FIRST_LINE + 2}: cameras[0].{said}"


def test_a_camera_without_zones_has_no_flows() -> None:
    said = f"gateway.yaml:{FIRST_LINE}: cameras[0].flows[0]: there is no zone 'a': the camera has none"
    assert refusal("flows: [a, b]") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "{rule: crowding, zone: sqare, people: 3}",
            "zone: there is no zone 'sqare'; did you mean 'square'?",
            id="crowding",
        ),
        pytest.param(
            "{rule: stopped_vehicle, zone: road}",
            "zone: there is no zone 'road'; known: kerb, square",
            id="stopped vehicle",
        ),
        pytest.param(
            "{rule: intrusion, zone: gate}", "zone: there is no zone 'gate'; known: kerb, square", id="intrusion"
        ),
        pytest.param(
            "{rule: wrong_way, line: square, direction: in}",
            "line: there is no line 'square'; known: gate",
            id="wrong way",
        ),
        pytest.param(
            "{rule: crowding, zone: square, per_m2: 2.5}",
            "per_m2: people per square metre need a calibration of the camera",
            id="people per square metre without a calibration",
        ),
    ],
)
def test_alarms_are_about_places_that_there_are(text: str, said: str) -> None:
    lines = with_places(f"alarms:\n  - {text}")
    assert refusal(lines) == f"gateway.yaml:{FIRST_LINE + 3}: cameras[0].alarms[0].{said}"


def test_people_per_square_metre_can_be_bounded_where_the_camera_is_calibrated() -> None:
    lines = with_places("alarms:\n  - {rule: crowding, zone: square, per_m2: 2.5}\n") + GROUND.lstrip()
    assert len(camera(lines).alarms) == 1


@pytest.mark.parametrize(
    ("classes", "text", "said"),
    [
        pytest.param(
            "[car]",
            "{rule: crowding, zone: square, people: 3}",
            ": nobody is counted: add 'person' to the camera's classes",
            id="a crowd of nobody",
        ),
        pytest.param(
            "[person]",
            "{rule: stopped_vehicle, zone: square}",
            ".classes: none of motorcycle, car, bus, truck is among the camera's classes",
            id="vehicles where people alone are counted",
        ),
        pytest.param(
            "[person, car]",
            "{rule: wrong_way, line: gate, direction: in, classes: [bus, truck]}",
            ".classes: none of bus, truck is among the camera's classes",
            id="buses where none are counted",
        ),
        pytest.param(
            "[person, car]",
            "{rule: wrong_way, line: gate, direction: in, classes: []}",
            ".classes: needs one class or more",
            id="for nobody",
        ),
        pytest.param(
            "[person, car]",
            "{rule: wrong_way, line: gate, direction: in, classes: [car, car]}",
            ".classes: 'car' stands here twice",
            id="cars twice",
        ),
    ],
)
def test_alarms_are_about_classes_that_are_counted(classes: str, text: str, said: str) -> None:
    lines = with_places(f"classes: {classes}\nalarms:\n  - {text}")
    assert refusal(lines) == f"gateway.yaml:{FIRST_LINE + 4}: cameras[0].alarms[0]{said}"


def test_one_rule_may_be_at_a_place_once() -> None:
    lines = with_places("alarms:\n" + "  - {rule: stopped_vehicle, zone: square}\n" * 2)
    said = (
        f"gateway.yaml:{FIRST_LINE + 4}: cameras[0].alarms[1]: there is a 'stopped_vehicle' at 'square' already;"
    )
    assert refusal(lines) == f"{said} one is enough"


def test_several_rules_may_be_at_one_place_and_one_rule_at_several() -> None:
    lines = """\
        alarms:
          - {rule: stopped_vehicle, zone: square}
          - {rule: stopped_vehicle, zone: kerb}
          - {rule: intrusion, zone: square}
    """
    assert len(camera(with_places("") + lines.replace("        ", "")).alarms) == 3


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        pytest.param("[]", "classes: needs one class or more", id="none"),
        pytest.param("[car, car]", "classes: 'car' stands here twice", id="one twice"),
        pytest.param("[car, person, lorry]", "classes[2]: 'lorry' is unknown", id="one that there is not"),
    ],
)
def test_what_is_counted_is_said_once_and_by_names_that_there_are(classes: str, said: str) -> None:
    assert refusal(f"classes: {classes}").startswith(f"gateway.yaml:{FIRST_LINE}: cameras[0].{said}")


def test_flows_are_among_twelve_zones_at_most() -> None:
    names = [f"z{number}" for number in range(13)]
    zones = ", ".join(f"{{name: {name}, points: [[0, 0], [1, 0], [1, 1]]}}" for name in names)
    lines = f"zones: [{zones}]\nflows: [{', '.join(names)}]"
    assert refusal(lines) == f"gateway.yaml:{FIRST_LINE + 1}: cameras[0].flows: needs 12 zones or fewer, got 13"
