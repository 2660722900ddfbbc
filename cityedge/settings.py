"""Strict YAML: a file becomes one frozen type, or an error that names file, line and key.

Example of an error::

    gateway.yaml:14: cameras[0].lines[1].points: needs two points, got 1
    gateway.yaml:9: cameras[0].lins: unknown key; did you mean 'lines'?

Settings types are msgspec Structs. A type that checks itself raises ``ValueError("field: what is wrong")`` in
``__post_init__``; the field's name leads to its line. A pattern says in ``Meta.description`` what it needs.
"""

from pathlib import Path
from typing import TypeVar

import msgspec

from cityedge import wording, yaml_tree
from cityedge.errors import ConfigError
from cityedge.plain import Plain, and_parents, value_at
from cityedge.type_walk import Misfit, kind_at, misfits
from cityedge.yaml_tree import Document

T = TypeVar("T")


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
    except OSError as error:
        raise ConfigError([f"{path}: cannot be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: cannot be read: is not UTF-8 text"]) from error
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
    document = yaml_tree.read(text, name=name)
    unfit = [_at(misfit.path, _say(misfit), document, name) for misfit in misfits(document.tree, kind)]
    problems = [*document.problems, *unfit]
    if problems:
        raise ConfigError(problems)
    try:
        return _converted(document.tree, kind)
    except _UnfitError as error:
        raise ConfigError([_at(error.path, error.what, document, name)]) from error


def convert(tree: Plain, kind: type[T], *, name: str) -> T:
    """Make a settings type of plain data that comes from elsewhere than a file.

    Args:
        tree: Plain data.
        kind: A msgspec Struct type.
        name: What to call the data in errors: the words of a command, for example.

    Returns:
        The settings.

    Raises:
        ConfigError: ``name: key: what is wrong``, for all unknown keys, or for the first other problem.
    """
    problems = [f"{name}: {misfit.path}: {_say(misfit)}" for misfit in misfits(tree, kind)]
    if problems:
        raise ConfigError(problems)
    try:
        return _converted(tree, kind)
    except _UnfitError as error:
        at = f"{name}: {error.path}" if error.path else name
        raise ConfigError([f"{at}: {error.what}"]) from error


class _UnfitError(Exception):
    """A value does not fit its type; ``path`` says which, ``what`` why in plain words."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.path = path
        self.what = what


def _converted(tree: Plain, kind: type[T]) -> T:
    try:
        return msgspec.convert(tree, kind, strict=True)
    except msgspec.ValidationError as error:
        path, what = wording.split(str(error))
        said = wording.plainly(what, value=value_at(tree, path), kind=kind_at(tree, kind, path))
        raise _UnfitError(path, said) from error


def _say(misfit: Misfit) -> str:
    if misfit.what == "nothing":
        return "nothing stands below it; write its keys, or {} for what they are by default, or leave it out"
    if misfit.what == "value":
        return wording.unknown(misfit.word, misfit.known)
    return f"unknown key; {wording.nearest(str(misfit.word), sorted(misfit.known))}"


def _at(path: str, what: str, document: Document, name: str) -> str:
    line = next(document.lines[p] for p in and_parents(path) if p in document.lines)
    return f"{name}:{line}: {path}: {what}" if path else f"{name}:{line}: {what}"
