"""Everything that was counted beside everything that is true."""

import pytest

from models.errors import TruthError
from models.scoring.counted import Counts
from models.scoring.judge import Counted, Rules, judge
from models.scoring.occupancy import ZoneUse
from models.scoring.tally import Tally, TallyRow, TallyWindow
from models.scoring.truth import Truth
from models.scoring.types import ALL
from tests.support.crossings import crossing, rows, walk

BOXES = rows(*walk(1, [(10.0, 80.0), (20.0, 80.0)]))
TRUTH = Truth(
    "somebody",
    crossings=(crossing(10), crossing(70)),
    judged=frozenset({("mid", "car")}),
    zones={"all": {"car": ZoneUse(1.0)}},
    boxes=BOXES,
)
COUNTS = Counts(("mid",), {"all": {"car": ZoneUse(1.5)}}, frames=2)


def test_all_that_both_know_is_judged() -> None:
    score = judge(TRUTH, Counted(BOXES, [crossing(10.1), crossing(70.2)], COUNTS))

    assert score.tracking is not None
    assert score.tracking.idf1 == 1.0
    assert score.crossings is not None
    assert score.crossings.groups[ALL].accuracy == 1.0
    assert [zone.error for zone in score.zones] == [0.5]


def test_what_was_not_given_is_not_judged() -> None:
    score = judge(TRUTH, Counted())

    assert (score.tracking, score.crossings, score.zones, score.unjudged) == (None, None, (), 0)


def test_what_the_truth_does_not_speak_of_is_left_out_and_said() -> None:
    score = judge(TRUTH, Counted(crossings=[crossing(10), crossing(70), crossing(5, "person")]))

    assert score.crossings is not None
    assert score.crossings.groups[ALL].window_errors == 0
    assert score.unjudged == 1


def test_the_rules_are_kept() -> None:
    score = judge(TRUTH, Counted(crossings=[crossing(13), crossing(73)]), Rules(window_s=1000, near_s=5))

    assert score.crossings is not None
    assert score.crossings.differences == ()
    assert len(score.crossings.windows) == 1


def test_a_tally_judges_its_own_windows() -> None:
    row = TallyRow(line="mid", class_="car", in_=1, out=0)
    truth = Truth("a tally", tally=Tally(windows=(TallyWindow(start_s=0, end_s=60, counts=(row,)),)))

    score = judge(truth, Counted(crossings=[crossing(10), crossing(70)]))

    assert score.crossings is not None
    assert score.crossings.groups[ALL].accuracy == 1.0
    assert score.unjudged == 1


def test_a_line_that_was_not_counted_at_is_named() -> None:
    counts = Counts(("gate", "kerb"), {}, frames=2)

    with pytest.raises(TruthError, match="the truth speaks of line 'mid'; counted was at: gate, kerb"):
        judge(TRUTH, Counted(crossings=[], counts=counts))
