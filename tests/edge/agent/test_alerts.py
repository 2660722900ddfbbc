"""A change becomes an alert message, a repetition does not."""

from datetime import timedelta

import pytest

from cityedge.clock import ManualClock
from cityedge.messages import AlertMessage
from edge.agent.alerts import Alert, AlertBoard
from tests.support.gateway_messages import GATEWAY, NOON, SITE

OFFLINE = Alert("north", "camera_offline")


@pytest.fixture
def sent() -> list[AlertMessage]:
    return []


@pytest.fixture
def board(sent: list[AlertMessage]) -> AlertBoard:
    return AlertBoard(SITE, GATEWAY, clock=ManualClock(NOON), send=sent.extend)


def states(sent: list[AlertMessage]) -> list[tuple[str, str, str]]:
    return [(message.source, message.rule, message.state) for message in sent]


def test_an_alert_is_raised_once_and_cleared_once(board: AlertBoard, sent: list[AlertMessage]) -> None:
    board.raise_(OFFLINE, "no answer")
    board.raise_(OFFLINE, "no answer")
    board.clear(OFFLINE)
    board.clear(OFFLINE)

    assert states(sent) == [("north", "camera_offline", "raised"), ("north", "camera_offline", "cleared")]
    assert (sent[0].text, sent[0].severity, sent[0].time) == ("no answer", "warning", NOON)


def test_what_was_never_raised_is_not_cleared(board: AlertBoard, sent: list[AlertMessage]) -> None:
    board.clear(OFFLINE)

    assert sent == []


def test_two_cameras_have_alerts_of_their_own(board: AlertBoard, sent: list[AlertMessage]) -> None:
    board.raise_(OFFLINE, "no answer")
    board.raise_(Alert("south", "camera_offline"), "no answer")

    assert len(sent) == 2


def test_what_has_no_end_is_said_each_time(board: AlertBoard, sent: list[AlertMessage]) -> None:
    board.say(Alert("gateway", "worker_restarted"), "again", value=1.0)
    board.say(Alert("gateway", "worker_restarted"), "again", value=2.0)

    assert [message.value for message in sent] == [1.0, 2.0]


def test_a_long_text_is_cut_to_what_a_message_may_carry(board: AlertBoard, sent: list[AlertMessage]) -> None:
    board.raise_(OFFLINE, "x" * 2000)

    assert len(sent[0].text) == 500


def test_one_rule_has_an_alert_at_each_place(board: AlertBoard, sent: list[AlertMessage]) -> None:
    for place in ("square", "stop"):
        board.raise_(Alert("north", "crowding", place=place), "crowded")
    board.clear(Alert("north", "crowding", place="stop"), "no longer", value=3.0)

    assert [(message.place, message.state) for message in sent] == [
        ("square", "raised"),
        ("stop", "raised"),
        ("stop", "cleared"),
    ]
    assert (sent[-1].text, sent[-1].value) == ("no longer", 3.0)


def test_an_alert_has_the_time_of_what_it_is_about_where_that_is_known(
    board: AlertBoard, sent: list[AlertMessage]
) -> None:
    board.raise_(OFFLINE, "no answer", at=NOON - timedelta(seconds=9))

    assert sent[0].time == NOON - timedelta(seconds=9)


def test_no_two_alerts_have_the_same_time(board: AlertBoard, sent: list[AlertMessage]) -> None:
    for name in ("north", "south", "west"):
        board.raise_(Alert(name, "camera_offline"), "no answer")
    board.say(Alert("gateway", "worker_restarted"), "again", at=NOON + timedelta(microseconds=1))

    assert [(message.time - NOON).microseconds for message in sent] == [0, 1, 2, 3]


def test_an_alert_of_the_past_keeps_its_time(board: AlertBoard, sent: list[AlertMessage]) -> None:
    board.raise_(OFFLINE, "no answer")
    board.clear(OFFLINE, at=NOON - timedelta(hours=1))

    assert sent[1].time == NOON - timedelta(hours=1)
