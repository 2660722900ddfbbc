"""Where feet stood, and for how long: a coarse grid over the picture."""

from collections.abc import Iterable

from edge.count.geometry import Point
from edge.types import HeatCell, TrackedObject


class HeatGrid:
    """A grid over one camera's picture.

    Args:
        columns: How many cells across.
        rows: How many cells down.
        width_px: Width of the source frame.
        height_px: Its height.
    """

    def __init__(self, columns: int, rows: int, *, width_px: float, height_px: float) -> None:
        self._columns = columns
        self._rows = rows
        self._width_px = width_px
        self._height_px = height_px

    def cells(self, objects: Iterable[TrackedObject], dt_s: float) -> list[HeatCell]:
        """For how long feet stood in which cells, up to one frame.

        Summed over cells it is the presence of all objects in the picture, as a zone over all of it would have
        it: objects that are not settled are left out, and riders, who are there as their vehicles.

        Args:
            objects: Everything tracked in the frame, briefly unobserved objects included.
            dt_s: For how long, up to the frame, the camera was seen; 0 for the first frame after a gap.

        Returns:
            The cells in which somebody stood, by row, column and label, each once; none where ``dt_s`` is 0.
        """
        if dt_s <= 0:
            return []
        present: dict[tuple[int, int, int], int] = {}
        for item in objects:
            if item.settled and not item.rider:
                row, column = self._cell(item.foot_px)
                present[row, column, item.label] = present.get((row, column, item.label), 0) + 1
        return [
            HeatCell(column, row, label, count * dt_s) for (row, column, label), count in sorted(present.items())
        ]

    def _cell(self, point_px: Point) -> tuple[int, int]:
        """The row and the column in which a point lies; who leaves the picture stands at its edge."""
        x, y = point_px
        column = int(min(max(x / self._width_px, 0.0), 1.0) * self._columns)
        row = int(min(max(y / self._height_px, 0.0), 1.0) * self._rows)
        return min(row, self._rows - 1), min(column, self._columns - 1)
