import threading

import numpy as np

from edge.capture import Mailbox
from edge.types import Frame, Picture


def _picture(width: int, height: int) -> Picture:
    return np.zeros((height, width, 3), np.uint8)


def _frame(index: int) -> Frame:
    return Frame(index=index, time_s=index / 10, captured_unix_s=0.0, width_px=4, height_px=3, bgr=_picture)


def test_an_empty_box_gives_nothing() -> None:
    assert Mailbox().take() is None
    assert Mailbox().take(timeout_s=0.01) is None


def test_a_frame_is_taken_once() -> None:
    box = Mailbox()
    box.put(_frame(1))
    assert box.full
    taken = box.take()
    assert taken is not None
    assert taken.index == 1
    assert box.take() is None
    assert box.dropped == 0


def test_only_the_latest_frame_is_kept_and_the_others_are_counted() -> None:
    box = Mailbox()
    for index in range(5):
        box.put(_frame(index))
    taken = box.take()
    assert taken is not None
    assert taken.index == 4
    assert box.dropped == 4


def test_waiting_ends_when_a_frame_comes() -> None:
    box = Mailbox()
    threading.Timer(0.05, box.put, [_frame(3)]).start()
    taken = box.take(timeout_s=10.0)
    assert taken is not None
    assert taken.index == 3


def test_waiting_ends_when_the_box_is_closed() -> None:
    box = Mailbox()
    threading.Timer(0.05, box.close).start()
    assert box.take(timeout_s=10.0) is None
    assert box.closed


def test_what_is_in_a_closed_box_can_still_be_taken() -> None:
    box = Mailbox()
    box.put(_frame(1))
    box.close()
    assert box.take(timeout_s=10.0) is not None


def test_one_loop_can_wait_for_the_boxes_of_several_cameras() -> None:
    changed = threading.Condition()
    boxes = [Mailbox(changed), Mailbox(changed)]
    threading.Timer(0.05, boxes[1].put, [_frame(8)]).start()
    with changed:
        assert changed.wait_for(lambda: any(box.full for box in boxes), timeout=10.0)
    assert boxes[0].take() is None
    assert boxes[1].take() is not None
