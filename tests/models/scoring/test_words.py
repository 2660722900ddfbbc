"""A score as tables and as data."""

import json

from models.scoring.crossings import compare
from models.scoring.judge import Score
from models.scoring.occupancy import ZoneScore, ZoneUse
from models.scoring.tracking import TrackingScore
from models.scoring.words import crossing_rows, markdown, plain, share, table
from tests.support.crossings import crossing

SCORE = Score(
    truth="somebody",
    tracking=TrackingScore(0.8, 0.81, 0.6, 0.7, 0.5, 9, 90, 40, 30, 24, 19, 400),
    crossings=compare([crossing(10), crossing(20)], [crossing(10.1, who=5), crossing(20, "bus", who=6)]),
    zones=(ZoneScore("plaza", "person", ZoneUse(5.63, 8), ZoneUse(5.9, 9, 25, 25)),),
    unjudged=3,
)


def test_the_table_says_all_of_it() -> None:
    said = table(SCORE)

    assert "What is true is said by somebody." in said
    assert "3 crossings were counted where the truth says nothing" in said
    assert "0.800  0.810  0.600" in said
    assert "mid   car            in   2     1        1             1              50.0 %" in said
    assert "20.0 s  mid   wrong class  car in  bus in   counted as bus" in said
    assert "plaza  person  5.63       5.90          +0.27" in said


def test_what_could_not_be_judged_is_not_in_the_table() -> None:
    assert table(Score("somebody", None, None, (), 0)) == "What is true is said by somebody."


def test_the_data_hold_the_same_and_are_json() -> None:
    data = json.loads(json.dumps(plain(SCORE)))

    assert data["tracking"]["hota"] == 0.6
    assert data["crossings"]["groups"]["all"] == {
        "true": 2,
        "counted": 2,
        "total_errors": 2,
        "window_errors": 2,
        "accuracy": 0.0,
    }
    (wrong,) = data["crossings"]["differences"]
    assert (wrong["kind"], wrong["true"]["object"], wrong["counted"]["track"]) == ("wrong class", 1, 6)
    assert data["zones"][0]["true"]["occupancy_mean"] == 5.63


def test_what_was_not_judged_is_none_in_the_data() -> None:
    assert plain(Score("somebody", None, None, (), 0)) == {
        "truth": "somebody",
        "tracking": None,
        "crossings": None,
        "zones": [],
        "unjudged": 0,
    }


def test_rows_in_which_nothing_was_are_left_out() -> None:
    rows = crossing_rows(compare([crossing(1)], [crossing(1)], judged=[("mid", "bus")]))

    assert [row[1] for row in rows] == ["class", "car", "four-wheelers", "all"]


def test_a_table_is_written_as_markdown() -> None:
    assert markdown([("a", "b"), ("1", "2")]) == ["| a | b |", "|---|---|", "| 1 | 2 |"]


def test_a_share_is_a_percentage_and_a_dash_where_there_is_none() -> None:
    assert (share(0.973), share(-1.0), share(None)) == ("97.3 %", "-100.0 %", "–")
