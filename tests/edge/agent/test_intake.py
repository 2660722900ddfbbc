"""Messages on their way to the disk: bounded, in order, and kept while the disk takes none."""

from collections.abc import Sequence

import pytest

from cityedge.messages import SequencedMessage
from edge.agent.intake import Intake
from edge.errors import OutboxError
from tests.support.gateway_messages import a_count


class Disk:
    """An outbox's front that remembers its commits, or refuses them."""

    def __init__(self) -> None:
        self.commits: list[list[SequencedMessage]] = []
        self.full = False

    def append(self, messages: Sequence[SequencedMessage]) -> None:
        if self.full:
            raise OutboxError("the disk is full")
        self.commits.append(list(messages))

    @property
    def minutes(self) -> list[int]:
        return [m.start.minute for commit in self.commits for m in commit if hasattr(m, "start")]


def test_what_several_put_at_one_moment_becomes_one_commit() -> None:
    disk = Disk()
    intake = Intake(disk.append)
    intake.put([a_count(1)])
    intake.put([a_count(2), a_count(3)])

    assert intake.flush() == 3
    assert [len(commit) for commit in disk.commits] == [3]


def test_nothing_waits_after_a_flush() -> None:
    disk = Disk()
    intake = Intake(disk.append)
    intake.put([a_count(1)])
    assert intake.wait(0.0)
    intake.flush()

    assert not intake.wait(0.0)
    assert intake.flush() == 0


def test_what_the_disk_does_not_take_is_kept_in_order() -> None:
    disk = Disk()
    intake = Intake(disk.append)
    disk.full = True
    intake.put([a_count(1), a_count(2)])
    with pytest.raises(OutboxError):
        intake.flush()
    intake.put([a_count(3)])
    disk.full = False

    intake.flush()

    assert disk.minutes == [1, 2, 3]


def test_over_its_bound_the_oldest_are_dropped_and_counted() -> None:
    disk = Disk()
    intake = Intake(disk.append, most=3)
    intake.put([a_count(minute) for minute in range(5)])

    intake.flush()

    assert disk.minutes == [2, 3, 4]
    assert intake.dropped == 2


def test_a_great_many_are_committed_in_portions() -> None:
    disk = Disk()
    intake = Intake(disk.append)
    intake.put([a_count(0)] * 2500)

    intake.flush()

    assert [len(commit) for commit in disk.commits] == [1000, 1000, 500]
