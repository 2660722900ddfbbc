"""Plain data, as YAML and JSON give it, and paths into it: ``cameras[0].lines[1].points``."""

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

_STEP: Final = re.compile(r"\.?(?P<key>[^.\[\]]+)|\[(?P<index>\d+)\]")
_LAST_STEP: Final = re.compile(r"(\.[^.\[]*|\[\d+\]|^[^.\[]*)$")


def join(path: str, key: str) -> str:
    """The path of a key below a path; the root is the empty path."""
    return f"{path}.{key}" if path else key


def steps(path: str) -> Iterator[str | int]:
    """A path's keys and indices, from the root."""
    for step in _STEP.finditer(path):
        yield step["key"] if step["index"] is None else int(step["index"])


def and_parents(path: str) -> Iterator[str]:
    """A path, the path around it, and so on to the root."""
    while path:
        yield path
        shorter = _LAST_STEP.sub("", path)
        path = shorter if shorter != path else ""
    yield ""


def below(tree: Plain, step: str | int) -> Plain:
    """What stands one step down; None where nothing does."""
    if isinstance(step, int):
        return tree[step] if isinstance(tree, list) and step < len(tree) else None
    return tree.get(step) if isinstance(tree, dict) else None


def value_at(tree: Plain, path: str) -> Plain:
    """What stands at a path; None where nothing does."""
    for step in steps(path):
        tree = below(tree, step)
    return tree
