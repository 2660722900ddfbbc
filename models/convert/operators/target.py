"""What an operator writes to, and how it asks for what it reads."""

from dataclasses import dataclass, field

from models.convert.builder import Builder
from models.convert.errors import ConversionError
from models.convert.placement import Placement
from models.convert.source import Constant, Node
from models.convert.values import Rows, Spatial, Value


@dataclass(frozen=True)
class Target:
    """The ONNX graph that operators write to.

    Attributes:
        builder: Its nodes and constants.
        placement: Where its channels lie.
        exact: Names of convolutions whose channels must not be filled up: what reads them needs them exact.
    """

    builder: Builder
    placement: Placement
    exact: frozenset[str] = field(default_factory=frozenset)


def spatial(node: Node, value: Value, *, axes: tuple[int, ...] | None = None, padded: bool = False) -> Spatial:
    """What a node reads, as a picture-like value.

    Args:
        node: The node.
        value: What it reads.
        axes: How its axes must lie; any order where None.
        padded: Whether the node does the padding that is still to be done.

    Returns:
        The value.

    Raises:
        ConversionError: It is something else, lies otherwise, or waits for padding that the node cannot do.
    """
    if not isinstance(value, Spatial):
        raise ConversionError(node.name, f"{node.op} of a {type(value).__name__} is not known")
    if value.padding is not None and not padded:
        raise ConversionError(node.name, f"{node.op} of a padded value is not known")
    if axes is not None and value.axes != axes:
        raise ConversionError(node.name, f"{node.op} of axes {value.axes} is not known")
    return value


def constant(node: Node, value: Value) -> Constant:
    """What a node reads, as a constant.

    Args:
        node: The node.
        value: What it reads.

    Returns:
        The constant.

    Raises:
        ConversionError: It is computed, not constant.
    """
    if isinstance(value, Spatial | Rows):
        raise ConversionError(node.name, f"{node.op} with a computed argument is not known")
    return value
