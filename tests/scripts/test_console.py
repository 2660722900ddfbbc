import sys
from pathlib import Path

import pytest

from scripts.setup.console import run_logged, step
from scripts.setup.errors import SetupError


def test_what_a_command_prints_goes_to_the_log_and_not_to_the_screen(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "made" / "log"

    run_logged([sys.executable, "-c", "print('noise')"], log)

    assert "noise" in log.read_text(encoding="utf-8")
    assert capfd.readouterr() == ("", "")


def test_a_failing_command_shows_the_end_of_what_it_said_and_where_the_rest_is(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("from an earlier run\n", encoding="utf-8")

    with pytest.raises(SetupError, match=r"exit code 3:\nno such wheel") as caught:
        run_logged([sys.executable, "-c", "print('no such wheel'); raise SystemExit(3)"], log)

    assert str(log) in caught.value.cure
    assert "earlier" not in caught.value.message


def test_a_step_says_that_it_began_and_that_it_is_done(capfd: pytest.CaptureFixture[str]) -> None:
    with step("Python packages"):
        began = capfd.readouterr().err

    assert began == "set-up: Python packages …\n"
    assert capfd.readouterr().err == "set-up: Python packages: done in 0 s\n"
