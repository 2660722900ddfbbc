import json
import textwrap
from pathlib import Path

import pytest

from cityedge import settings
from cityedge.cli import main
from cityedge.config_check import settings_type

GOOD = "site: a\ngateway: b\n"
BAD = "site: a\ngatway: b\n\nmodle: c\n"


@pytest.mark.parametrize("kind", ["gateway", "cloud"])
def test_the_sample_is_a_file_that_can_be_used(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "sample", kind]) == 0

    settings.parse(capsys.readouterr().out, settings_type(kind), name="sample")


@pytest.mark.parametrize("kind", ["gateway", "cloud"])
def test_the_schema_names_every_key(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "schema", kind]) == 0

    schema = json.loads(capsys.readouterr().out)
    (top,) = [part for name, part in schema["$defs"].items() if name.lower() == f"{kind}settings"]
    assert set(top["properties"]) == set(settings_type(kind).__struct_fields__)


def test_a_file_that_can_be_used_is_ok(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gateway.yaml"
    file.write_text(GOOD, encoding="utf-8")

    assert main(["config", "check", "gateway", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: ok\n"


def test_a_file_that_cannot_is_a_problem_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gateway.yaml"
    file.write_text(BAD, encoding="utf-8")

    assert main(["config", "check", "gateway", str(file)]) == 1
    assert capsys.readouterr().out == textwrap.dedent(f"""\
        {file}:2: gatway: unknown key; did you mean 'gateway'?
        {file}:4: modle: unknown key; did you mean 'model'?
        """)


def test_programs_get_the_same_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gateway.yaml"
    file.write_text(BAD, encoding="utf-8")

    assert main(["config", "check", "gateway", str(file), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)

    assert (said["file"], said["ok"], len(said["problems"])) == (str(file), False, 2)


def test_a_file_that_is_not_there_is_a_problem_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "check", "cloud", str(tmp_path / "no.yaml")]) == 1
    assert "cannot be read: No such file or directory" in capsys.readouterr().out
