"""How much of each object could be seen."""

import pytest

from simulators.street.actors import Actor
from simulators.street.camera import Share
from simulators.street.visibility import visible_shares
from tests.simulators.street.streets import CAMERA, straight, walker


def on_row(row: float, number: int, *, start_s: float = 0.0) -> Actor:
    return walker(straight(Share(-0.1, row), Share(1.1, row), seconds=12, start_s=start_s), number)


def test_who_walks_alone_is_wholly_visible() -> None:
    assert visible_shares([on_row(0.9, 1)], CAMERA, 20) == {1: pytest.approx(1.0)}


def test_who_walks_behind_another_is_hidden_and_the_nearer_one_is_not() -> None:
    shares = visible_shares([on_row(0.88, 1), on_row(0.9, 2)], CAMERA, 20)
    assert shares[1] < 0.3
    assert shares[2] == pytest.approx(1.0)


def test_two_who_are_never_there_together_do_not_hide_each_other() -> None:
    assert visible_shares([on_row(0.88, 1), on_row(0.9, 2, start_s=60)], CAMERA, 90)[1] == pytest.approx(1.0)


def test_who_has_not_come_yet_has_no_share() -> None:
    assert set(visible_shares([on_row(0.88, 1), on_row(0.9, 2, start_s=60)], CAMERA, 30)) == {1}
