"""Ways through the street, from outside the picture to outside the picture: along a lane, or over the road."""

from typing import Final

import numpy as np

from cityedge.classes import ObjectClass
from simulators.street.camera import Camera, Ground
from simulators.street.layout import ZEBRA_M, Lane
from simulators.street.looks import look_of, size_m

_CROSSER_ROWS: Final = (541 / 576, 232 / 576)
_MARGIN_M: Final = 0.8  # beyond the picture's edge, so that no shadow shows before its owner


def lane_way(lane: Lane, kind: ObjectClass, look_seed: int, camera: Camera) -> tuple[Ground, ...]:
    """The way along a lane.

    Args:
        lane: Which lane.
        kind: Who uses it.
        look_seed: Decides how long it is.
        camera: Out of whose picture it begins and ends.

    Returns:
        Its two ends.
    """
    depth_m = lane.depth_m(camera)
    length_m, _ = size_m(look_of(kind, look_seed))
    edge_m = camera.reach_m(depth_m) + length_m / 2 + _MARGIN_M
    ends = (Ground(-edge_m, depth_m), Ground(edge_m, depth_m))
    return ends if lane.heading == "right" else ends[::-1]


def crosser_way(rng: np.random.Generator, camera: Camera) -> tuple[Ground, ...]:
    """The way of somebody who comes along one pavement, takes the zebra crossing, and leaves along the other.

    Args:
        rng: Chooses the sides and the direction.
        camera: Out of whose picture it begins and ends.

    Returns:
        Its four points.
    """
    x_m = float(rng.uniform(ZEBRA_M[0] + 0.5, ZEBRA_M[1] - 0.5))
    points = []
    for row in _CROSSER_ROWS:
        depth_m = camera.depth_at(row)
        edge_m = (camera.reach_m(depth_m) + 0.5 + _MARGIN_M) * float(rng.choice([-1, 1]))
        points += [Ground(edge_m, depth_m), Ground(x_m, depth_m)]
    way = (points[0], points[1], points[3], points[2])
    return way[:: int(rng.choice([-1, 1]))]


def round_trip(rng: np.random.Generator, camera: Camera, *, x: float, y: float) -> tuple[Ground, ...]:
    """The way of somebody who comes to a spot along its row, and leaves by the same side or the other.

    Args:
        rng: Chooses the sides.
        camera: Out of whose picture it begins and ends.
        x: Column of the spot, as a share of the picture's width.
        y: Its row, as a share of the picture's height.

    Returns:
        Its three points.
    """
    depth_m = camera.depth_at(y)
    edge_m = camera.reach_m(depth_m) + 0.5 + _MARGIN_M
    sides = [edge_m * float(rng.choice([-1, 1])) for _ in range(2)]
    spot = Ground((x - 0.5) * 2 * camera.reach_m(depth_m), depth_m)
    return Ground(sides[0], depth_m), spot, Ground(sides[1], depth_m)
