"""A window that slides over a picture-like value: what convolution and pooling have in common."""

from dataclasses import dataclass

from models.convert.errors import ConversionError
from models.convert.source import Node
from models.convert.values import Padding, Spatial


@dataclass(frozen=True)
class Window:
    """How a window slides.

    Attributes:
        attributes: The same in ONNX's words.
        height: Height of what comes out, at the size for which the graph was exported.
        width: Its width.
    """

    attributes: dict[str, object]
    height: int
    width: int


def window(node: Node, value: Spatial, kernel: tuple[int, int], *, filled_with: float) -> Window:
    """How a node's window slides over a value, the value's pending padding included.

    Args:
        node: The node; its padding is VALID, because the graph pads beforehand.
        value: What it slides over.
        kernel: Height and width of the window.
        filled_with: What the node's own padding amounts to: 0 for a convolution, minus infinity for a maximum.

    Returns:
        The window.

    Raises:
        ConversionError: The node pads by itself, dilates, or the pending padding is of another value.
    """
    if node.attributes.get("padding") != "VALID" or node.attributes.get("data_format", "NHWC") != "NHWC":
        raise ConversionError(node.name, f"{node.op} that is not VALID and NHWC is not known")
    if "dilations" in node.attributes and set(node.ints("dilations")) != {1}:
        raise ConversionError(node.name, f"{node.op} with dilation is not known")
    padding = value.padding or Padding(0, 0, 0, 0, filled_with)
    if padding.value != filled_with:
        raise ConversionError(node.name, f"{node.op} of a value padded with {padding.value} is not known")
    _, down, across, _ = node.ints("strides")
    attributes: dict[str, object] = {
        "kernel_shape": list(kernel),
        "strides": [down, across],
        "pads": [padding.top, padding.left, padding.bottom, padding.right],
    }
    height = (value.height + padding.top + padding.bottom - kernel[0]) // down + 1
    width = (value.width + padding.left + padding.right - kernel[1]) // across + 1
    return Window(attributes, height, width)
