"""Which rows are sent when: decided without a socket, on a clock that the test moves."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.publish.window import IN_FLIGHT_MOST, RESEND_S, UNCOVERED_MOST, SendWindow


def a_window(*, in_flight_most: int = IN_FLIGHT_MOST) -> SendWindow:
    window = SendWindow(rng=random.Random(1))
    window.connected(in_flight_most=in_flight_most)
    return window


def send(window: SendWindow, seqs: range, *, now_s: float = 0.0) -> None:
    """Hand rows to paho; each packet's number is its row's seq and a thousand."""
    for seq in seqs:
        window.sent(seq, mid=1000 + seq, now_s=now_s)


def send_and_deliver(window: SendWindow, seqs: range, *, now_s: float = 0.0) -> None:
    for seq in seqs:
        send(window, range(seq, seq + 1), now_s=now_s)
        window.delivered(1000 + seq)


def test_no_more_rows_are_in_flight_than_there_are_places() -> None:
    window = a_window(in_flight_most=3)

    assert window.room(0.0) == 3
    send(window, range(1, 4))
    assert window.room(0.0) == 0


def test_a_place_is_free_again_when_the_broker_has_answered() -> None:
    window = a_window(in_flight_most=3)
    send(window, range(1, 4))

    window.delivered(1002)

    assert window.room(0.0) == 1
    assert window.next_after == 3


def test_an_answer_that_nobody_waits_for_frees_nothing() -> None:
    window = a_window(in_flight_most=1)
    send(window, range(1, 2))

    window.delivered(7)

    assert window.room(0.0) == 0


def test_no_more_rows_are_sent_than_the_cloud_may_leave_uncovered() -> None:
    window = a_window()
    send_and_deliver(window, range(1, UNCOVERED_MOST + 1))

    assert window.room(0.0) == 0
    window.covered(100, now_s=0.0)
    assert window.room(0.0) == IN_FLIGHT_MOST


def test_a_row_that_the_cloud_does_not_cover_in_time_is_sent_again() -> None:
    window = a_window()
    send_and_deliver(window, range(1, 3))

    assert window.again(RESEND_S * 0.7) == []
    assert window.again(RESEND_S * 1.3) == [1, 2]


def test_a_row_in_flight_is_not_sent_again_however_long_it_takes() -> None:
    window = a_window()
    send(window, range(1, 3))

    assert window.again(RESEND_S * 100) == []


def test_a_covered_row_is_not_sent_again() -> None:
    window = a_window()
    send_and_deliver(window, range(1, 4))

    window.covered(2, now_s=0.0)

    assert window.again(RESEND_S * 1.3) == [3]


def test_to_a_silent_cloud_only_some_rows_are_repeated_and_later_each_time() -> None:
    window = a_window()
    send_and_deliver(window, range(1, 201))
    repeated_at: list[int] = []
    for second in range(20, 1000):
        for seq in window.again(float(second)):
            send_and_deliver(window, range(seq, seq + 1), now_s=float(second))
            repeated_at.append(second)

    assert len(repeated_at) <= IN_FLIGHT_MOST * 6
    assert len(repeated_at) >= IN_FLIGHT_MOST * 4


def test_when_the_cloud_moves_on_the_rest_is_repeated_without_delay() -> None:
    window = a_window()
    send_and_deliver(window, range(1, 101))
    now_s = RESEND_S * 2
    for seq in window.again(now_s):
        send_and_deliver(window, range(seq, seq + 1), now_s=now_s)
    assert window.again(now_s) == []

    window.covered(20, now_s=now_s)

    assert window.again(now_s + RESEND_S / 6)[:3] == [21, 22, 23]


def test_after_a_reconnection_everything_uncovered_is_sent_from_the_beginning() -> None:
    window = a_window()
    send_and_deliver(window, range(1, 10))
    send(window, range(10, 13))
    window.covered(4, now_s=0.0)

    window.connected(in_flight_most=5)

    assert window.next_after == 4
    assert window.room(0.0) == 5


def test_a_row_that_nobody_listened_to_is_offered_again_alone_and_slowly() -> None:
    window = a_window()
    send(window, range(1, 6))
    for seq in range(1, 6):
        window.unheard(1000 + seq, now_s=0.0)

    assert window.nobody_listens
    assert window.again(1.0) == []
    assert window.room(1.0) == 0
    assert window.again(3.0) == [1]
    assert window.room(3.0) == 0


def test_while_nobody_listens_the_offers_come_later_each_time_but_at_least_about_once_a_minute() -> None:
    window = a_window()
    send(window, range(1, 2))
    window.unheard(1001, now_s=0.0)
    offers = [0.0]
    now_s = 0.0
    while len(offers) < 12:
        now_s += 0.5
        if window.again(now_s):
            send(window, range(1, 2), now_s=now_s)
            window.unheard(1001, now_s=now_s)
            offers.append(now_s)

    gaps = [later - sooner for sooner, later in itertools.pairwise(offers)]
    assert gaps[0] < 3
    assert 40 < gaps[-1] < 80


def test_as_soon_as_somebody_listens_all_rows_go() -> None:
    window = a_window()
    send(window, range(1, 6))
    for seq in range(1, 6):
        window.unheard(1000 + seq, now_s=0.0)
    send(window, range(1, 2), now_s=3.0)

    window.delivered(1001)

    assert not window.nobody_listens
    assert window.again(3.0) == [2, 3, 4, 5]


def test_a_watermark_shows_that_the_cloud_lives_so_nothing_waits_any_more() -> None:
    window = a_window()
    send(window, range(1, 3))
    for seq in range(1, 3):
        window.unheard(1000 + seq, now_s=0.0)

    window.covered(0, now_s=0.5)

    assert window.again(0.5) == [1, 2]


def test_a_refused_row_waits_longer_each_time_and_does_not_stop_the_others() -> None:
    window = a_window()
    send(window, range(1, 3))
    window.delivered(1002)
    window.failed(1001, now_s=0.0)

    assert window.room(0.0) > 0
    assert 1 not in window.again(RESEND_S * 0.7)
    assert 1 in window.again(RESEND_S * 1.3)
    send(window, range(1, 2), now_s=RESEND_S * 1.3)
    window.failed(1001, now_s=RESEND_S * 1.3)
    assert 1 not in window.again(RESEND_S * 2.5)


def test_a_row_that_the_outbox_dropped_is_forgotten() -> None:
    window = a_window()
    send_and_deliver(window, range(1, 3))

    window.forget(1)

    assert window.again(RESEND_S * 2) == [2]


def test_a_new_epoch_begins_at_its_first_row() -> None:
    window = a_window()
    send_and_deliver(window, range(1, 30))
    window.covered(20, now_s=0.0)

    window.begin_epoch()

    assert window.next_after == 0


@pytest.mark.parametrize("receive_maximum", [1, 2, 20])
@given(steps=st.lists(st.sampled_from(["send", "deliver", "unheard", "fail", "cover", "wait"]), max_size=60))
def test_whatever_happens_the_window_keeps_its_bounds_and_rows_keep_their_order(
    receive_maximum: int, steps: list[str]
) -> None:
    window = a_window(in_flight_most=receive_maximum)
    in_flight: list[tuple[int, int]] = []
    now_s, mid, highest, covered = 0.0, 0, 0, 0
    for step in steps:
        if step == "send":
            new = range(window.next_after + 1, window.next_after + 1 + window.room(now_s))
            again = window.again(now_s)
            assert list(again) == sorted(again)
            assert all(covered < seq <= highest for seq in again)
            for seq in [*again, *new]:
                mid += 1
                window.sent(seq, mid=mid, now_s=now_s)
                in_flight.append((mid, seq))
                highest = max(highest, seq)
            assert len(in_flight) <= receive_maximum
        elif step == "wait":
            now_s += 20.0
        elif step == "cover":
            covered = max(covered, (covered + highest) // 2)
            window.covered(covered, now_s=now_s)
        elif in_flight:
            answered, _ = in_flight.pop(0)
            if step == "deliver":
                window.delivered(answered)
            elif step == "unheard":
                window.unheard(answered, now_s=now_s)
            else:
                window.failed(answered, now_s=now_s)
