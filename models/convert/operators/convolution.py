"""Convolutions: their weights are rearranged for where the channels lie, so that no channel has to move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.convert.errors import ConversionError
from models.convert.operators.target import Target, constant, spatial
from models.convert.operators.window import window
from models.convert.placement import ALIGNMENT
from models.convert.source import Node
from models.convert.values import NHWC, Spatial, Value
from models.types import FloatArray


def convolution(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Every output channel sees every input channel. Weights: (height, width, in, out)."""
    value = spatial(node, values[0], axes=NHWC, padded=True)
    placed = target.placement.together(value.channels)
    weights = constant(node, values[1])
    positions = range(weights.shape[3])
    count = len(positions) if node.name in target.exact else -(-len(positions) // ALIGNMENT) * ALIGNMENT
    kernel: FloatArray = np.zeros((count, placed.count, *weights.shape[:2]), np.float32)
    kernel[: len(positions), list(placed.positions)] = weights.transpose(3, 2, 0, 1)
    layer = _Layer(kernel, _bias(values[2:], positions, count), positions, groups=1)
    return (_emit(node, value, placed.tensor, layer, target),)


def depthwise(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Every channel by itself. Weights: (height, width, in, 1)."""
    value = spatial(node, values[0], axes=NHWC, padded=True)
    placed = target.placement.together(value.channels)
    weights = constant(node, values[1])
    if weights.shape[3] != 1:
        raise ConversionError(node.name, "more than one output for each channel is not known")
    kernel: FloatArray = np.zeros((placed.count, 1, *weights.shape[:2]), np.float32)
    kernel[list(placed.positions)] = weights.transpose(2, 3, 0, 1)
    bias = _bias(values[2:], placed.positions, placed.count)
    layer = _Layer(kernel, bias, placed.positions, groups=placed.count)
    return (_emit(node, value, placed.tensor, layer, target),)


@dataclass(frozen=True)
class _Layer:
    """A convolution as ONNX wants it; ``positions`` are the channels that it makes, the others stay zero."""

    kernel: FloatArray
    bias: FloatArray
    positions: Sequence[int]
    groups: int


def _bias(given: Sequence[Value], positions: Sequence[int], count: int) -> FloatArray:
    bias: FloatArray = np.zeros(count, np.float32)
    for values in given:
        bias[list(positions)] = np.asarray(values).reshape(-1)
    return bias


def _emit(node: Node, value: Spatial, tensor: str, layer: _Layer, target: Target) -> Spatial:
    high, wide = layer.kernel.shape[2:]
    sliding = window(node, value, (high, wide), filled_with=0.0)
    weights = [target.builder.constant(array) for array in (layer.kernel, layer.bias)]
    made = target.builder.emit("Conv", [tensor, *weights], group=layer.groups, **sliding.attributes)
    channels = target.placement.record(made, layer.positions, count=len(layer.kernel))
    return Spatial(channels, sliding.height, sliding.width, NHWC)
