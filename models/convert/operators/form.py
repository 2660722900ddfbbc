"""Operations that change a value's form: its order of axes, or its number of axes."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.convert.errors import ConversionError
from models.convert.operators.target import Target, constant, spatial
from models.convert.source import Node, as_ints
from models.convert.values import NCHW, Rows, Spatial, Value


def identity(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """The same value."""
    del node, target
    return (values[0],)


def transpose(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Another order of axes: said, not done."""
    del target
    value = values[0]
    if not isinstance(value, Spatial | Rows):
        raise ConversionError(node.name, "Transpose of a constant is not known")
    order = as_ints(constant(node, values[1]))
    return (replace(value, axes=tuple(value.axes[index] for index in order)),)


def reshape(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Make one axis of cells from height and width: (1, channels, height, width) to (1, channels, cells)."""
    value = spatial(node, values[0], axes=NCHW)
    count, cells = len(value.channels), value.height * value.width
    wanted = as_ints(constant(node, values[1]))
    if wanted not in {(1, count, -1), (1, count, cells)}:
        raise ConversionError(
            node.name, f"a Reshape of ({count} channels, {cells} cells) to {wanted} is not known"
        )
    shape = target.builder.constant(np.array([1, count, -1], np.int64))
    tensor = target.builder.emit("Reshape", [target.placement.in_order(value.channels), shape])
    return (Rows(tensor, (1, count, cells)),)
