"""What somebody counted by hand."""

from pathlib import Path

import pytest

from cityedge.errors import ConfigError
from models.scoring.tally import compare, read
from models.scoring.types import ALL
from tests.support.crossings import crossing

TALLY = """\
windows:
  - start_s: 0
    end_s: 60
    counts:
      - {line: mid, class: motorcycle, in: 2, out: 0}
      - {line: mid, class: four-wheelers, in: 1, out: 1}
  - start_s: 60
    end_s: 120
    counts:
      - {line: mid, class: motorcycle, in: 1, out: 0}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "tally.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_counts_are_compared_window_by_window(tmp_path: Path) -> None:
    counted = [crossing(t, "motorcycle") for t in (5.0, 61.0, 62.0)]

    found = compare(read(write(tmp_path, TALLY)), counted)

    (cell,) = [c for c in found.cells if (c.class_, c.direction) == ("motorcycle", "in")]
    assert (cell.figures.true, cell.figures.counted) == (3, 3)
    assert (cell.figures.total_errors, cell.figures.window_errors) == (0, 2)
    assert [(w.start_s, w.end_s, w.figures.window_errors) for w in found.windows] == [(0, 60, 3), (60, 120, 1)]


def test_a_group_counts_its_classes_together(tmp_path: Path) -> None:
    counted = [
        crossing(1, "bus"),
        crossing(2, "truck", "out"),
        crossing(3, "motorcycle"),
        crossing(4, "motorcycle"),
    ]

    found = compare(read(write(tmp_path, TALLY)), counted)

    assert found.groups["four-wheelers"].accuracy == 1.0
    assert found.groups["two-wheelers"].window_errors == 1


def test_what_is_not_listed_is_not_judged(tmp_path: Path) -> None:
    counted = [crossing(1, "person"), crossing(2, "motorcycle", line="kerb"), crossing(200, "motorcycle")]

    found = compare(read(write(tmp_path, TALLY)), counted)

    assert found.groups[ALL].counted == 0
    assert "people" not in found.groups
    assert (found.differences, found.moments) == ((), False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("in: 2,", "inn: 2,", r"tally\.yaml:5: .*inn: unknown key; did you mean 'in'\?", id="key"),
        pytest.param(
            "class: motorcycle, in: 2", "class: motobike, in: 2", r"tally\.yaml:5: .*'motobike'", id="class"
        ),
        pytest.param("in: 2", "in: -2", r"tally\.yaml:5: .*>= 0, got -2", id="a negative count"),
        pytest.param("end_s: 60", "end_s: 0", r"tally\.yaml:3: .*ends after it begins", id="a window without end"),
        pytest.param("start_s: 60", "start_s: 50", r"tally\.yaml:7: .*the window before ends later", id="overlap"),
        pytest.param(
            "four-wheelers", "two-wheelers", r"tally\.yaml:6: .*'two-wheelers' at 'mid' is counted al", id="2"
        ),
        pytest.param(", out: 1}", "}", r"tally\.yaml:6: .*the key 'out' is missing", id="a way is missing"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TALLY

    with pytest.raises(ConfigError, match=said):
        read(write(tmp_path, TALLY.replace(old, new, 1)))
