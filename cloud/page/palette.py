"""Colours and icons. Colours are Okabe and Ito's, told apart by colour-blind people too; icons say the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

CLASS_ICONS: Final[Mapping[str, str]] = {
    "person": "directions_walk",
    "bicycle": "pedal_bike",
    "motorcycle": "two_wheeler",
    "car": "directions_car",
    "bus": "directions_bus",
    "truck": "local_shipping",
}
"""Names in the Material Icons font, which NiceGUI brings along."""
_LIGHT: Final[Mapping[str, str]] = {
    "person": "#0072B2",
    "bicycle": "#009E73",
    "motorcycle": "#E69F00",
    "car": "#CC79A7",
    "bus": "#D55E00",
    "truck": "#56B4E9",
}
_ON_DARK: Final = {**_LIGHT, "person": "#2C8FD1", "bicycle": "#12B886", "bus": "#E8702A"}
"""The three darkest a little lighter: three to one against the dark ground."""
OTHER_ICON: Final = "help_outline"
OTHER: Final = "#8A94A0"
"""Icon and colour of what data names and this page does not know."""


@dataclass(frozen=True)
class Palette:
    """Colours of a chart on one ground; the rest of the page has them in ``page.css``.

    Attributes:
        classes: By class.
        ink: Of text.
        soft: Of axis labels.
        line: Of axis lines and the grid.
        ground: Behind everything.
        gap: Of the hatching where nobody was watching.
        watched: Of the strip that says how much was watched …
        impaired: … and of the part of it in which the camera did not see well.
    """

    classes: Mapping[str, str]
    ink: str
    soft: str
    line: str
    ground: str
    gap: str
    watched: str
    impaired: str


LIGHT: Final = Palette(_LIGHT, "#15202B", "#5A6875", "#E3E8ED", "#FFFFFF", "#9AA6B2", "#8FA3B5", "#3E4A56")
DARK: Final = Palette(_ON_DARK, "#E8EEF4", "#9DABB9", "#26333F", "#141D26", "#5C6B7A", "#51697F", "#B4C4D2")
