"""One camera's alerts: each change once, one cause at a time, at the time of the scene."""

from datetime import timedelta

import pytest

from cityedge.clock import ManualClock
from cityedge.messages import AlertMessage, SeeState
from edge.agent.alerts import AlertBoard
from edge.agent.camera_alerts import CameraAlerts
from edge.types import AlarmChange, Frame, Sight
from tests.support.gateway_messages import GATEWAY, NOON, SITE


class Spoken:
    """What was said, by a camera of which the test tells how it sees."""

    def __init__(self) -> None:
        self.sent: list[AlertMessage] = []
        board = AlertBoard(SITE, GATEWAY, clock=ManualClock(NOON + timedelta(hours=1)), send=self.sent.extend)
        self.camera = CameraAlerts("north", board)

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(message.rule, message.state) for message in self.sent]

    def see(self, *states: SeeState) -> None:
        for second, state in enumerate(states):
            at_s = NOON.timestamp() + second
            frame = Frame(second, float(second), at_s, 64, 48, lambda _w, _h: pytest.fail("nobody looks"))
            self.camera.sight(Sight(state, float(second), "" if state == "ok" else f"it is {state}"), frame)


def test_a_camera_that_sees_well_says_nothing() -> None:
    spoken = Spoken()
    spoken.see("ok", "ok", "ok")
    assert spoken.said == []


def test_a_change_of_sight_is_said_once_and_has_the_time_of_the_scene() -> None:
    spoken = Spoken()
    spoken.see("ok", "covered", "covered", "covered", "ok", "ok")
    assert spoken.said == [("camera_covered", "raised"), ("camera_covered", "cleared")]
    assert [message.time - NOON for message in spoken.sent] == [timedelta(seconds=1), timedelta(seconds=4)]
    assert [message.text for message in spoken.sent] == ["it is covered", "it sees well again"]


def test_one_state_after_another_clears_the_first() -> None:
    spoken = Spoken()
    spoken.see("dark", "covered")
    assert spoken.said == [
        ("camera_dark", "raised"),
        ("camera_dark", "cleared"),
        ("camera_covered", "raised"),
    ]
    assert spoken.sent[1].text == "it is covered now"


def test_while_offline_nothing_is_said_of_how_it_sees() -> None:
    spoken = Spoken()
    spoken.see("frozen")
    spoken.camera.away("no answer")
    spoken.see("frozen", "dark")
    assert spoken.said == [
        ("camera_frozen", "raised"),
        ("camera_frozen", "cleared"),
        ("camera_offline", "raised"),
    ]


def test_when_it_is_back_it_is_said_again_how_it_sees() -> None:
    spoken = Spoken()
    spoken.see("frozen")
    spoken.camera.away("no answer")
    spoken.camera.back()
    spoken.see("frozen")
    assert spoken.said[3:] == [("camera_offline", "cleared"), ("camera_frozen", "raised")]


def test_an_alarm_is_about_a_place_and_has_its_figure() -> None:
    spoken = Spoken()
    raised = AlarmChange("crowding", "square", "critical", "raised", 5.0, 31.0, "31 people")
    cleared = AlarmChange("crowding", "square", "critical", "cleared", 9.0, 3.0, "3 people")
    spoken.camera.alarm(raised, unix_s=NOON.timestamp() + 5)
    spoken.camera.alarm(cleared, unix_s=NOON.timestamp() + 9)
    assert spoken.said == [("crowding", "raised"), ("crowding", "cleared")]
    assert {(m.place, m.severity) for m in spoken.sent} == {("square", "critical")}
    assert [(m.value, m.text, (m.time - NOON).total_seconds()) for m in spoken.sent] == [
        (31.0, "31 people", 5.0),
        (3.0, "3 people", 9.0),
    ]


def test_what_has_no_end_is_said_each_time() -> None:
    spoken = Spoken()
    change = AlarmChange(
        "wrong_way", "gate", "warning", "happened", 5.0, 1.0, "a car crossed 'gate' the wrong way"
    )
    spoken.camera.alarm(change, unix_s=NOON.timestamp())
    spoken.camera.alarm(change, unix_s=NOON.timestamp())
    assert spoken.said == [("wrong_way", "raised"), ("wrong_way", "raised")]
    assert len({message.time for message in spoken.sent}) == 2


def test_when_the_gateway_stops_nothing_stays_raised() -> None:
    spoken = Spoken()
    spoken.see("dark")
    spoken.camera.end()
    spoken.camera.away("no answer")
    spoken.camera.end()
    spoken.camera.end()
    assert spoken.said == [
        ("camera_dark", "raised"),
        ("camera_dark", "cleared"),
        ("camera_offline", "raised"),
        ("camera_offline", "cleared"),
    ]
