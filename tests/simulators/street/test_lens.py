"""What covered, dark, defocused and frozen cameras show."""

import numpy as np
import pytest

from simulators.street.conditions import Conditions, Cover, Covered, Dark, Defocused, Frozen
from tests.simulators.street.shows import FPS, changed, detail, frame, street

PLAIN = Conditions()


@pytest.mark.parametrize("cover", ["hand", "bag", "spray"])
@pytest.mark.parametrize("share", [0.8, 0.9, 1.0])
def test_a_cover_hides_the_share_that_was_asked_for(cover: Cover, share: float) -> None:
    hidden = Conditions(noise=0, faults=(Covered(0, 60, share=share, cover=cover),))
    empty, covered = (frame(conditions, 0.0) for conditions in (Conditions(noise=0), hidden))
    assert changed(empty, covered, by=8).mean() == pytest.approx(share, abs=0.12)


def test_a_covered_picture_has_hardly_any_detail() -> None:
    covered = Conditions(faults=(Covered(0, 60, share=1),))
    assert detail(frame(covered)) < 0.2 * detail(frame(PLAIN))


def test_the_street_shimmers_through_a_thin_cover() -> None:
    solid, thin = (
        Conditions(faults=(Covered(0, 60, share=1, opacity=opacity, cover="spray"),)) for opacity in (1.0, 0.7)
    )
    assert detail(frame(solid)) < 0.7 * detail(frame(thin)) < detail(frame(PLAIN))


def test_another_seed_covers_another_part() -> None:
    covered = Conditions(noise=0, faults=(Covered(0, 60, share=0.6),))
    one, other = (changed(frame(covered, seed=n), frame(PLAIN, seed=n), by=40) for n in (1, 2))
    assert (one != other).mean() > 0.01


def test_a_dark_camera_sees_hardly_more_than_its_noise() -> None:
    assert frame(Conditions(faults=(Dark(0, 60, level=0.02),))).mean() < 8


def test_darkness_falls_gradually_where_it_has_a_ramp() -> None:
    shown = street(Conditions(faults=(Dark(10, 30, level=0.05, ramp_s=4),)))
    means = [float(shown.frame(round(time_s * FPS)).mean()) for time_s in (9.0, 11.0, 12.5, 14.5, 28.5)]
    assert means[0] > means[1] > means[2] > means[3] < means[4]


def test_the_farther_out_of_focus_the_less_detail_there_is() -> None:
    sharp, soft, softer = (
        detail(frame(conditions))
        for conditions in (
            PLAIN,
            Conditions(faults=(Defocused(0, 60, blur_px=3),)),
            Conditions(faults=(Defocused(0, 60, blur_px=10),)),
        )
    )
    assert softer < 0.5 * soft < 0.5 * sharp


def test_a_frozen_camera_shows_one_frame_again_and_again_and_then_goes_on() -> None:
    frozen, plain = street(Conditions(faults=(Frozen(10, 12),))), street(PLAIN)
    before = plain.frame(99)
    assert all(np.array_equal(frozen.frame(index), before) for index in (99, 100, 107, 119))
    assert np.array_equal(frozen.frame(120), plain.frame(120))


def test_a_frozen_picture_shows_those_who_have_left_since() -> None:
    frozen, plain = street(Conditions(faults=(Frozen(10, 40),))), street(PLAIN)
    before = plain.frame(99)
    frozen.appearances(390)
    assert np.array_equal(frozen.frame(390), before)


def test_a_frozen_camera_does_not_stop_the_street() -> None:
    frozen, plain = street(Conditions(faults=(Frozen(10, 40),))), street(PLAIN)
    numbers = [[one.actor.number for one in shown.appearances(390)] for shown in (frozen, plain)]
    assert numbers[0] == numbers[1]
