"""A mailbox that loses no frame: whoever puts one waits for the one before to be taken."""

import threading

import numpy as np

from edge.agent.patient_mailbox import PatientMailbox
from edge.types import Frame
from tests.support.waiting import wait_for


def a_frame(index: int) -> Frame:
    return Frame(index, index / 10, 0.0, 4, 4, lambda w, h: np.zeros((h, w, 3), np.uint8))


def test_every_frame_is_taken_in_order() -> None:
    box = PatientMailbox()

    def put_all() -> None:
        for index in range(50):
            box.put(a_frame(index))

    putting = threading.Thread(target=put_all)
    putting.start()

    taken = [box.take(timeout_s=5.0) for _ in range(50)]

    putting.join(5)
    assert [frame.index for frame in taken if frame] == list(range(50))
    assert box.dropped == 0


def test_closing_ends_the_wait_of_whoever_puts() -> None:
    box = PatientMailbox()
    box.put(a_frame(0))
    putting = threading.Thread(target=box.put, args=(a_frame(1),))
    putting.start()

    box.close()

    putting.join(5)
    assert not putting.is_alive()
    frame = box.take()
    assert frame is not None
    assert frame.index == 0
    wait_for(lambda: not box.full)
