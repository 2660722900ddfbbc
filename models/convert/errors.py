"""What goes wrong while converting."""

from models.errors import ModelError


class ConversionError(ModelError):
    """A graph cannot be converted.

    Args:
        node: The node at fault.
        reason: What is wrong with it.
    """

    def __init__(self, node: str, reason: str) -> None:
        super().__init__(f"cannot convert: {node}: {reason}")
        self.node = node
