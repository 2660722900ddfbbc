"""Writing the ONNX file: the one place that knows the onnx package."""

from collections.abc import Mapping, Sequence
from typing import Final

import onnx
from onnx import TensorProto, helper, numpy_helper

from models.convert.builder import Builder, Made

OPSET: Final = 13
_IR_VERSION: Final = 8

Shape = Sequence[int | str]


def serialise(builder: Builder, *, inputs: Mapping[str, Shape], outputs: Mapping[str, Shape], name: str) -> bytes:
    """Write a graph as an ONNX file.

    Args:
        builder: The graph.
        inputs: Shape of each input by name; a word is a size that differs from run to run.
        outputs: Shape of each output by name.
        name: The graph's name.

    Returns:
        The file, checked by onnx itself. Its bytes depend on the onnx package's version.
    """
    needed = _needed(builder.nodes, outputs)
    read = {tensor for node in needed for tensor in node.inputs}
    graph = helper.make_graph(
        [helper.make_node(node.op, node.inputs, [node.output], node.output, **node.attributes) for node in needed],
        name,
        [helper.make_tensor_value_info(key, TensorProto.FLOAT, list(shape)) for key, shape in inputs.items()],
        [helper.make_tensor_value_info(key, TensorProto.FLOAT, list(shape)) for key, shape in outputs.items()],
        [numpy_helper.from_array(array, key) for key, array in builder.constants.items() if key in read],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="cityedge", ir_version=_IR_VERSION
    )
    onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString()
    return content


def onnx_version() -> str:
    """Version of the onnx package."""
    return str(onnx.__version__)


def _needed(nodes: Sequence[Made], outputs: Mapping[str, Shape]) -> list[Made]:
    """The nodes on which an output depends."""
    wanted = set(outputs)
    needed = []
    for node in reversed(nodes):
        if node.output in wanted:
            needed.append(node)
            wanted.update(node.inputs)
    return needed[::-1]
