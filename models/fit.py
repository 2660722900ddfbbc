"""How a picture is fitted into a model's input, and how large the input is then."""

from models.card import InputCard
from models.types import Letterbox


def fit(card: InputCard, width_px: int, height_px: int) -> Letterbox:
    """Fit pictures of one size into a model's input, with as little padding as the model allows.

    Args:
        card: What the model is fed.
        width_px: Width of the pictures.
        height_px: Height of the pictures.

    Returns:
        The fit.
    """
    centred = card.placement == "centred"
    whole = Letterbox.fit(width_px, height_px, into=(card.width_px, card.height_px), centred=centred)
    return Letterbox.fit(width_px, height_px, into=input_size(card, whole), centred=centred)


def input_size(card: InputCard, letterbox: Letterbox) -> tuple[int, int]:
    """Width and height of the input for pictures that lie so in it.

    Args:
        card: What the model is fed.
        letterbox: How pictures lie in it.

    Returns:
        The card's size, or where the model takes any size, the smallest that holds the scaled picture: a wide
        picture in a square input would cost nearly twice the time, half of it spent on padding.
    """
    if card.multiple_px is None:
        return card.width_px, card.height_px
    step = card.multiple_px
    return -(-letterbox.scaled_width_px // step) * step, -(-letterbox.scaled_height_px // step) * step
