"""Strict YAML: a file becomes one frozen type, or an error that names file, line and key.

Example of an error::

    gateway.yaml:14: cameras[0].lines[1].points: needs two points, got 1
    gateway.yaml:9: cameras[0].lins: unknown key; did you mean 'lines'?

Settings types are msgspec Structs. A type that checks itself raises ``ValueError("field: what is wrong")`` in
``__post_init__``; the field's name leads to its line.
"""

import difflib
import re
import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, TypeVar, Union

import msgspec
import yaml

from cityedge.errors import ConfigError

T = TypeVar("T")

_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$?(?P<path>[^`]*)`)?$", re.DOTALL)
_OWN_FIELD = re.compile(r"^(?P<field>[A-Za-z_][\w.\[\]]*): (?P<what>.*)$", re.DOTALL)
_UNION: Final = (Union, types.UnionType)


@dataclass(frozen=True)
class _Document:
    """A parsed file.

    Attributes:
        tree: Plain dicts, lists and scalars.
        lines: Line number, from 1, by dotted path; the root is the empty path.
        problems: What was wrong already while parsing (duplicate keys).
    """

    tree: object
    lines: dict[str, int]
    problems: list[str]


def load(path: Path, kind: type[T]) -> T:
    """Read a YAML file into a settings type.

    Args:
        path: The file.
        kind: A msgspec Struct type.

    Returns:
        The settings.

    Raises:
        ConfigError: The file cannot be read, is not YAML, has an unknown or a duplicate key, or a value that
            does not fit. All unknown keys are named at once; of the other problems the first.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8 text"
        raise ConfigError([f"{path}: cannot be read: {reason}"]) from error
    return parse(text, kind, name=str(path))


def parse(text: str, kind: type[T], *, name: str) -> T:
    """Read YAML text into a settings type.

    Args:
        text: The YAML.
        kind: A msgspec Struct type.
        name: What to call the text in errors: a file's path.

    Returns:
        The settings.

    Raises:
        ConfigError: As for :func:`load`.
    """
    document = _compose(text, name)
    problems = document.problems + list(_unknown_keys(document, kind, name))
    if problems:
        raise ConfigError(problems)
    try:
        return msgspec.convert(document.tree, kind, strict=True)
    except msgspec.ValidationError as error:
        raise ConfigError([_explain(str(error), document, name)]) from error


def _compose(text: str, name: str) -> _Document:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"{name}:{mark.line + 1}" if mark else name
        raise ConfigError([f"{at}: not readable as YAML: {error.problem}"]) from error
    except yaml.YAMLError as error:
        raise ConfigError([f"{name}: not readable as YAML: {error}"]) from error
    lines = {"": 1}
    problems: list[str] = []
    if node is None:
        return _Document({}, lines, problems)
    _walk_lines(node, "", lines, problems, name)
    return _Document(yaml.safe_load(text), lines, problems)


def _walk_lines(node: yaml.Node, path: str, lines: dict[str, int], problems: list[str], name: str) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            inner = _join(path, str(key.value))
            lines[inner] = key.start_mark.line + 1
            if key.value in seen:
                problems.append(f"{name}:{lines[inner]}: {inner}: the key stands here twice")
            seen.add(key.value)
            _walk_lines(value, inner, lines, problems, name)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk_lines(value, f"{path}[{index}]", lines, problems, name)


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _unknown_keys(document: _Document, kind: object, name: str) -> "typing.Iterator[str]":
    for path, key, known in _unknown(document.tree, kind, ""):
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
        advice = f"did you mean '{near[0]}'?" if near else f"known here: {', '.join(sorted(known))}"
        inner = _join(path, key)
        yield f"{name}:{document.lines.get(inner, 1)}: {inner}: unknown key; {advice}"


def _unknown(tree: object, kind: object, path: str) -> "typing.Iterator[tuple[str, str, list[str]]]":
    """Unknown keys as (path, key, known keys), walking the tree beside its type."""
    kind = _matching(tree, kind)
    if isinstance(tree, dict) and isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        fields = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
        tag = kind.__struct_config__.tag_field
        for key, value in tree.items():
            if key in fields:
                yield from _unknown(value, fields[key], _join(path, key))
            elif key != tag:
                yield path, str(key), [*fields, *([tag] if tag else [])]
        return
    arguments = typing.get_args(kind)
    if isinstance(tree, list) and arguments:
        for index, value in enumerate(tree):
            yield from _unknown(value, arguments[0], f"{path}[{index}]")
    elif isinstance(tree, dict) and len(arguments) == 2:  # noqa: PLR2004 - dict[key, value]
        for key, value in tree.items():
            yield from _unknown(value, arguments[1], _join(path, str(key)))


def _matching(tree: object, kind: object) -> object:
    """The member of a union that a value is meant for, bare of Annotated."""
    if typing.get_origin(kind) is Annotated:
        return _matching(tree, typing.get_args(kind)[0])
    if typing.get_origin(kind) not in _UNION:
        return kind
    members = [_matching(tree, member) for member in typing.get_args(kind)]
    structs = [m for m in members if isinstance(m, type) and issubclass(m, msgspec.Struct)]
    if not isinstance(tree, dict) or not structs:
        return next((m for m in members if isinstance(tree, list) and typing.get_args(m)), members[0])
    tagged = [m for m in structs if m.__struct_config__.tag_field]
    for member in tagged:
        config = member.__struct_config__
        if tree.get(str(config.tag_field)) == config.tag:
            return member
    return structs[0]


def _explain(error: str, document: _Document, name: str) -> str:
    match = _AT.match(error)
    what, path = (match["what"], match["path"] or "") if match else (error, "")
    path = path.removeprefix(".").replace("[...]", "")
    own = _OWN_FIELD.match(what)
    if own:
        path, what = _join(path, own["field"]), own["what"]
    line = next(document.lines[p] for p in _and_parents(path) if p in document.lines)
    return f"{name}:{line}: {path}: {what}" if path else f"{name}:{line}: {what}"


def _and_parents(path: str) -> "typing.Iterator[str]":
    while path:
        yield path
        path = re.sub(r"(\.[^.\[]*|\[\d+\]|^[^.\[]*)$", "", path)
    yield ""
