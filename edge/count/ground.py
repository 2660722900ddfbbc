"""How the picture lies on the ground: a homography from four points that somebody has measured.

The ground is taken as a plane, and the lens as free of distortion: straight kerbs are straight in the picture.
Where a lens bends them, measure the four points near where speeds and densities are to be told. Solved as in
Hartley and Zisserman, Multiple View Geometry, section 4.1 (direct linear transformation, points normalised).
"""

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from edge.count.geometry import Point
from edge.settings.points import area

_Matrix: TypeAlias = NDArray[np.float64]

_POINTS: Final = 4  # a plane has eight degrees of freedom, a point fixes two
_LEAST_TRIANGLE: Final = 1e-4  # area of three points that do not lie in a line, all four being spread by about 1
_HORIZON: Final = 1e-6  # of the depth in the middle of the four points: what is farther than a million of it


class Ground:
    """Tells where on the ground a point of the picture lies.

    Args:
        picture_px: Four points in the picture, in pixels of the source frame (any one scale will do, as long as
            the same is used throughout), no three of them in a line.
        ground_m: The same points on the ground, in metres, from any corner and along any axes.

    Raises:
        ValueError: They fix no ground: not four, three in a line, or in another order there than here.
    """

    def __init__(self, picture_px: Sequence[Point], ground_m: Sequence[Point]) -> None:
        if len(picture_px) != _POINTS or len(ground_m) != _POINTS:
            raise ValueError(
                f"a calibration needs four points in the picture and on the ground, "
                f"got {len(picture_px)} and {len(ground_m)}"
            )
        from_picture, from_ground = _normaliser(picture_px), _normaliser(ground_m)
        here, there = _normalised(picture_px, from_picture), _normalised(ground_m, from_ground)
        _check(here, there)
        # Depths are 1 in the middle of the four points; a point of depth 0 or less is on or beyond the horizon.
        plane = np.linalg.inv(from_ground) @ _solve(here, there) @ from_picture
        self._x, self._y, self._depth = plane.tolist()

    def at(self, point_px: Point) -> Point | None:
        """Where on the ground a point of the picture lies.

        Args:
            point_px: The point, in pixels as given at the beginning.

        Returns:
            In metres; None on and beyond the horizon, where no ground is seen.
        """
        depth = _dot(self._depth, point_px)
        if depth <= _HORIZON:
            return None
        return _dot(self._x, point_px) / depth, _dot(self._y, point_px) / depth

    def area_m2(self, corners_px: Sequence[Point]) -> float | None:
        """How much ground a polygon of the picture covers.

        Exact: a straight edge in the picture is straight on the ground.

        Args:
            corners_px: In order; the last is joined to the first. Pixels as given at the beginning.

        Returns:
            In square metres; None where a corner lies on or beyond the horizon.
        """
        corners_m = [self.at(corner) for corner in corners_px]
        seen = [corner for corner in corners_m if corner is not None]
        return abs(area(seen)) if len(seen) == len(corners_m) else None


def _dot(row: Sequence[float], point: Point) -> float:
    return row[0] * point[0] + row[1] * point[1] + row[2]


def _normaliser(points: Sequence[Point]) -> _Matrix:
    """What moves points round the origin and spreads them by about 1 along each axis.

    Args:
        points: In any unit.

    Returns:
        A matrix for homogeneous points, float64, shape (3, 3).

    Raises:
        ValueError: They have no extent along an axis.
    """
    array = np.array(points, np.float64)
    middle = array.mean(axis=0)
    x, y = np.abs(array - middle).mean(axis=0).tolist()
    if not (math.isfinite(x) and math.isfinite(y) and x > 0 and y > 0):
        raise ValueError("the four points of a calibration lie in a line")
    return np.array([[1 / x, 0, -middle[0] / x], [0, 1 / y, -middle[1] / y], [0, 0, 1]])


def _normalised(points: Sequence[Point], normaliser: _Matrix) -> list[Point]:
    return [(x, y) for x, y, _ in (np.c_[np.array(points), np.ones(len(points))] @ normaliser.T).tolist()]


def _check(here: Sequence[Point], there: Sequence[Point]) -> None:
    """Whether four points can be the picture of four others, with all of them before the camera.

    They can if every three of them run round in the same sense here as there, or every three in the other
    (where the axes on the ground are mirrored).

    Raises:
        ValueError: They cannot, or three lie in a line.
    """
    turns = set()
    for three in combinations(range(_POINTS), 3):
        areas = [area([points[index] for index in three]) for points in (here, there)]
        if min(map(abs, areas)) < _LEAST_TRIANGLE:
            raise ValueError(f"points {three[0]}, {three[1]} and {three[2]} of a calibration lie in a line")
        turns.add(areas[0] * areas[1] > 0)
    if len(turns) > 1:
        raise ValueError("the points of a calibration lie in another order on the ground than in the picture")


def _solve(here: Sequence[Point], there: Sequence[Point]) -> _Matrix:
    """The homography between four points and four others, its last entry 1; float64, shape (3, 3)."""
    rows = []
    for (x, y), (u, v) in zip(here, there, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    solution = np.linalg.solve(np.array(rows, np.float64), np.array(there, np.float64).reshape(-1))
    return np.append(solution, 1.0).reshape(3, 3)
