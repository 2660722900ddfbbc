"""What flows between operators while a graph is translated.

A picture-like value is never stored in the order in which the source graph thinks of it. ``axes`` says which axis
of (batch, channel, height, width) each of its axes is, so that a transposition changes a tuple and no data; and
``channels`` says where each of its channels lies, so that joining, splitting and shuffling channels do not either.
Data move only when an operator that computes needs them side by side.
"""

from dataclasses import dataclass
from typing import NamedTuple

from models.convert.source import Constant

NCHW = (0, 1, 2, 3)
NHWC = (0, 2, 3, 1)


class Channel(NamedTuple):
    """Where one channel lies.

    Attributes:
        tensor: Name of an ONNX tensor, NCHW.
        number: Its channel there.
    """

    tensor: str
    number: int


class Padding(NamedTuple):
    """Padding that was asked for and is not done yet: the next convolution or pooling does it.

    Attributes:
        top: Rows above.
        left: Columns to the left.
        bottom: Rows below.
        right: Columns to the right.
        value: What they are filled with.
    """

    top: int
    left: int
    bottom: int
    right: int
    value: float


@dataclass(frozen=True)
class Spatial:
    """A picture-like value.

    Attributes:
        channels: Where each of its channels lies.
        height: Its height at the size for which the graph was exported.
        width: Its width at that size.
        axes: For each axis, as the source graph counts them, which of (batch, channel, height, width) it is.
        padding: Padding still to be done.
    """

    channels: tuple[Channel, ...]
    height: int
    width: int
    axes: tuple[int, ...] = NCHW
    padding: Padding | None = None


@dataclass(frozen=True)
class Rows:
    """A value of three axes, stored as (batch, channel, cell).

    Attributes:
        tensor: Name of the ONNX tensor.
        shape: Its shape, as stored, at the size for which the graph was exported.
        axes: For each axis, as the source graph counts them, which of the stored ones it is.
    """

    tensor: str
    shape: tuple[int, int, int]
    axes: tuple[int, ...] = (0, 1, 2)


Value = Spatial | Rows | Constant
