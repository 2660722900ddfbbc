"""Which lines and zones of a camera lie beneath its own masks, so that nobody would ever be counted there."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from edge.count.geometry import inside
from edge.settings import CameraSettings, Point

_SIDE_PX: Final = 1000.0
"""A picture of a size at which half a pixel is little."""
_STEP_PX: Final = 10.0
_GRID: Final = [((x + 0.5) * _STEP_PX, (y + 0.5) * _STEP_PX) for y in range(100) for x in range(100)]


def hidden_shares(camera: CameraSettings) -> Mapping[str, float]:
    """How much of each place is masked.

    Args:
        camera: Its settings.

    Returns:
        0 to 1, by what it is and is called: ``line 'kerb'``, ``zone 'square'``, and ``the picture``. Empty
        without masks.
    """
    if not camera.masks:
        return {}
    points = {f"line '{line.name}'": _along(_pixels(line.points)) for line in camera.lines}
    points |= {f"zone '{zone.name}'": _within(_pixels(zone.points)) for zone in camera.zones}
    points["the picture"] = _GRID
    masks = [_pixels(mask.points) for mask in camera.masks]
    return {place: _share(at, masks) for place, at in points.items()}


def _pixels(points: Sequence[Point]) -> list[Point]:
    return [(x * _SIDE_PX, y * _SIDE_PX) for x, y in points]


def _along(path: Sequence[Point]) -> list[Point]:
    points = []
    for (x, y), (to_x, to_y) in pairwise(path):
        steps = math.ceil(math.dist((x, y), (to_x, to_y)) / _STEP_PX)
        points += [(x + (to_x - x) * (k + 0.5) / steps, y + (to_y - y) * (k + 0.5) / steps) for k in range(steps)]
    return points


def _within(corners: Sequence[Point]) -> list[Point]:
    return [point for point in _GRID if inside(point, corners)]


def _share(points: Sequence[Point], masks: Sequence[Sequence[Point]]) -> float:
    """Of the points, how many are masked; a zone may be too thin to have any."""
    masked = sum(any(inside(point, mask) for mask in masks) for point in points)
    return masked / max(1, len(points))
