"""How each family of detectors writes its boxes: one module per output head, pure numpy."""

from models.card import Card, NanoDetHead
from models.heads.head import Head
from models.heads.nanodet import NanoDet
from models.heads.yolox import Yolox


def head_of(card: Card) -> Head:
    """The decoder that a card asks for.

    Args:
        card: The card.

    Returns:
        The decoder.
    """
    if isinstance(card.head, NanoDetHead):
        return NanoDet(card, card.head)
    return Yolox(card, card.head)
