"""Where the camera hangs: ground points to points of the picture and back.

The camera looks level across the street through a shifted lens, as if from a high window far off: rows of the
picture are depths, and a thing's size depends on its row alone.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

_REFERENCE_HEIGHT_PX: Final = 576
_SMALLEST_PX: Final = 64
_HORIZON_PX: Final = -405.0
_FOCAL_PX: Final = 2200.0
_HEIGHT_M: Final = 13.35


class Ground(NamedTuple):
    """A point on the ground.

    Attributes:
        x_m: Metres to the right of the picture's middle.
        depth_m: Metres from the camera.
    """

    x_m: float
    depth_m: float


class Share(NamedTuple):
    """A point of the picture.

    Attributes:
        x: 0 at the left edge, 1 at the right edge; beyond that outside the picture.
        y: 0 at the top edge, 1 at the bottom edge.
    """

    x: float
    y: float


@dataclass(frozen=True)
class Camera:
    """A camera that hangs still.

    What is seen from top to bottom is the same at every size; a wider picture sees more of the street.

    Attributes:
        width_px: Width of the picture.
        height_px: Height of the picture.
    """

    width_px: int = 768
    height_px: int = 576

    def __post_init__(self) -> None:
        if min(self.width_px, self.height_px) < _SMALLEST_PX:
            raise ValueError(f"a picture of {self.width_px}x{self.height_px} pixels is too small")
        if self.width_px % 2 or self.height_px % 2:
            raise ValueError(f"{self.width_px}x{self.height_px}: video needs an even width and height")

    @property
    def scale(self) -> float:
        """How large a pixel of the reference picture (576 rows) is in this one."""
        return self.height_px / _REFERENCE_HEIGHT_PX

    def px_per_m(self, depth_m: float) -> float:
        """How large a metre appears.

        Args:
            depth_m: Metres from the camera.

        Returns:
            Pixels.
        """
        return _FOCAL_PX * self.scale / depth_m

    def project(self, point: Ground) -> Share:
        """Find a ground point in the picture.

        Args:
            point: On the ground.

        Returns:
            Where it appears; outside 0 to 1 where it is not in the picture.
        """
        x_px = self.width_px / 2 + self.px_per_m(point.depth_m) * point.x_m
        y_px = (_HORIZON_PX + _FOCAL_PX * _HEIGHT_M / point.depth_m) * self.scale
        return Share(x_px / self.width_px, y_px / self.height_px)

    def homogeneous(self, point: Ground) -> tuple[float, float, float]:
        """Find a ground point in the picture, before the division: linear in the ground's coordinates.

        Args:
            point: On the ground.

        Returns:
            Share of the width, share of the height, one; each times the depth, which is positive.
        """
        x, y = self.project(point)
        return x * point.depth_m, y * point.depth_m, point.depth_m

    def ground(self, point: Share) -> Ground:
        """Find what ground is seen at a point of the picture: the inverse of :meth:`project`.

        Args:
            point: Of the picture.

        Returns:
            The ground point.
        """
        depth_m = self.depth_at(point.y)
        return Ground((point.x - 0.5) * self.width_px / self.px_per_m(depth_m), depth_m)

    def depth_at(self, y: float) -> float:
        """How far off the ground is that is seen in a row.

        Args:
            y: Row, as a share of the picture's height.

        Returns:
            Metres from the camera.
        """
        return _FOCAL_PX * _HEIGHT_M / (y * _REFERENCE_HEIGHT_PX - _HORIZON_PX)

    def reach_m(self, depth_m: float) -> float:
        """How far to either side of the middle the picture reaches.

        Args:
            depth_m: Metres from the camera.

        Returns:
            Metres.
        """
        return self.width_px / 2 / self.px_per_m(depth_m)
