import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

from cityedge import __version__
from cityedge.paths import REPOSITORY

HEAVY = {
    "edge": {"av", "cv2", "onnx", "onnxruntime"},
    "cloud": {"duckdb", "fastapi", "influxdb_client", "nicegui", "uvicorn"},
    "sim": {"iotcore"},
}
ALL_HEAVY = HEAVY["edge"] | HEAVY["cloud"] | HEAVY["sim"]
OURS = {"edge", "models", "cloud", "simulators"}
MAY_LOAD = {
    "edge": {"edge", "models"},
    "models": {"models"},
    "cloud": {"cloud"},
    "sim": {"simulators"},
    "config": set[str](),
}


def run(*words: str, path: Sequence[Path] = (), stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own; folders in ``path`` come before ours."""
    search = os.pathsep.join(map(str, [*path, REPOSITORY]))
    return subprocess.run(
        [sys.executable, "-P", "-m", "cityedge", *words],
        env={**os.environ, "PYTHONPATH": search},
        cwd=Path(__file__).parent,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def loaded_by(*commands: Sequence[str]) -> set[str]:
    """The top-level packages that are loaded when one process has run these commands."""
    program = textwrap.dedent("""\
        import contextlib, json, sys
        from cityedge.cli import main
        for command in json.loads(sys.argv[1]):
            with contextlib.suppress(SystemExit):
                main(command)
        print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
        """)
    said = subprocess.run(
        [sys.executable, "-c", program, json.dumps(commands)],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(said.stdout.splitlines()[-1]))


def verbs_of(side: str) -> list[str]:
    lines = run(side, "--help").stdout.splitlines()
    return [line.split()[0] for line in lines if line.startswith("  ") and line.strip()]


@pytest.fixture
def made_up(tmp_path: Path) -> Path:
    """A folder with an ``edge`` package of our own, whose verbs end in every way that there is."""
    package = tmp_path / "edge"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    ends = {
        "good": "return 0",
        "found": "return 1",
        "fails": "raise CityEdgeError('the camera is gone', cure='Plug it in.')",
        "lost": "raise CityEdgeError('nothing to be done')",
        "wrong": "raise UsageError('that makes no sense')",
        "interrupted": "raise KeyboardInterrupt",
        "needy": "import package_that_nobody_has",
        "broken": "import edge.module_that_was_forgotten",
        "told": "print(args.word); return 0",
    }
    for name, end in ends.items():
        (package / f"{name}.py").write_text(
            "from cityedge.errors import CityEdgeError, UsageError\n"
            "def add_arguments(parser):\n    parser.add_argument('--word')\n"
            f"def run(args):\n    {end}\n",
            encoding="utf-8",
        )
    verbs = ", ".join(f"'{name}': Verb('edge.{name}', 'does {name}')" for name in ends)
    (package / "cli.py").write_text(f"from cityedge.cli import Verb\nVERBS = {{{verbs}}}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("verb", "code", "stderr"),
    [
        pytest.param("good", 0, "", id="ok"),
        pytest.param("found", 1, "", id="a problem was found"),
        pytest.param("fails", 1, "cityedge: the camera is gone\n  → Plug it in.\n", id="what stops it, with cure"),
        pytest.param("lost", 1, "cityedge: nothing to be done\n", id="what stops it, without"),
        pytest.param("wrong", 2, "cityedge: that makes no sense\n", id="called wrongly"),
        pytest.param("interrupted", 130, "cityedge: stopped\n", id="interrupted"),
        pytest.param(
            "needy",
            1,
            "cityedge: this command needs the Python package 'package_that_nobody_has', which is not installed\n"
            "  → Install the extra that brings it: pip install 'cityedge[edge]'\n",
            id="a missing extra",
        ),
    ],
)
def test_the_way_a_verb_ends_is_the_exit_code_and_one_plain_message(
    made_up: Path, verb: str, code: int, stderr: str
) -> None:
    said = run("edge", verb, path=[made_up])

    assert (said.returncode, said.stderr) == (code, stderr)


def test_a_module_of_ours_that_is_missing_is_our_fault_and_shows_its_trace(made_up: Path) -> None:
    said = run("edge", "broken", path=[made_up])

    assert said.returncode == 1
    assert "Traceback" in said.stderr


def test_a_verb_gets_its_words(made_up: Path) -> None:
    assert run("edge", "told", "--word", "hello", path=[made_up]).stdout == "hello\n"


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        pytest.param(["egde"], "cityedge: there is no verb 'egde'; did you mean 'edge'?", id="unknown side"),
        pytest.param(
            ["config", "sampel"],
            "cityedge config: there is no verb 'sampel'; did you mean 'sample'?",
            id="unknown verb",
        ),
        pytest.param([], "usage: cityedge VERB", id="no words"),
        pytest.param(["config"], "usage: cityedge config VERB", id="a side alone"),
        pytest.param(["config", "sample", "gatway"], "invalid choice: 'gatway'", id="a wrong argument"),
        pytest.param(["config", "sample", "--nope"], "usage: cityedge config sample", id="a wrong option"),
    ],
)
def test_bad_use_ends_with_2_and_says_what_there_is(words: list[str], advice: str) -> None:
    said = run(*words)

    assert said.returncode == 2
    assert said.stdout == ""
    assert advice in said.stderr


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["config", "--help"], ["config", "sample", "--help"]])
def test_help_that_was_asked_for_is_no_error(words: list[str]) -> None:
    said = run(*words)

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("usage: cityedge")


def test_the_version_is_the_packages() -> None:
    assert run("--version").stdout == f"cityedge {__version__}\n"


def test_a_reader_that_leaves_early_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        said = run("config", "sample", "gateway", stdout=writer)
    finally:
        os.close(writer)

    assert (said.returncode, said.stderr) == (0, "")


def test_looking_around_loads_nothing_heavy() -> None:
    looks = [["--help"], ["--version"], ["config", "sample", "gateway"], ["config", "schema", "cloud"]]
    looks += [[side, "--help"] for side in MAY_LOAD]

    assert loaded_by(*looks) & ALL_HEAVY == set()


@pytest.mark.parametrize("side", MAY_LOAD)
def test_a_side_loads_no_other_side(side: str) -> None:
    may_use = {"models": {"edge"}, "sim": {"sim", "edge"}}.get(side, {side})
    strangers = (OURS - MAY_LOAD[side]).union(*(heavy for name, heavy in HEAVY.items() if name not in may_use))

    verbs = verbs_of(side)

    assert verbs
    assert loaded_by(*([side, verb, "--help"] for verb in verbs)) & strangers == set()
