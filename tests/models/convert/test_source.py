"""Reading the graph of a TensorFlow.js model."""

import json

import numpy as np
import pytest

from models.convert.errors import ConversionError
from models.convert.source import Node, SourceGraph, parse
from tests.support.tiny_graphs import model, node


def test_attributes_come_as_plain_values() -> None:
    text, _ = model([node("y", "Op", "x", flag=True, count=3, share=0.5, word="SAME", sizes=(1, 2))], {})

    nodes, _ = parse(text)

    assert nodes["y"].attributes == {"flag": True, "count": 3, "share": 0.5, "word": "SAME", "sizes": (1, 2)}


def test_references_that_only_order_execution_are_left_out() -> None:
    text, _ = model([node("y", "Op", "x:1", "^z")], {})

    assert parse(text)[0]["y"].inputs == ("x:1",)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"{", id="no JSON"),
        pytest.param(b"{}", id="no graph in it"),
        pytest.param(json.dumps({"modelTopology": {"node": []}}).encode(), id="no weights manifest"),
    ],
)
def test_what_is_no_graph_model_is_refused(text: bytes) -> None:
    with pytest.raises(ConversionError, match="graph model"):
        parse(text)


def test_nodes_come_after_what_they_read_and_unneeded_ones_not_at_all() -> None:
    graph = SourceGraph(
        {
            "d": Node("d", "Op", ("b", "c:1"), {}),
            "b": Node("b", "Op", ("a", "w"), {}),
            "c": Node("c", "Op", ("b",), {}),
            "a": Node("a", "Op", (), {}),
            "dead": Node("dead", "Op", ("a",), {}),
        },
        {"w": np.zeros(1)},
    )

    order = [found.name for found in graph.in_order(["d"])]

    assert order == ["a", "b", "c", "d"]


def test_a_missing_attribute_names_its_node() -> None:
    with pytest.raises(ConversionError, match="layer1: Conv2D has no list 'strides'"):
        Node("layer1", "Conv2D", (), {}).ints("strides")
