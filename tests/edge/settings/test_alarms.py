"""Alarms in gateway.yaml: each wrong thing is named with line and key."""

import pytest

from edge.settings import CrowdingAlarm, Hours, IntrusionAlarm, StoppedVehicleAlarm, WrongWayAlarm
from tests.support.camera_yaml import FIRST_LINE, camera, refusal

PLACES = """
lines: [{name: gate, points: [[0, 0.5], [1, 0.5]]}]
zones: [{name: square, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
alarms:
"""
LINE = FIRST_LINE + 3


def alarm(text: str) -> str:
    return f"{PLACES.lstrip()}  - {text}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "{rule: wrong_way, line: gate, direction: out}",
            WrongWayAlarm(
                line="gate",
                direction="out",
                classes=("bicycle", "motorcycle", "car", "bus", "truck"),
                severity="warning",
            ),
            id="wrong way: vehicles, as pedestrians have no direction",
        ),
        pytest.param(
            "{rule: stopped_vehicle, zone: square}",
            StoppedVehicleAlarm(zone="square", after_s=60.0, classes=("motorcycle", "car", "bus", "truck")),
            id="stopped vehicle: a minute, of motor vehicles",
        ),
        pytest.param(
            "{rule: crowding, zone: square, people: 30}",
            CrowdingAlarm(zone="square", people=30, hold_s=10.0),
            id="crowding: for ten seconds",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, time_zone: Asia/Ho_Chi_Minh, hours: [{days: [sat], from: 22:00}]}",
            IntrusionAlarm(
                zone="square",
                time_zone="Asia/Ho_Chi_Minh",
                hours=(Hours(days=("sat",), from_="22:00", to="00:00"),),
            ),
            id="intrusion: by timetable, up to midnight",
        ),
    ],
)
def test_alarms_and_what_they_take_for_granted(text: str, expected: object) -> None:
    assert camera(alarm(text)).alarms == (expected,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "{rule: crowded, zone: square}", "rule: 'crowded' is unknown; did you mean 'crowding'?", id="rule"
        ),
        pytest.param(
            "{zone: square}",
            "rule: is missing; known: wrong_way, stopped_vehicle, crowding, intrusion",
            id="without a rule",
        ),
        pytest.param(
            "{rule: crowding, zone: square, people: 3, after_s: 3}",
            "after_s: unknown key; known: hold_s, people, per_m2, rule, severity, zone",
            id="another rule's key",
        ),
        pytest.param(
            "{rule: crowding, zone: square}",
            "people: say from how many people, or per_m2, on a zone is crowded",
            id="crowding without a bound",
        ),
        pytest.param(
            "{rule: crowding, zone: square, people: 0}", "people: needs a whole number >= 1, got 0", id="nobody"
        ),
        pytest.param(
            "{rule: crowding, zone: square, per_m2: 0}", "per_m2: needs a number > 0.0, got 0", id="no density"
        ),
        pytest.param(
            "{rule: stopped_vehicle, zone: square, after_s: 0}",
            "after_s: needs a number >= 1.0, got 0",
            id="at once",
        ),
        pytest.param(
            "{rule: stopped_vehicle, zone: square, severity: bad}",
            "severity: 'bad' is unknown; known: info, warning, critical",
            id="severity",
        ),
        pytest.param(
            "{rule: wrong_way, line: gate, direction: left}",
            "direction: 'left' is unknown; known: in, out",
            id="direction",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, time_zone: Asia/Hanoi}",
            "time_zone: 'Asia/Hanoi' is no time zone; write one like 'Asia/Ho_Chi_Minh'",
            id="a time zone that there is not",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, time_zone: ../etc/passwd}",
            "time_zone: '../etc/passwd' is no time zone; write one like 'Asia/Ho_Chi_Minh'",
            id="a path for a time zone",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, time_zone: Asia}",
            "time_zone: 'Asia' is no time zone; write one like 'Asia/Ho_Chi_Minh'",
            id="a continent for a time zone",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, hours: [{from: '22:00'}]}",
            "hours: of which time_zone? Add one like 'Asia/Ho_Chi_Minh', or 'UTC'",
            id="hours of nowhere",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, hours: [{from: '24:00'}]}",
            "hours[0].from: '24:00' is no time of day; write it in quotes, from '00:00' to '23:59'",
            id="later than a day is long",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, hours: [{to: '7:00'}]}",
            "hours[0].to: '7:00' is no time of day; write it in quotes, from '00:00' to '23:59'",
            id="an hour of one digit",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, hours: [{to: '07:00 '}]}",
            "hours[0].to: '07:00 ' is no time of day; write it in quotes, from '00:00' to '23:59'",
            id="a space behind the time",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, hours: [{days: []}]}",
            "hours[0].days: needs one day or more",
            id="no day",
        ),
        pytest.param(
            "{rule: intrusion, zone: square, hours: [{days: [monday]}]}",
            "hours[0].days[0]: 'monday' is unknown; did you mean 'mon'?",
            id="a day in full",
        ),
    ],
)
def test_alarms_that_are_none(text: str, said: str) -> None:
    assert refusal(alarm(text)) == f"gateway.yaml:{LINE}: cameras[0].alarms[0].{said}"


def test_an_alarm_needs_what_it_is_about() -> None:
    said = f"gateway.yaml:{LINE}: cameras[0].alarms[0]: the key 'direction' is missing"
    assert refusal(alarm("{rule: wrong_way, line: gate}")) == said
