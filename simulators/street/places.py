"""Lines and zones where a perfect counter would count: named points of the picture, and how they are written."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cityedge.errors import UsageError
from simulators.street.camera import Share

_LINE_POINTS: Final = 2
_ZONE_POINTS: Final = 3


@dataclass(frozen=True)
class Line:
    """A line that things cross.

    ``in`` crosses it from the right hand to the left hand of somebody who walks from its first point to its last.

    Attributes:
        name: Of the line.
        points: Two or more points of the picture.
    """

    name: str
    points: tuple[Share, ...]

    def __post_init__(self) -> None:
        if len(self.points) < _LINE_POINTS:
            raise ValueError(f"line '{self.name}' needs two points, got {len(self.points)}")


@dataclass(frozen=True)
class Zone:
    """An area in which things are.

    Attributes:
        name: Of the zone.
        points: Three or more corners.
    """

    name: str
    points: tuple[Share, ...]

    def __post_init__(self) -> None:
        if len(self.points) < _ZONE_POINTS:
            raise ValueError(f"zone '{self.name}' needs three points, got {len(self.points)}")


def parse_line(text: str) -> Line:
    """Read a line as it is written on the command: ``NAME=x1,y1,x2,y2`` and further pairs.

    Args:
        text: What was written.

    Returns:
        The line.

    Raises:
        UsageError: It is not written so, or a point lies outside the picture.
    """
    name, numbers = _split(text, "--line", "NAME=x1,y1,x2,y2")
    values = [_number(word, text) for word in numbers.replace(";", ",").split(",")]
    if len(values) % 2 or len(values) < 2 * _LINE_POINTS:
        raise UsageError(f"--line {text}: needs two or more pairs of x,y, got {len(values)} numbers")
    return Line(name, tuple(Share(x, y) for x, y in zip(values[::2], values[1::2], strict=True)))


def parse_zone(text: str) -> Zone:
    """Read a zone as it is written on the command: ``NAME=x,y;x,y;x,y`` and further corners.

    Args:
        text: What was written.

    Returns:
        The zone.

    Raises:
        UsageError: It is not written so, or a point lies outside the picture.
    """
    name, corners = _split(text, "--zone", "NAME=x,y;x,y;x,y")
    points = []
    for corner in corners.strip(";").split(";"):
        x, comma, y = corner.partition(",")
        if not comma:
            raise UsageError(f"--zone {text}: '{corner}' is not a pair x,y")
        points.append(Share(_number(x, text), _number(y, text)))
    if len(points) < _ZONE_POINTS:
        raise UsageError(f"--zone {text}: needs three or more corners, got {len(points)}")
    return Zone(name, tuple(points))


def _split(text: str, flag: str, pattern: str) -> tuple[str, str]:
    name, equals, rest = text.partition("=")
    if not (name.strip() and equals and rest.strip()):
        raise UsageError(f"{flag} {text}: is not of the form {pattern}")
    return name.strip(), rest


def _number(word: str, text: str) -> float:
    try:
        value = float(word)
    except ValueError:
        raise UsageError(f"{text}: '{word.strip()}' is not a number") from None
    if not 0.0 <= value <= 1.0 or math.isnan(value):
        raise UsageError(
            f"{text}: {word.strip()} lies outside the picture",
            cure="Points are shares of the picture: 0 to 1 from its top left corner.",
        )
    return value


def check_names(places: Sequence[Line | Zone], what: str) -> None:
    """Make sure that no name is used twice.

    Args:
        places: Lines or zones.
        what: What they are, for the error.

    Raises:
        UsageError: Two of them have the same name.
    """
    names = [place.name for place in places]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{what} '{name}' is given twice")
