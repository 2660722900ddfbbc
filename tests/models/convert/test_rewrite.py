"""Rewrites of the source graph: what they change, and what they leave alone."""

import numpy as np
import pytest

from models.convert.rewrite import CHANNEL_SHUFFLE, fold_constants, merge_biases, merge_shuffles
from models.convert.source import Constant, Node, SourceGraph


def graph(*nodes: Node, **constants: Constant) -> SourceGraph:
    return SourceGraph({node.name: node for node in nodes}, constants)


def node(name: str, op: str, *inputs: str) -> Node:
    return Node(name, op, inputs, {})


def test_sums_of_constants_are_computed_beforehand() -> None:
    folded = fold_constants(graph(node("s", "AddV2", "a", "b"), a=np.array([1, 2]), b=np.array([3, 4])))

    assert folded.constants["s"].tolist() == [4, 6]
    assert not folded.nodes


@pytest.mark.parametrize(
    ("indices", "values", "dense"),
    [
        pytest.param(np.zeros((0, 1), np.int32), np.zeros(0, np.int32), [0, 0, 0], id="no index"),
        pytest.param(np.array([[2], [0]]), np.array([7, 8]), [8, 0, 7], id="one value for each index"),
        pytest.param(np.array([[1]]), np.array(5), [0, 5, 0], id="one value for all"),
    ],
)
def test_sparse_constants_become_dense(indices: Constant, values: Constant, dense: list[int]) -> None:
    folded = fold_constants(
        graph(
            node("s", "SparseToDense", "indices", "shape", "values", "default"),
            indices=indices,
            shape=np.array([3]),
            values=values,
            default=np.array(0),
        )
    )

    assert folded.constants["s"].tolist() == dense


def test_a_constant_that_is_added_to_a_convolution_becomes_its_bias() -> None:
    merged = merge_biases(graph(node("c", "Conv2D", "x", "w"), node("s", "Add", "c", "b"), b=np.ones(4)))

    assert merged.nodes["s"].op == "Conv2D"
    assert merged.nodes["s"].inputs == ("x", "w", "b")


def test_a_convolution_that_somebody_else_reads_keeps_its_sum_apart() -> None:
    merged = merge_biases(
        graph(
            node("c", "Conv2D", "x", "w"),
            node("s", "Add", "c", "b"),
            node("other", "LeakyRelu", "c"),
            b=np.ones(4),
        )
    )

    assert merged.nodes["s"].op == "Add"


def shuffle(*, apart: list[int], swapped: list[int], together: list[int]) -> SourceGraph:
    return graph(
        node("a", "Reshape", "x", "apart"),
        node("b", "Transpose", "a", "swapped"),
        node("c", "Reshape", "b", "together"),
        apart=np.array(apart),
        swapped=np.array(swapped),
        together=np.array(together),
    )


@pytest.mark.parametrize("together", [[1, 6, 8, 8], [1, -1, 8, 8]])
def test_reshape_transpose_reshape_become_a_channel_shuffle(together: list[int]) -> None:
    merged = merge_shuffles(shuffle(apart=[1, 2, 3, 8, 8], swapped=[0, 2, 1, 3, 4], together=together))

    assert merged.nodes["c"] == Node("c", CHANNEL_SHUFFLE, ("x",), {"groups": 2})


@pytest.mark.parametrize(
    ("apart", "swapped", "together"),
    [
        pytest.param([1, 2, 3, 8, 8], [0, 1, 2, 4, 3], [1, 6, 8, 8], id="it swaps height and width"),
        pytest.param([1, 2, 3, 8, 8], [0, 2, 1, 3, 4], [1, 3, 16, 8], id="it does not join the groups again"),
        pytest.param([1, 6, 64], [0, 2, 1], [1, 6, 8, 8], id="it makes no groups"),
    ],
)
def test_other_reshapes_are_left_alone(apart: list[int], swapped: list[int], together: list[int]) -> None:
    merged = merge_shuffles(shuffle(apart=apart, swapped=swapped, together=together))

    assert merged.nodes["c"].op == "Reshape"
