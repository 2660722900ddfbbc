"""Aim: where a camera that shakes or was turned puts what it would see if it hung still."""

import math
from typing import Final, NamedTuple

from simulators.street.actors import Extent
from simulators.street.camera import Camera
from simulators.street.conditions import Conditions, Moved
from simulators.street.faults import in_force
from simulators.street.shake import offset_px


class Aim(NamedTuple):
    """Moves points of the picture: x' = xx x + xy y + x0 and y' = yx x + yy y + y0, in pixels.

    Attributes:
        xx: New columns per old column.
        xy: New columns per old row.
        x0: Columns that are added.
        yx: New rows per old column.
        yy: New rows per old row.
        y0: Rows that are added.
    """

    xx: float = 1.0
    xy: float = 0.0
    x0: float = 0.0
    yx: float = 0.0
    yy: float = 1.0
    y0: float = 0.0

    def point(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Find where a point of the still picture is.

        Args:
            x_px: Its column in the still picture.
            y_px: Its row there.

        Returns:
            Its column and row in the picture as taken.
        """
        return self.xx * x_px + self.xy * y_px + self.x0, self.yx * x_px + self.yy * y_px + self.y0

    def box(self, still: Extent) -> Extent:
        """Find where a box of the still picture is.

        Args:
            still: The box in the still picture.

        Returns:
            The smallest upright box around it in the picture as taken.
        """
        corners = [self.point(x, y) for x in (still.left, still.right) for y in (still.top, still.bottom)]
        columns, rows = zip(*corners, strict=True)
        return Extent(min(columns), min(rows), max(columns), max(rows))

    def then(self, x_px: float, y_px: float) -> "Aim":
        """Shift the picture further.

        Args:
            x_px: To the right.
            y_px: Down.

        Returns:
            Both together.
        """
        return self._replace(x0=self.x0 + x_px, y0=self.y0 + y_px)


STILL: Final = Aim()
"""A camera that hangs as it was hung."""


def aim_at(conditions: Conditions, camera: Camera, time_s: float, *, seed: int) -> Aim:
    """Find out where the camera points.

    Args:
        conditions: May shake it and turn it.
        camera: As it was hung.
        time_s: Scene time.
        seed: Of the street.

    Returns:
        The same for the same arguments; :data:`STILL` where nothing moves the camera.
    """
    aim = STILL
    for fault in in_force(conditions.faults, time_s):
        if isinstance(fault, Moved):
            aim = _turned(fault, camera)
    if conditions.shake is not None:
        aim = aim.then(*offset_px(conditions.shake, time_s, seed=seed))
    return aim


def _turned(moved: Moved, camera: Camera) -> Aim:
    angle = math.radians(moved.rotation_deg)
    cos, sin = moved.zoom * math.cos(angle), moved.zoom * math.sin(angle)
    x_px, y_px = camera.width_px / 2, camera.height_px / 2
    return Aim(
        xx=cos,
        xy=-sin,
        x0=x_px - cos * x_px + sin * y_px + moved.x * camera.width_px,
        yx=sin,
        yy=cos,
        y0=y_px - sin * x_px - cos * y_px + moved.y * camera.height_px,
    )
