"""Which frames arrive."""

from itertools import groupby

import pytest

from simulators.street.conditions import Conditions, FrameDrops, Offline
from simulators.street.delivery import arrives


def delivered(conditions: Conditions, count: int, *, fps: float = 10.0, seed: int = 1) -> list[bool]:
    return [arrives(conditions, index, fps=fps, seed=seed) for index in range(count)]


def test_where_nothing_is_lost_every_frame_arrives() -> None:
    assert all(delivered(Conditions(), 500))


@pytest.mark.parametrize("burst_s", [0.0, 0.1, 0.5])
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6])
def test_the_share_that_was_asked_for_is_lost(share: float, burst_s: float) -> None:
    lost = delivered(Conditions(frame_drops=FrameDrops(share, burst_s)), 6000).count(False)
    assert lost / 6000 == pytest.approx(share, abs=0.04)


def test_losses_in_bursts_last_as_long_as_a_burst() -> None:
    frames = delivered(Conditions(frame_drops=FrameDrops(0.1, 0.8)), 6000)
    bursts = [len(list(run)) for arrived, run in groupby(frames) if not arrived]
    assert all(length % 8 == 0 for length in bursts)


def test_another_seed_loses_other_frames() -> None:
    drops = Conditions(frame_drops=FrameDrops(0.3))
    assert delivered(drops, 200, seed=1) != delivered(drops, 200, seed=2)


def test_a_camera_that_is_offline_delivers_nothing() -> None:
    frames = delivered(Conditions(faults=(Offline(2, 4),)), 60)
    assert [index for index, arrived in enumerate(frames) if not arrived] == list(range(20, 40))
