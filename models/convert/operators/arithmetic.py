"""Operations on each value by itself: sum, leaky rectifier, sigmoid."""

from collections.abc import Sequence
from dataclasses import replace

from models.convert.errors import ConversionError
from models.convert.operators.target import Target, spatial
from models.convert.source import Node
from models.convert.values import Channel, Spatial, Value


def add(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """The sum of two picture-like values of one shape."""
    first, second = (spatial(node, value) for value in values)
    shapes = {(len(value.channels), value.height, value.width, value.axes) for value in (first, second)}
    if len(shapes) != 1:
        raise ConversionError(node.name, f"a sum of values of different shapes is not known: {shapes}")
    one, other = (target.placement.together(value.channels) for value in (first, second))
    if (one.positions, one.count) == (other.positions, other.count):
        tensor = target.builder.emit("Add", [one.tensor, other.tensor])
        channels = target.placement.record(tensor, one.positions, count=one.count)
    else:
        exact = [target.placement.in_order(value.channels) for value in (first, second)]
        channels = _in_order(target, target.builder.emit("Add", exact), first)
    return (replace(first, channels=channels),)


def leaky_relu(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """What is below zero becomes smaller. Zeros stay zero, so channels need not be in order."""
    value = spatial(node, values[0])
    placed = target.placement.together(value.channels)
    tensor = target.builder.emit("LeakyRelu", [placed.tensor], alpha=node.number("alpha"))
    return (replace(value, channels=target.placement.record(tensor, placed.positions, count=placed.count)),)


def sigmoid(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """The logistic function. Zeros do not stay zero, so exactly the wanted channels are taken."""
    value = spatial(node, values[0])
    tensor = target.builder.emit("Sigmoid", [target.placement.in_order(value.channels)])
    return (replace(value, channels=_in_order(target, tensor, value)),)


def _in_order(target: Target, tensor: str, value: Spatial) -> tuple[Channel, ...]:
    count = len(value.channels)
    return target.placement.record(tensor, range(count), count=count)
