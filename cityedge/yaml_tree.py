"""YAML without surprises: plain data, and on which line each part of it stands.

Narrower than YAML 1.1 on purpose. Only ``true`` and ``false`` are truth values (``no`` is Norway), ``060``
and ``1:30`` are text (not octal, not base 60), so are dates, and there are no infinities. Anchors, aliases
and merge keys (``<<``) work; what refers to itself, explicit tags and keys that are not text are problems.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import yaml

from cityedge.errors import ConfigError
from cityedge.plain import Plain, join

_WORDS: Final[Mapping[str, bool | None]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_INT: Final = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT: Final = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")
_LEADING_ZERO: Final = re.compile(r"[-+]?0[0-9]")
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_TAG_PREFIX: Final = "tag:yaml.org,2002:"
_USUAL_TAGS: Final = frozenset(_TAG_PREFIX + kind for kind in ("str", "seq", "map"))
_MERGE: Final = "<<"
_MAX_PARTS: Final = 100_000
"""Aliases of aliases can make a small file endless ("billion laughs"); no configuration is this long."""


@dataclass(frozen=True)
class Document:
    """A file taken apart.

    Attributes:
        tree: Plain data; an empty mapping where the file is empty.
        lines: Line number, from 1, by path (``cameras[0].lines[1].points``); the root is the empty path.
        problems: What is wrong already, each as ``file:line: path: what``.
    """

    tree: Plain
    lines: Mapping[str, int]
    problems: tuple[str, ...]


def read(text: str, *, name: str) -> Document:
    """Take YAML text apart.

    Args:
        text: The YAML.
        name: What to call it in problems: a file's path.

    Returns:
        Its data, lines and problems.

    Raises:
        ConfigError: It is not YAML, is nested too deeply, or has more than 100 000 parts.
    """
    try:
        node = yaml.compose(text, Loader=yaml.BaseLoader)
        builder = _Builder(name)
        tree = builder.build(node, "") if node is not None else {}
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ConfigError([f"{name}:{line}: not readable as YAML: {error.reason}"]) from error
    except yaml.MarkedYAMLError as error:
        at = f"{name}:{error.problem_mark.line + 1}" if error.problem_mark else name
        raise ConfigError([f"{at}: not readable as YAML: {error.problem}"]) from error
    except RecursionError as error:
        raise ConfigError([f"{name}: not readable as YAML: nested too deeply"]) from error
    except (yaml.YAMLError, ValueError) as error:
        # PyYAML lets ValueError out of some escapes (backslash-U beyond Unicode).
        raise ConfigError([f"{name}: not readable as YAML: {error}"]) from error
    return Document(tree, builder.lines, tuple(builder.problems))


class _Builder:
    def __init__(self, name: str) -> None:
        self.lines: dict[str, int] = {"": 1}
        self.problems: list[str] = []
        self._name = name
        self._open: list[yaml.Node] = []
        self._parts = 0

    def build(self, node: yaml.Node, path: str) -> Plain:
        self._parts += 1
        if self._parts > _MAX_PARTS:
            raise ConfigError([f"{self._name}: has more than {_MAX_PARTS} parts: aliases of aliases?"])
        self.lines.setdefault(path, node.start_mark.line + 1)
        if any(node is around for around in self._open):
            self._problem(node, path, "refers to itself")
            return None
        if node.tag not in _USUAL_TAGS:
            tag = node.tag.replace(_TAG_PREFIX, "!!")
            self._problem(node, path, f"the tag {tag} is not understood here; leave it out")
            return None
        self._open.append(node)
        try:
            return self._inside(node, path)
        finally:
            self._open.pop()

    def _inside(self, node: yaml.Node, path: str) -> Plain:
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, f"{path}[{index}]") for index, item in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode) or _UNPRINTABLE.search(node.value):
            self._problem(node, path, "holds a control character")
            return None
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: str) -> Plain:
        keys = {id(key): self._key(key, path) for key, _ in node.value}
        merged: dict[str, Plain] = {}
        for key, value in node.value:
            if keys[id(key)] == _MERGE and key.style is None:
                for source in self._merged(value, path):
                    merged |= {name: item for name, item in source.items() if name not in merged}
        own: dict[str, Plain] = {}
        for key, value in node.value:
            name = keys[id(key)]
            if name is None or (name == _MERGE and key.style is None):
                continue
            inner = join(path, name)
            self.lines[inner] = key.start_mark.line + 1
            if name in own:
                self._problem(key, inner, "the key stands here twice")
            own[name] = self.build(value, inner)
        return {**merged, **own}

    def _merged(self, value: yaml.Node, path: str) -> Iterator[dict[str, Plain]]:
        sources: Iterable[yaml.Node] = value.value if isinstance(value, yaml.SequenceNode) else [value]
        for source in sources:
            built = self.build(source, path)
            if isinstance(built, dict):
                yield built
            else:
                self._problem(source, path, "only a mapping can be merged with '<<'")

    def _key(self, key: yaml.Node, path: str) -> str | None:
        """A key's text; None, and a problem, where it has none."""
        if not isinstance(key, yaml.ScalarNode) or not isinstance(_scalar(key), str):
            self._problem(key, path, "a key that is not text; put it into quotes")
            return None
        return str(key.value)

    def _problem(self, node: yaml.Node, path: str, what: str) -> None:
        where = f"{path}: {what}" if path else what
        self.problems.append(f"{self._name}:{node.start_mark.line + 1}: {where}")


def _scalar(node: yaml.ScalarNode) -> bool | int | float | str | None:
    word = str(node.value)
    if node.style is not None:  # quoted or a block: text, whatever it looks like
        return word
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word)
    if _FLOAT.fullmatch(word) and not _LEADING_ZERO.match(word) and math.isfinite(float(word)):
        return float(word)
    return word
