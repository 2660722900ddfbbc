"""One translation per TensorFlow operation that NanoDet needs, and the table of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from models.convert.operators.arithmetic import add, leaky_relu, sigmoid
from models.convert.operators.channels import concatenate, shuffle, split
from models.convert.operators.convolution import convolution, depthwise
from models.convert.operators.form import identity, reshape, transpose
from models.convert.operators.spatial import max_pool, pad, resize
from models.convert.operators.target import Target
from models.convert.rewrite import CHANNEL_SHUFFLE
from models.convert.source import Node
from models.convert.values import Value

Operator = Callable[[Node, Sequence[Value], Target], tuple[Value, ...]]

OPERATORS: Final[Mapping[str, Operator]] = {
    "Add": add,
    "AddV2": add,
    CHANNEL_SHUFFLE: shuffle,
    "ConcatV2": concatenate,
    "Conv2D": convolution,
    "DepthwiseConv2dNative": depthwise,
    "Identity": identity,
    "LeakyRelu": leaky_relu,
    "MaxPool": max_pool,
    "Pad": pad,
    "PadV2": pad,
    "Reshape": reshape,
    "ResizeBilinear": resize,
    "Sigmoid": sigmoid,
    "SplitV": split,
    "Transpose": transpose,
}
"""How each operation is translated: from what it reads to what it makes."""
