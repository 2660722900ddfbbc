"""Changes on the source graph that leave its outputs as they are, so that fewer operators are to be translated."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from models.convert.errors import ConversionError
from models.convert.source import Constant, Node, SourceGraph, as_ints, split_reference

CHANNEL_SHUFFLE: Final = "ChannelShuffle"
"""The name of the operation that :func:`merge_shuffles` makes; attribute ``groups``."""

_TWO_GROUPS_SWAPPED: Final = (0, 2, 1, 3, 4)


def fold_constants(graph: SourceGraph) -> SourceGraph:
    """Compute what depends on constants alone.

    Args:
        graph: The graph.

    Returns:
        The graph in which those nodes are constants.
    """
    constants = dict(graph.constants)
    nodes = dict(graph.nodes)
    for node in graph.in_order(list(graph.nodes)):
        if node.inputs and node.op in _FOLDED and all(name in constants for name in node.inputs):
            constants[node.name] = _FOLDED[node.op](node, [constants[name] for name in node.inputs])
            del nodes[node.name]
    return SourceGraph(nodes, constants)


def merge_biases(graph: SourceGraph) -> SourceGraph:
    """Make the constant that is added to a convolution its third input.

    Args:
        graph: The graph, its constants folded.

    Returns:
        The graph without those additions; the bare convolutions stay in it, read by nobody.
    """
    consumers = graph.consumers()
    nodes = dict(graph.nodes)
    for node in graph.nodes.values():
        if node.op not in {"Add", "AddV2", "BiasAdd"} or len(node.inputs) != 2:  # noqa: PLR2004 - a sum of two
            continue
        convolution = graph.nodes.get(node.inputs[0])
        bias = graph.constants.get(node.inputs[1])
        if convolution is None or bias is None or convolution.op not in {"Conv2D", "DepthwiseConv2dNative"}:
            continue
        if len(consumers[convolution.name]) == 1 and bias.size == bias.shape[-1]:
            # It keeps the sum's name, by which others know it.
            nodes[node.name] = replace(convolution, name=node.name, inputs=(*convolution.inputs, node.inputs[1]))
    return SourceGraph(nodes, graph.constants)


def merge_shuffles(graph: SourceGraph) -> SourceGraph:
    """Make one channel shuffle of each Reshape, Transpose and Reshape that together are one.

    Args:
        graph: The graph, its constants folded.

    Returns:
        The graph with :data:`CHANNEL_SHUFFLE` nodes; what they replace stays in it, read by nobody.
    """
    nodes = dict(graph.nodes)
    for last in graph.nodes.values():
        transpose = _producer(graph, last, "Reshape", "Transpose")
        first = _producer(graph, transpose, "Transpose", "Reshape")
        if transpose is None or first is None:
            continue
        split = as_ints(graph.constants[first.inputs[1]])
        joined = as_ints(graph.constants[last.inputs[1]])
        order = as_ints(graph.constants[transpose.inputs[1]])
        if len(split) != len(_TWO_GROUPS_SWAPPED):
            continue
        rejoined = {(split[0], count, *split[3:]) for count in (-1, split[1] * split[2])}
        if order == _TWO_GROUPS_SWAPPED and joined in rejoined:
            nodes[last.name] = Node(last.name, CHANNEL_SHUFFLE, (first.inputs[0],), {"groups": split[1]})
    return SourceGraph(nodes, graph.constants)


def _producer(graph: SourceGraph, node: Node | None, op: str, producer_op: str) -> Node | None:
    """What a node of one operation reads first, where that is of the other operation."""
    if node is None or node.op != op:
        return None
    producer = graph.nodes.get(split_reference(node.inputs[0])[0])
    return producer if producer is not None and producer.op == producer_op else None


def _add(node: Node, values: list[Constant]) -> Constant:
    del node
    total: Constant = np.asarray(values[0] + values[1])
    return total


def _sparse_to_dense(node: Node, values: list[Constant]) -> Constant:
    indices, shape, entries, default = values
    dense = np.full(as_ints(shape), default, np.asarray(default).dtype)
    if indices.size:
        if indices.reshape(-1, dense.ndim).shape[0] != np.size(entries) and np.ndim(entries):
            raise ConversionError(node.name, "has not one value for each index")
        dense[tuple(indices.reshape(-1, dense.ndim).T)] = entries
    return dense


_FOLDED: Final[Mapping[str, Callable[[Node, list[Constant]], Constant]]] = {
    "Add": _add,
    "AddV2": _add,
    "SparseToDense": _sparse_to_dense,
}
