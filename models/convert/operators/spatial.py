"""Operations over height and width that have no weights: padding, maximum, resizing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from models.convert.errors import ConversionError
from models.convert.operators.target import Target, constant, spatial
from models.convert.operators.window import window
from models.convert.source import Node, as_ints
from models.convert.values import NHWC, Padding, Spatial, Value

_LOWEST: Final = -1e30
"""Padding below this stands for minus infinity: exporters write the lowest float32."""


def pad(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Ask for padding; the convolution or pooling that reads it does it."""
    del target
    value = spatial(node, values[0])
    around = np.asarray(constant(node, values[1])).reshape(4, 2)[np.argsort(value.axes)]
    if around[:2].any():
        raise ConversionError(node.name, "padding of batch or channels is not known")
    fill = float(constant(node, values[2]).item()) if len(values) > 2 else 0.0  # noqa: PLR2004 - PadV2's third
    (top, bottom), (left, right) = around[2:].tolist()
    fill = -np.inf if fill < _LOWEST else fill
    return (replace(value, padding=Padding(top, left, bottom, right, fill)),)


def max_pool(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """The highest value in each window. Zeros stay zero, so channels need not be in order."""
    value = spatial(node, values[0], axes=NHWC, padded=True)
    _, high, wide, _ = node.ints("ksize")
    sliding = window(node, value, (high, wide), filled_with=-np.inf)
    placed = target.placement.together(value.channels)
    tensor = target.builder.emit("MaxPool", [placed.tensor], **sliding.attributes)
    channels = target.placement.record(tensor, placed.positions, count=placed.count)
    return (Spatial(channels, sliding.height, sliding.width, NHWC),)


def resize(node: Node, values: Sequence[Value], target: Target) -> tuple[Value, ...]:
    """Scale by linear interpolation. The factor is kept, not the size, so that other inputs fit too."""
    value = spatial(node, values[0], axes=NHWC)
    height, width = as_ints(constant(node, values[1]))
    if node.attributes.get("align_corners") or not node.attributes.get("half_pixel_centers"):
        raise ConversionError(node.name, "resizing that is not by pixel centres is not known")
    placed = target.placement.together(value.channels)
    factors = np.array([1, 1, height / value.height, width / value.width], np.float32)
    tensor = target.builder.emit(
        "Resize",
        [placed.tensor, "", target.builder.constant(factors)],
        mode="linear",
        coordinate_transformation_mode="half_pixel",
    )
    channels = target.placement.record(tensor, placed.positions, count=placed.count)
    return (Spatial(channels, height, width, NHWC),)
