"""Where things are counted in a camera's picture: lines, zones, masks, and how the picture lies on the ground."""

import math
from itertools import combinations
from typing import Annotated

from msgspec import Meta, Struct

from cityedge.messages import Name
from edge.settings.points import LONGEST_M, Point, check_calibration, check_line, check_polygon


class LineSettings(Struct, frozen=True, kw_only=True):
    """A counting line.

    Attributes:
        name: Unique within its camera.
        points: Two or more; ``in`` is who crosses from the right hand to the left hand of somebody walking
            from the first point to the last.
    """

    name: Name
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        check_line(self.points)


class ZoneSettings(Struct, frozen=True, kw_only=True):
    """A counting zone.

    Attributes:
        name: Unique within its camera.
        points: Corners of a polygon, three or more, in order; the last is joined to the first.
        entry_confirm_s: How long somebody must stand in it to have entered.
        exit_grace_s: How long somebody may be out of it without having left.
    """

    name: Name
    points: tuple[Point, ...]
    entry_confirm_s: Annotated[float, Meta(ge=0, le=60)] = 1.0
    exit_grace_s: Annotated[float, Meta(ge=0, le=60)] = 2.0

    def __post_init__(self) -> None:
        check_polygon(self.points)


class MaskSettings(Struct, frozen=True, kw_only=True):
    """A part of the picture that nobody and nothing looks at: a window, a doorway.

    Attributes:
        name: Unique within its camera.
        points: Corners of a polygon, three or more, in order; the last is joined to the first.
    """

    name: Name
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        check_polygon(self.points)


class CalibrationSettings(Struct, frozen=True, kw_only=True):
    """Four points on the ground, in the picture and in metres: with them speed and density can be told.

    Attributes:
        picture: The four points in the picture, in order round the area that they enclose.
        ground_m: The same points on the ground, in metres, from any corner and along any axes.
    """

    picture: tuple[Point, ...]
    ground_m: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        for index, (x, y) in enumerate(self.picture):
            if not (0.0 <= x <= 1.0 and 0.0 <= y <= 1.0):
                raise ValueError(
                    f"picture[{index}]: ({x:g}, {y:g}) lies outside the picture; points are shares from 0 to 1"
                )
        check_calibration("picture", self.picture)
        check_calibration("ground_m", self.ground_m)
        furthest_m = max(math.dist(*two) for two in combinations(self.ground_m, 2))
        if furthest_m > LONGEST_M:
            raise ValueError(
                f"ground_m: points {furthest_m:g} m apart are in no camera's picture; measure in metres"
            )


class HeatSettings(Struct, frozen=True, kw_only=True):
    """A coarse grid over the picture in which the time that feet stood is summed.

    Attributes:
        columns: How many cells across.
        rows: How many cells down.
    """

    columns: Annotated[int, Meta(ge=2, le=32)] = 16
    rows: Annotated[int, Meta(ge=2, le=32)] = 9
