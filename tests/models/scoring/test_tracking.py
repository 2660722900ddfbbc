"""How well objects are followed, by the real library in its own environment."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.errors import ScoringError
from models.scoring.boxes import MotRows
from models.scoring.interpreter import find
from models.scoring.tracking import TrackingScore, judged, score_tracks
from tests.support.crossings import rows, walk

WALK = [(float(10 + 4 * step), 80.0) for step in range(10)]
FAR = [(x + 400, y) for x, y in WALK]
TRUE = rows(*walk(1, WALK), *walk(2, FAR))


@pytest.fixture(scope="module")
def python() -> Path:
    return find()


def figures(score: TrackingScore) -> dict[str, float]:
    return {name: round(getattr(score, name), 3) for name in ("mota", "idf1", "hota", "deta", "assa")}


def test_who_follows_what_is_true_is_perfect(python: Path) -> None:
    score = score_tracks(TRUE, TRUE, python=python)

    assert figures(score) == dict.fromkeys(("mota", "idf1", "hota", "deta", "assa"), 1.0)
    assert (score.switches, score.fragments, score.missed, score.false) == (0, 0, 0, 0)
    assert (score.ids, score.true_ids, score.boxes) == (2, 2, 20)


def test_a_new_number_half_way_is_a_switch_and_costs_half_of_that_identity(python: Path) -> None:
    ours = rows(*walk(1, WALK[:5]), *walk(9, WALK[5:], first=6), *walk(2, FAR))

    score = score_tracks(TRUE, ours, python=python)

    # Of 20 boxes one is a switch; 15 carry the identity that fits best. HOTA's part of identities: the first
    # object's are 5 / 10 right, the second's all: (10 × 0.5 + 10 × 1) / 20.
    assert figures(score) == {"mota": 0.95, "idf1": 0.75, "deta": 1.0, "assa": 0.75, "hota": 0.866}
    assert (score.switches, score.ids) == (1, 3)


def test_what_is_missed_and_what_is_not_there_are_told_apart(python: Path) -> None:
    ghost = [(x + 800, y) for x, y in WALK[:3]]

    score = score_tracks(TRUE, rows(*walk(1, WALK), *walk(5, ghost)), python=python)

    assert (score.missed, score.false) == (10, 3)
    assert score.mota == pytest.approx(1 - 13 / 20)


@pytest.mark.parametrize(
    ("true", "ours", "mota"),
    [
        pytest.param(TRUE, rows(), 0.0, id="nothing followed"),
        pytest.param(rows(), rows(), 0.0, id="nothing at all"),
    ],
)
def test_nothing_is_no_failure(python: Path, true: MotRows, ours: MotRows, mota: float) -> None:
    assert score_tracks(true, ours, python=python).mota == mota


def test_what_does_not_count_is_neither_missed_nor_wrong(python: Path) -> None:
    half = replace(TRUE, counts=TRUE.ids == 1)

    followed, left = (score_tracks(half, ours, python=python) for ours in (TRUE, rows(*walk(1, WALK))))

    assert figures(followed) == figures(left) == dict.fromkeys(("mota", "idf1", "hota", "deta", "assa"), 1.0)
    assert followed.boxes == 10


def test_boxes_that_nobody_can_see_may_be_left_out() -> None:
    true = replace(TRUE, visible=np.where(TRUE.ids == 1, 1.0, 0.2))

    left, ours = judged(true, TRUE, least_visible=0.5)

    assert set(left.ids.tolist()) == set(ours.ids.tolist()) == {1}
    assert len(judged(true, TRUE)[0]) == 20


def test_a_track_on_one_that_counts_is_kept_though_another_does_not() -> None:
    true = rows((1, 1, 0, 0, 30, 60), (1, 2, 4, 0, 34, 60))

    _, ours = judged(replace(true, counts=np.array([True, False])), rows((1, 7, 2, 0, 32, 60)))

    assert ours.ids.tolist() == [7]


def test_an_interpreter_without_the_library_is_named_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(
        ScoringError, match=r"'trackeval', which scores tracks, is in none of: .*nothing"
    ) as caught:
        score_tracks(TRUE, TRUE, python=tmp_path / "nothing")

    assert "make scoring" in caught.value.cure


def test_a_library_that_fails_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text(
        f'#!/bin/sh\n[ "$2" = -c ] || exec {sys.executable} -c "raise OSError(17)"\n', encoding="utf-8"
    )
    broken.chmod(0o755)

    with pytest.raises(ScoringError, match="could not be scored: OSError: 17"):
        score_tracks(TRUE, TRUE, python=broken)
