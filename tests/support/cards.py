"""Cards to test with: the real ones, with one thing changed."""

from pathlib import Path
from typing import Any

import msgspec

from models.card import Card
from models.registry import DEFAULT, card


def changed(base: str = DEFAULT, /, **changes: Any) -> Card:
    """A card of the registry with some of its keys changed."""
    tree: dict[str, Any] = {**msgspec.to_builtins(card(base)), **changes}
    return msgspec.convert(tree, Card)


def write_beside(onnx: Path, own: Card) -> None:
    """Write a card beside a file of one's own."""
    onnx.with_suffix(".card.yaml").write_bytes(msgspec.yaml.encode(own))
