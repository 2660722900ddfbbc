"""The ONNX graph while it grows: its nodes and its constants."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.convert.source import Constant


@dataclass(frozen=True)
class Made:
    """A node of the ONNX graph.

    Attributes:
        op: ONNX's name of the operation.
        inputs: Tensors that it reads; an empty name is an optional input that is left out.
        output: The tensor that it makes.
        attributes: Its attributes.
    """

    op: str
    inputs: tuple[str, ...]
    output: str
    attributes: dict[str, object]


class Builder:
    """Collects nodes and constants."""

    def __init__(self) -> None:
        self.nodes: list[Made] = []
        self.constants: dict[str, Constant] = {}

    def constant(self, value: Constant) -> str:
        """Add a constant.

        Args:
            value: Its value, in the type that ONNX wants.

        Returns:
            Its name.
        """
        name = f"const_{len(self.constants)}"
        self.constants[name] = np.ascontiguousarray(value)
        return name

    def emit(self, op: str, inputs: Sequence[str], **attributes: object) -> str:
        """Add a node with one output.

        Args:
            op: ONNX's name of the operation.
            inputs: Tensors that it reads.
            attributes: Its attributes.

        Returns:
            Name of the tensor that it makes.
        """
        output = f"{op.lower()}_{len(self.nodes)}"
        self.nodes.append(Made(op, tuple(inputs), output, attributes))
        return output

    def finish(self, name: str, tensor: str, axes: Sequence[int]) -> None:
        """Make an output of the graph.

        Args:
            name: Its name.
            tensor: The tensor that it shows.
            axes: Its order of axes.
        """
        in_order = tuple(axes) == tuple(range(len(axes)))
        attributes: dict[str, object] = {} if in_order else {"perm": list(axes)}
        self.nodes.append(Made("Identity" if in_order else "Transpose", (tensor,), name, attributes))
