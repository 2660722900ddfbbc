"""The page on accuracy: what it says of what was measured."""

from pathlib import Path

import pytest

from models.scoring.judge import Score
from models.scoring.types import Cell, Comparison, Crossing, Difference, Figures
from scripts.accuracy.films import Counts, Film
from scripts.accuracy.plaza import TALLY, Plaza
from scripts.accuracy.scenarios import Measured, SpeedPair
from scripts.accuracy.write import Page, page
from simulators.street.scenario import load_scenario

NOWHERE = Path("nowhere")


def measured(name: str, *, errors: int = 0, true: int = 100, differences: tuple[Difference, ...] = ()) -> Measured:
    figures = Figures(true, true - errors, errors, errors)
    comparison = Comparison((), {"people": figures, "all": figures}, (), differences)
    return Measured(
        name,
        load_scenario(name),
        7,
        60.0,
        Score("the simulator", None, comparison, (), 0),
        comparison,
        {"people": SpeedPair(1.3, 1.25, 40)},
        Film(NOWHERE, NOWHERE, NOWHERE),
        Counts(NOWHERE, NOWHERE, NOWHERE),
    )


def written(*scenarios: Measured, plaza: tuple[Plaza, ...] = ()) -> str:
    return page(Page(scenarios, scenarios[:1], plaza, (), (), 60.0))


@pytest.mark.parametrize(
    ("errors", "said"),
    [
        pytest.param(3, "| 100 → 97 | 97.0 % |", id="at the bar"),
        pytest.param(4, "| 100 → 96 | **96.0 %** |", id="below the bar"),
    ],
)
def test_a_figure_below_its_bar_is_in_bold(errors: int, said: str) -> None:
    assert said in written(measured("plain", errors=errors))


def test_a_group_of_which_nobody_came_has_no_figure() -> None:
    assert "| plain | moderate | 100 → 100 | 100.0 % | – | – | – | – |" in written(measured("plain"))


def test_the_moderate_street_is_summed_over_its_seeds() -> None:
    assert "**5 errors in 200 crossings" in page(
        Page([], [measured("plain", errors=2), measured("plain", errors=3)], (), (), (), 60.0)
    )


def test_every_wrong_crossing_is_named_with_its_reason() -> None:
    missed = Difference("miss", Crossing(12.34, "mid", "person", "in", 3), None, "hidden near the line", 1)

    assert "| plain | 7 | 12.3 s | mid | miss | person in | – | hidden near the line |" in written(
        measured("plain", errors=1, differences=(missed,))
    )


def test_the_plaza_stands_beside_its_truth() -> None:
    figures = {"in": Figures(14, 14, 0, 0), "out": Figures(18, 17, 1, 1)}
    cells = tuple(Cell("x384", "person", way, one) for way, one in figures.items())
    plaza = Plaza(7.0, Comparison(cells, {"all": figures["in"] + figures["out"]}, (), ()), 5.8)

    text = written(measured("plain"), plaza=(plaza,))

    assert "| 7 | x384 | 14 → 14 | 18 → 17 |" in text
    assert "1 errors in 32 crossings, and 5.80 people in the picture" in text


def test_the_plaza_s_tally_ships_with_the_command_that_reads_it() -> None:
    assert TALLY.is_file()
