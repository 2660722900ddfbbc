"""The guides keep their word: commands exist, links lead somewhere, what is shown can be loaded."""

import argparse
import ast
import importlib
import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import pytest

from cityedge import cli, codec, settings
from cityedge.cli import Verb, VerbModule
from cityedge.config_check import settings_type
from cityedge.paths import REPOSITORY

PAGES: Final = sorted(
    {
        path
        for pattern in ("*.md", "*/README.md", "docs/**/*.md", "configs/**/*.md")
        for path in REPOSITORY.glob(pattern)
        if path.name != "CHANGELOG.md"
    }
)
EXAMPLES: Final = REPOSITORY / "cityedge" / "examples"
OPEN: Final = re.compile(r"^ *```(\w*)$")
EITHER: Final = re.compile(r"\s*(?:;|&&|\|\||\||>|<|#)\s*")

every_page = pytest.mark.parametrize(
    "page", [pytest.param(page, id=page.relative_to(REPOSITORY).as_posix()) for page in PAGES]
)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes:
        language: What stands behind the fence; empty for none.
        text: What is in it.
        mark: The comment on the line before it, without its brackets; empty for none.
    """

    language: str
    text: str
    mark: str


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    before, language, inside = "", None, list[str]()
    for line in page.read_text(encoding="utf-8").splitlines():
        fence = OPEN.match(line)
        if language is None and fence:
            language, inside = fence[1], []
        elif language is not None and line.strip() == "```":
            mark = re.fullmatch(r"<!-- (.*) -->", before)
            yield Block(language, "\n".join(inside) + "\n", mark[1] if mark else "")
            language, before = None, ""
        elif language is not None:
            inside.append(line)
        elif line.strip():
            before = line.strip()


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def whole_commands(page: Path) -> Iterator[str]:
    """Commands in blocks, as somebody would type them: what follows a pipe or a redirection is left out."""
    for block in blocks(page):
        if block.language in {"", "sh", "console"}:
            for line in block.text.replace("\\\n", " ").splitlines():
                words = re.sub(r"^(\$ )?(sudo (-u \w+ )?)?", "", line.strip())
                if words.startswith("cityedge "):
                    yield EITHER.split(words)[0]


def mentioned_commands(page: Path) -> Iterator[str]:
    """Commands in running text; they may leave out what does not matter there."""
    for words in re.findall(r"`(?:\.venv/bin/)?(cityedge [^`]+)`", prose(page)):
        yield EITHER.split(words)[0]


def parser_of(words: list[str]) -> tuple[argparse.ArgumentParser, list[str]]:
    """The parser of the verb that a command names, and the words behind the verb."""
    verbs: Mapping[str, Verb] = cli._VERBS
    prog, rest = "cityedge", words[1:]
    if rest[0] in cli._SIDES:
        verbs = vars(importlib.import_module(cli._SIDES[rest[0]].module))["VERBS"]
        prog, rest = f"cityedge {rest[0]}", rest[1:]
    assert rest, f"'{' '.join(words)}' names no verb"
    assert rest[0] in verbs, f"there is no '{prog} {rest[0]}'"
    parser = argparse.ArgumentParser(f"{prog} {rest[0]}")
    cast("VerbModule", importlib.import_module(verbs[rest[0]].module)).add_arguments(parser)
    return parser, rest[1:]


def cases(commands: Any) -> list[Any]:
    return [
        pytest.param(command, id=f"{page.relative_to(REPOSITORY)}: {command}")
        for page in PAGES
        for command in dict.fromkeys(commands(page))
    ]


@pytest.mark.parametrize("command", cases(whole_commands))
def test_a_command_that_is_shown_can_be_typed_as_it_stands(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if command.split()[1:] in (["--help"], ["--version"]):
        return
    parser, words = parser_of(shlex.split(command))

    assert exit_code(parser, words) == 0, capsys.readouterr().err


def exit_code(parser: argparse.ArgumentParser, words: list[str]) -> object:
    try:
        parser.parse_args(words)
    except SystemExit as end:
        return end.code
    return 0


@pytest.mark.parametrize("command", cases(mentioned_commands))
def test_a_command_that_is_mentioned_exists_with_its_options(command: str) -> None:
    words = command.replace("|", " ").split()
    if words[1] in {"…", "--help", "--version"} or (words[1] in cli._SIDES and len(words) == 2):
        return
    first = words[: 3 if words[1] in cli._SIDES else 2]
    if "," in "".join(first) or "…" in "".join(first):
        return
    parser, _ = parser_of(first)
    known = {option for action in parser._actions for option in action.option_strings}

    assert {word for word in words if word.startswith("--")} <= known


def anchors(page: Path) -> set[str]:
    """The anchors that a forge makes of a page's headings."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@every_page
def test_a_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    broken = []
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)

    assert broken == []


def configurations() -> list[Any]:
    return [
        pytest.param(block, id=f"{page.relative_to(REPOSITORY)}: {block.text.splitlines()[0]}")
        for page in PAGES
        for block in blocks(page)
        if block.language == "yaml"
    ]


@pytest.mark.parametrize("block", configurations())
def test_a_configuration_that_is_shown_can_be_loaded(block: Block) -> None:
    file, _, part = block.mark.partition(", ")
    whole = {"gateway.yaml": "site: a\ngateway: b\n", "cloud.yaml": ""}

    assert file in whole, "say before it what it is: <!-- gateway.yaml --> or <!-- cloud.yaml, part -->"

    text = whole[file] + block.text if part == "part" else block.text
    settings.parse(text, settings_type(file.removesuffix(".yaml")), name=file)


@every_page
def test_a_message_that_is_shown_is_one(page: Path) -> None:
    for block in blocks(page):
        if block.language == "json" and '"kind"' in block.text:
            assert codec.decode(block.text.encode())


def test_the_wire_shows_every_golden_example_as_it_is() -> None:
    shown = {block.mark: block.text for block in blocks(REPOSITORY / "docs" / "wire.md") if block.mark}

    assert shown == {f"example: {path.name}": path.read_text(encoding="utf-8") for path in EXAMPLES.iterdir()}


@every_page
def test_a_json_block_is_json(page: Path) -> None:
    for block in blocks(page):
        if block.language == "json":
            json.loads(block.text)


def said_in_code() -> str:
    """Every text in the product's code, with … for what is filled in."""
    texts = []
    for package in ("cityedge", "edge", "models", "cloud", "simulators"):
        for path in (REPOSITORY / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    texts.append(node.value)
                elif isinstance(node, ast.JoinedStr):
                    parts = [str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values]
                    texts.append("".join(parts))
    return "\n".join(texts)


def quoted_errors() -> list[Any]:
    """The first cells of the tables of errors: an error as it is printed, with … for what varies."""
    tables = re.compile(r"^\| (?:it says|máy báo) \|.*\n\|[-|]+\n((?:\|.*\n)+)", re.MULTILINE)
    return [
        pytest.param(error, id=f"{page.relative_to(REPOSITORY)}: {error}")
        for page in PAGES
        for table in tables.findall(prose(page) + "\n")
        for error in re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    ]


@pytest.fixture(scope="module")
def spoken() -> str:
    return said_in_code()


@pytest.mark.parametrize("error", quoted_errors())
def test_an_error_that_a_guide_explains_is_one_that_the_code_says(error: str, spoken: str) -> None:
    pieces = [piece.strip(" '") for piece in error.split("…")]

    assert [piece for piece in pieces if piece not in spoken] == []
