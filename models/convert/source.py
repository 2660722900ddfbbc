"""The graph of a TensorFlow.js model, as frozen nodes."""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.convert.errors import ConversionError

Attribute = bool | int | float | str | tuple[int, ...]
Constant = NDArray[Any]


@dataclass(frozen=True)
class Node:
    """One operation.

    Attributes:
        name: Its name.
        op: TensorFlow's name of the operation.
        inputs: What it reads: ``name`` is the first output of a node, ``name:1`` the second.
        attributes: Its attributes; data types are left out.
    """

    name: str
    op: str
    inputs: tuple[str, ...]
    attributes: Mapping[str, Attribute]

    def ints(self, key: str) -> tuple[int, ...]:
        """An attribute that is a list of integers.

        Raises:
            ConversionError: It is missing or something else.
        """
        value = self.attributes.get(key)
        if not isinstance(value, tuple):
            raise ConversionError(self.name, f"{self.op} has no list '{key}'")
        return value

    def number(self, key: str) -> float:
        """An attribute that is a number.

        Raises:
            ConversionError: It is missing or something else.
        """
        value = self.attributes.get(key)
        if not isinstance(value, int | float):
            raise ConversionError(self.name, f"{self.op} has no number '{key}'")
        return float(value)


@dataclass(frozen=True)
class SourceGraph:
    """A graph: its operations and its constants, both by name.

    Attributes:
        nodes: Every operation but the constants.
        constants: Every constant's value.
    """

    nodes: Mapping[str, Node]
    constants: Mapping[str, Constant]

    def consumers(self) -> Mapping[str, tuple[Node, ...]]:
        """Who reads each node's outputs, by the node's name."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            for name in {split_reference(reference)[0] for reference in node.inputs}:
                found.setdefault(name, []).append(node)
        return {name: tuple(nodes) for name, nodes in found.items()}

    def only(self, wanted: Sequence[str]) -> "SourceGraph":
        """The graph without what the wanted nodes do not need.

        Args:
            wanted: Names of nodes.

        Returns:
            A graph with all the constants and only the needed nodes.
        """
        return SourceGraph({node.name: node for node in self.in_order(wanted)}, self.constants)

    def in_order(self, wanted: Sequence[str]) -> Iterator[Node]:
        """The operations that the wanted ones need, each after what it reads.

        Args:
            wanted: Names of nodes.

        Yields:
            Every needed node once.

        Raises:
            ConversionError: A node reads what is not there, or itself.
        """
        state: dict[str, bool] = {}  # False while being visited, True when done
        stack = [(name, False) for name in reversed(wanted)]
        while stack:
            name, visited = stack.pop()
            if name in self.constants or state.get(name):
                continue
            if name not in self.nodes:
                raise ConversionError(name, "the graph has no such node")
            if visited:
                state[name] = True
                yield self.nodes[name]
                continue
            if name in state:
                raise ConversionError(name, "the node needs its own output")
            state[name] = False
            stack.append((name, True))
            stack.extend((split_reference(r)[0], False) for r in reversed(self.nodes[name].inputs))


def split_reference(reference: str) -> tuple[str, int]:
    """Node and output that a reference means: ``split:1`` is the second output of ``split``."""
    name, _, index = reference.partition(":")
    return name, int(index or 0)


def parse(text: bytes) -> tuple[dict[str, Node], list[dict[str, Any]]]:
    """Read a ``model.json``.

    Args:
        text: The file.

    Returns:
        The nodes by name, constants among them, and the groups of its weights manifest.

    Raises:
        ConversionError: It is not a TensorFlow.js graph model.
    """
    try:
        tree = json.loads(text)
        nodes = [_node(raw) for raw in tree["modelTopology"]["node"]]
        groups = list(tree["weightsManifest"])
    except (ValueError, KeyError, TypeError) as error:
        raise ConversionError("the file", f"is not a TensorFlow.js graph model: {error!r}") from error
    return {node.name: node for node in nodes}, groups


def _node(raw: Mapping[str, Any]) -> Node:
    attributes = {key: value for key, value in _attributes(raw.get("attr", {})) if value is not None}
    # A reference that begins with ^ only orders execution: it carries no value.
    inputs = tuple(reference for reference in raw.get("input", []) if not reference.startswith("^"))
    return Node(raw["name"], raw["op"], inputs, attributes)


def _attributes(raw: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, Attribute | None]]:
    for key, value in raw.items():
        if "s" in value:
            yield key, base64.b64decode(value["s"]).decode()
        elif "b" in value:
            yield key, bool(value["b"])
        elif "i" in value:
            yield key, int(value["i"])
        elif "f" in value:
            yield key, float(value["f"])
        elif "list" in value:
            yield key, tuple(int(item) for item in value["list"].get("i", []))
        elif "shape" in value:
            yield key, tuple(int(dim["size"]) for dim in value["shape"].get("dim", []))


def as_ints(constant: Constant) -> tuple[int, ...]:
    """A constant's values, flattened, as Python integers."""
    return tuple(int(value) for value in np.asarray(constant).reshape(-1))
