"""Operations that only say where channels are from now on: nothing is emitted."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from models.convert.errors import ConversionError
from models.convert.operators.target import Target, constant, spatial
from models.convert.source import Node, as_ints
from models.convert.values import Channel, Spatial, Value

_CHANNEL_AXIS = 1


def concatenate(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Join values along their channels."""
    del target
    parts = [spatial(node, value) for value in values[:-1]]
    _check_axis(node, values[-1], parts)
    channels: tuple[Channel, ...] = ()
    for part in parts:
        channels += part.channels
    if len(set(channels)) != len(channels):
        raise ConversionError(node.name, "a channel that is joined with itself is not known")
    return (replace(parts[0], channels=channels),)


def split(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Cut a value along its channels."""
    del target
    whole = spatial(node, values[0])
    _check_axis(node, values[2], [whole])
    sizes = as_ints(constant(node, values[1]))
    if sum(sizes) != len(whole.channels):
        raise ConversionError(node.name, f"sizes {sizes} do not cut {len(whole.channels)} channels")
    bounds = np.cumsum((0, *sizes))
    return tuple(replace(whole, channels=whole.channels[start:end]) for start, end in pairwise(bounds))


def shuffle(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Interleave groups of channels: (a0 a1 b0 b1) in two groups becomes (a0 b0 a1 b1)."""
    del target
    value = spatial(node, values[0])
    order = np.arange(len(value.channels)).reshape(int(node.number("groups")), -1).T.reshape(-1)
    return (replace(value, channels=tuple(value.channels[index] for index in order)),)


def _check_axis(node: Node, axis: Value, parts: Sequence[Spatial]) -> None:
    (index,) = as_ints(constant(node, axis))
    if any(part.axes[index] != _CHANNEL_AXIS for part in parts) or len({part.axes for part in parts}) != 1:
        raise ConversionError(node.name, f"{node.op} along axis {index} is not known")
