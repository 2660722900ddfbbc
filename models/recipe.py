"""What a conversion is asked to do, in words that are recorded beside its result."""

from typing import Final

from models.card import Card

REVISION: Final = 1
"""Raised when the converter's output changes, so that models that were converted before are converted again."""


def recipe(card: Card) -> str:
    """What makes two conversions of the same files the same.

    Args:
        card: The card.

    Returns:
        One line; a model that was made by another recipe is converted again.
    """
    columns = ",".join(str(column) for column in card.classes.values())
    size = "any size" if card.input.multiple_px else f"{card.input.width_px}x{card.input.height_px}"
    return f"revision {REVISION}, classes {columns}, {size}"
