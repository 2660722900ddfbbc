"""The verbs of ``cityedge models``, as a user calls them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import msgspec
import pytest

from cityedge.cli import main
from models import golden, registry
from models.card import Card
from tests.support.real_models import nanodet_folder


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def in_empty_cache(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, on a machine that has no models."""
    return subprocess.run(
        [sys.executable, "-m", "cityedge", "models", *words],
        env={**os.environ, "CITYEDGE_CACHE": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_list_shows_every_model_the_default_first(capsys: pytest.CaptureFixture[str]) -> None:
    nanodet_folder()

    assert main(["models", "list", "--json"]) == 0

    models = said(capsys)
    assert [model["name"] for model in models] == list(registry.names())
    assert (models[0]["default"], models[0]["present"], models[0]["source"]) == (True, True, "npm")
    assert models[0]["licences"] == ["MIT", "Apache-2.0"]


def test_list_is_readable_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0

    assert "nanodet-m-416   here      MIT and Apache-2.0" in capsys.readouterr().out


def test_list_prints_a_card_that_can_be_read_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--card", "yolox-nano-416"]) == 0

    card = msgspec.yaml.decode(capsys.readouterr().out, type=Card)
    assert card == registry.card("yolox-nano-416")


def test_check_accepts_the_default_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "check", "--json", registry.DEFAULT]) == 0

    (verdict,) = said(capsys)
    assert verdict["fits"]
    assert "golden outputs" in verdict["text"]


def test_check_prints_golden_outputs_as_the_card_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "check", "--golden", registry.DEFAULT]) == 0

    printed = msgspec.yaml.decode(capsys.readouterr().out)["golden"]
    expected = registry.card(registry.DEFAULT).golden
    assert printed.keys() == expected.keys()
    assert printed["cls32"]["peak"] == pytest.approx(expected["cls32"].peak, abs=1e-3)


def test_check_on_a_machine_without_models_exits_with_1_and_says_what_to_do(tmp_path: Path) -> None:
    done = in_empty_cache(tmp_path, "check")

    assert done.returncode == 1
    assert "Run: cityedge models pull nanodet-m-416" in done.stdout


def test_bench_of_a_missing_model_exits_with_1_and_says_what_to_do(tmp_path: Path) -> None:
    done = in_empty_cache(tmp_path, "bench")

    assert done.returncode == 1
    assert "the model 'nanodet-m-416' is not on this machine" in done.stderr
    assert "→ Run: cityedge models pull nanodet-m-416" in done.stderr


def test_bench_reports_every_stage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "bench", "--rounds", "3", "--parallel", "2", "--json"]) == 0

    timing = said(capsys)
    assert (timing["model"], timing["rounds"], timing["parallel"]) == (registry.DEFAULT, 3, 2)
    assert timing["infer"]["median_ms"] > timing["prepare"]["median_ms"] > 0
    assert timing["read"]["p95_ms"] >= timing["read"]["median_ms"] > 0
    assert timing["pictures_per_s"] > 0


def test_bench_is_readable_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "bench", "--rounds", "2"]) == 0

    printed = capsys.readouterr().out
    assert "nanodet-m-416, 2 pictures of 768×576, 1 thread(s)" in printed
    assert "ms median" in printed


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """A folder of one picture, with its truth."""
    cv2.imwrite(str(tmp_path / "man.png"), golden.picture(416, 416))
    left, top, right, bottom = golden.man(416, 416).tolist()
    truth = {
        "images": [{"id": 1, "file_name": "man.png"}],
        "categories": [{"id": 1, "name": "person"}],
        "annotations": [{"image_id": 1, "category_id": 1, "bbox": [left, top, right - left, bottom - top]}],
    }
    (tmp_path / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return tmp_path


def test_evaluate_judges_a_model(drawn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--pictures", str(drawn), "--truth", str(drawn / "truth.json")]

    assert main(["models", "evaluate", registry.DEFAULT, *words, "--json"]) == 0

    evaluation = said(capsys)
    assert evaluation["pictures"] == 1
    assert evaluation["classes"]["person"] == {"ap": pytest.approx(1.0), "drawn": 1, "recall": 1.0}


def test_evaluate_is_readable_too(drawn: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--pictures", str(drawn), "--truth", str(drawn / "truth.json")]

    assert main(["models", "evaluate", registry.DEFAULT, *words]) == 0

    assert "person     1.000   1.000       1" in capsys.readouterr().out


def test_pull_of_what_is_here_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    nanodet_folder()

    assert main(["models", "pull"]) == 0

    assert "nanodet-m-416: is already here in " in capsys.readouterr().err


def test_pull_of_a_model_that_its_user_brings_says_how(tmp_path: Path) -> None:
    done = in_empty_cache(tmp_path, "pull", "yolox-nano-416")

    assert done.returncode == 1
    assert "then run: cityedge models pull yolox-nano-416 --from yolox_nano.onnx" in done.stderr


def test_pull_can_be_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    nanodet_folder()

    assert main(["models", "pull", "--quiet"]) == 0

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        pytest.param(["pull", "nanodet"], 1, "Did you mean 'nanodet-m-416'?", id="a name that is not known"),
        pytest.param(
            ["pull", "--from", "x", "yolox-nano-416", "nanodet-m-416"], 2, "one model", id="one file for two"
        ),
        pytest.param(["bench", "--rounds", "0"], 2, "1 or more", id="no rounds"),
        pytest.param(
            ["evaluate", "nanodet-m-416", "--pictures", "x", "--truth", "nowhere.txt"],
            1,
            "nowhere.txt",
            id="no truth",
        ),
        pytest.param(
            ["evaluate", "nanodet-m-416", "--pictures", "x", "--truth", "y", "--every", "0"],
            2,
            "1 or more",
            id="none",
        ),
        pytest.param(["list", "--card", "zzz"], 1, "there is no model 'zzz'", id="a card that is not known"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    words: list[str], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", *words]) == code

    assert message in capsys.readouterr().err
