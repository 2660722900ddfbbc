"""Colours that also the one man in twelve with a colour vision deficiency can tell apart."""

from typing import Final, TypeAlias

from cityedge.classes import CLASSES, ObjectClass

Bgr: TypeAlias = tuple[int, int, int]

WHITE: Final[Bgr] = (255, 255, 255)
BLACK: Final[Bgr] = (0, 0, 0)
PANEL: Final[Bgr] = (32, 32, 32)
"""Behind text."""

# Okabe and Ito, "Color Universal Design", 2002; https://jfly.uni-koeln.de/color/
_BY_CLASS: Final[dict[ObjectClass, Bgr]] = {
    "person": (66, 228, 240),  # yellow
    "bicycle": (233, 180, 86),  # sky blue
    "motorcycle": (115, 158, 0),  # bluish green
    "car": (0, 159, 230),  # orange
    "bus": (167, 121, 204),  # reddish purple
    "truck": (0, 94, 213),  # vermilion
}
ZONE: Final[Bgr] = (178, 114, 0)  # blue

WARNING: Final[Bgr] = (0, 0, 180)
"""Behind what is wrong."""

_BRIGHT = 128


def class_colour(label: int) -> Bgr:
    """The colour of a class.

    Args:
        label: Index into ``cityedge.classes.CLASSES``.
    """
    return _BY_CLASS[CLASSES[label]]


def text_on(colour: Bgr) -> Bgr:
    """Black or white, whichever can be read on a colour.

    Args:
        colour: The ground.
    """
    blue, green, red = colour
    return BLACK if 0.114 * blue + 0.587 * green + 0.299 * red > _BRIGHT else WHITE
