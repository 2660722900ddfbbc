"""``cityedge models score``, as a user calls it: a street that is filmed, counted and judged."""

import contextlib
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cityedge.cli import main
from tests.support.real_models import nanodet_folder

PLACES = ["--line", "mid=0.5,0,0.5,1", "--zone", "all=0,0;1,0;1,1;0,1"]
TALLY = "windows: [{start_s: 0, end_s: 60, counts: [{line: mid, class: people, in: 1, out: 0}]}]"
CROSSING = {"time_s": 1.0, "line": "mid", "class": "person", "direction": "in", "track": 1}
ROWS = "1,7,30,20,20,60\n2,7,130,20,20,60\n"


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of the street, filmed, and counted by the real pipeline: a folder of files."""
    nanodet_folder()
    folder = tmp_path_factory.mktemp("street")
    film = str(folder / "street.mp4")
    truth = ["--truth", str(folder / "truth.json"), "--mot", str(folder / "boxes.txt")]
    counts = ["--tracks", str(folder / "tracks.txt"), "--crossings", str(folder / "crossings.jsonl"), "--json"]
    assert main(["sim", "street", "--seed", "2", "--duration", "30", "--video", film, *truth, *PLACES]) == 0
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["edge", "count", film, *PLACES, *counts]) == 0
    (folder / "counts.json").write_text(out.getvalue(), encoding="utf-8")
    return folder


def words(folder: Path, **files: str) -> list[str]:
    """``--truth FILE …`` for files of a folder."""
    return [word for flag, name in files.items() for word in (f"--{flag}", str(folder / name))]


def judged(capsys: pytest.CaptureFixture[str], *given: str) -> Any:
    assert main(["models", "score", *given, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def shares(tracking: Mapping[str, float]) -> list[float]:
    return [tracking[name] for name in ("mota", "idf1", "hota")]


def test_a_street_is_judged_from_the_files_that_were_written(
    street: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    counted = words(street, tracks="tracks.txt", crossings="crossings.jsonl", counts="counts.json")

    score = judged(capsys, *words(street, truth="truth.json", boxes="boxes.txt"), *counted)

    assert score["crossings"]["groups"]["all"]["true"] >= 5
    assert score["crossings"]["groups"]["all"]["accuracy"] >= 0.7
    assert min(shares(score["tracking"])) > 0.3
    assert abs(next(zone["error"] for zone in score["zones"] if zone["class"] == "person")) < 1.0


def test_the_detector_is_judged_on_the_same_film_class_by_class(
    street: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--pictures", str(street / "street.mp4"), "--truth", str(street / "boxes.txt"), "--every", "15"]

    assert main(["models", "evaluate", "nanodet-m-416", *given, "--json"]) == 0

    classes = json.loads(capsys.readouterr().out)["classes"]
    assert {"person", "motorcycle", "car"} <= set(classes)
    assert classes["person"]["ap"] > 0.5


def test_the_truth_is_perfect_beside_itself(
    street: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    truth = json.loads((street / "truth.json").read_text(encoding="utf-8"))
    rows = [json.dumps({**row, "track": row["object"]}) for row in truth["crossings"]]
    (tmp_path / "c.jsonl").write_text("\n".join(rows), encoding="utf-8")
    counted = words(street, tracks="boxes.txt") + words(tmp_path, crossings="c.jsonl")

    score = judged(capsys, *words(street, truth="truth.json", boxes="boxes.txt"), *counted)

    assert shares(score["tracking"]) == [1.0, 1.0, 1.0]
    assert score["tracking"]["switches"] == 0
    assert {figures["accuracy"] for figures in score["crossings"]["groups"].values()} == {1.0}
    assert score["crossings"]["differences"] == []


def test_crossings_derived_from_the_true_boxes_are_those_that_the_simulator_knows(
    street: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    truth = json.loads((street / "truth.json").read_text(encoding="utf-8"))
    derived = judged(
        capsys,
        *words(street, truth="boxes.txt", crossings="crossings.jsonl", video="street.mp4"),
        *("--fps", str(truth["fps"]), "--near-s", "3"),
        *PLACES,
    )

    cells = {
        (name, way): number
        for name, ways in truth["lines"]["mid"].items()
        for way, number in ways.items()
        if number
    }
    assert {(c["class"], c["direction"]): c["true"] for c in derived["crossings"]["cells"] if c["true"]} == cells


def test_the_report_shows_what_is_wrong_and_is_the_same_on_every_run(street: Path, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    given = words(street, truth="truth.json", boxes="boxes.txt", tracks="tracks.txt", video="street.mp4")
    given += words(tmp_path, crossings="none.jsonl") + PLACES

    for name in ("one", "two"):
        assert main(["models", "score", *given, "--report", str(tmp_path / name)]) == 0

    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")} for name in ("one", "two")
    )
    missed = json.loads((street / "truth.json").read_text(encoding="utf-8"))["crossings"]
    assert sum(name.endswith("-miss.png") for name in one) == len(missed)
    assert one == two


@pytest.mark.parametrize(("least", "code"), [("0.5", 0), ("1.0", 0), ("1.01", 1)])
def test_the_exit_code_says_whether_it_is_good_enough(tmp_path: Path, least: str, code: int) -> None:
    (tmp_path / "hand.yaml").write_text(TALLY, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps(CROSSING), encoding="utf-8")

    given = words(tmp_path, truth="hand.yaml", crossings="c.jsonl")

    assert main(["models", "score", *given, "--fail-under", least]) == code


def test_a_group_that_is_not_good_enough_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hand.yaml").write_text(TALLY, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text("", encoding="utf-8")

    given = words(tmp_path, truth="hand.yaml", crossings="c.jsonl")

    assert main(["models", "score", *given, "--fail-under", "0.9"]) == 1
    assert "less than 90.0 %: people 0.0 %" in capsys.readouterr().err


def test_tracks_of_drawn_boxes_need_no_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gt.txt").write_text(ROWS, encoding="utf-8")

    score = judged(capsys, *words(tmp_path, truth="gt.txt", tracks="gt.txt"))

    assert shares(score["tracking"]) == [1.0, 1.0, 1.0]
    assert score["crossings"] is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param([], "nothing to judge", id="nothing"),
        pytest.param(["--crossings", "c", "--fail-under", "1", "--window-s", "0"], "above 0", id="no window"),
        pytest.param(["--tracks", "t", "--least-visible", "2"], "--least-visible is 0 to 1", id="a share"),
        pytest.param(["--tracks", "t", "--fail-under", "0.9"], "--fail-under judges crossings", id="tracks alone"),
        pytest.param(["--crossings", "{c}"], "--crossings: {gt} says nothing about it", id="no line"),
        pytest.param(["--counts", "{j}"], "--counts: {gt} says nothing about it", id="no zone"),
        pytest.param(
            ["--crossings", "{c}", "--line", "mid=2,0,2,1"], "'mid=2,0,2,1' is not of the form", id="line"
        ),
        pytest.param(
            ["--crossings", "{c}", "--line", "mid=0.5,0,0.5,1"], "the frame rate and the size", id="rate"
        ),
    ],
)
def test_words_that_do_not_fit_together_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: list[str], said: str
) -> None:
    files = {"gt": str(tmp_path / "gt.txt"), "c": str(tmp_path / "c.jsonl"), "j": str(tmp_path / "j.json")}
    Path(files["gt"]).write_text(ROWS, encoding="utf-8")
    Path(files["c"]).write_text(json.dumps(CROSSING), encoding="utf-8")
    Path(files["j"]).write_text('{"lines": {}, "zones": {}, "frames": 2}', encoding="utf-8")

    assert main(["models", "score", "--truth", files["gt"], *(word.format(**files) for word in given)]) == 2

    assert said.format(**files) in capsys.readouterr().err
