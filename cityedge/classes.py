"""The object classes that CityEdge counts, in the order in which every table and page lists them."""

from typing import Final, Literal, get_args

ObjectClass = Literal["person", "bicycle", "motorcycle", "car", "bus", "truck"]

CLASSES: Final[tuple[ObjectClass, ...]] = get_args(ObjectClass)
"""All classes. A class's index in this tuple is its label in arrays."""

PERSON: Final = CLASSES.index("person")
TWO_WHEELERS: Final = frozenset({CLASSES.index("bicycle"), CLASSES.index("motorcycle")})
FOUR_WHEELERS: Final = frozenset({CLASSES.index("car"), CLASSES.index("bus"), CLASSES.index("truck")})
