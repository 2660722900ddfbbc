"""Keeping only the classes that are counted: the others are neither computed nor thresholded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.convert.errors import ConversionError
from models.convert.source import Constant, Node, SourceGraph, as_ints, split_reference

_PASSED = {"Identity", "Transpose", "Sigmoid"}


def keep_classes(graph: SourceGraph, outputs: Sequence[str], columns: Sequence[int]) -> SourceGraph:
    """Drop classes from outputs of class scores, back to the convolutions that compute them.

    Args:
        graph: The graph, its biases merged.
        outputs: The nodes that show class scores.
        columns: The classes to keep, in the order in which they shall stand.

    Returns:
        The graph; its other outputs are as they were.

    Raises:
        ConversionError: An output is not made as NanoDet makes it: a convolution whose channels are split
            into scores and distances, then reshaped.
    """
    nodes, constants = dict(graph.nodes), dict(graph.constants)
    for output in outputs:
        head = _find(graph, output)
        sizes = as_ints(graph.constants[head.split.inputs[1]])
        if max(columns) >= sizes[0]:
            raise ConversionError(output, f"has {sizes[0]} classes, column {max(columns)} is asked for")
        kept = [*columns, *range(sizes[0], sum(sizes))]
        edits: list[tuple[Node, Mapping[int, Constant]]] = [
            (head.reshape, {1: np.array([1, len(columns), -1])}),
            (head.split, {1: np.array([len(columns), *sizes[1:]])}),
            (
                head.convolution,
                {index: graph.constants[head.convolution.inputs[index]][..., kept] for index in (1, 2)},
            ),
        ]
        for node, changes in edits:
            inputs = list(node.inputs)
            for index, value in changes.items():
                inputs[index] = f"{node.name}/kept_{index}"
                constants[inputs[index]] = value
            nodes[node.name] = replace(node, inputs=tuple(inputs))
    return SourceGraph(nodes, constants)


@dataclass(frozen=True)
class _Head:
    """The nodes between a convolution and an output of class scores."""

    reshape: Node
    split: Node
    convolution: Node


def _find(graph: SourceGraph, output: str) -> _Head:
    reshape = _back(graph, output, output, "Reshape")
    split = _back(graph, output, reshape.inputs[0], "SplitV")
    convolution = _back(graph, output, split.inputs[0], "Conv2D")
    if len(convolution.inputs) != 3:  # noqa: PLR2004 - value, weights, bias
        raise ConversionError(output, "its convolution has no bias")
    return _Head(reshape, split, convolution)


def _back(graph: SourceGraph, output: str, reference: str, op: str) -> Node:
    """The first node of an operation, going back over nodes that leave channels as they are."""
    node = graph.nodes[split_reference(reference)[0]]
    while node.op in _PASSED:
        node = graph.nodes[split_reference(node.inputs[0])[0]]
    if node.op != op:
        raise ConversionError(output, f"its class scores come from {node.op} where {op} is expected")
    return node
