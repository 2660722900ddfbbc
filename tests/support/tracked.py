"""Tracked objects made by hand: named by class, placed by their foot point."""

from cityedge.classes import CLASSES, ObjectClass
from edge.types import TrackedObject


def tracked(
    foot_px: tuple[float, float],
    name: ObjectClass = "person",
    *,
    track_id: int = 1,
    height_px: float = 100.0,
    observed: bool = True,
    settled: bool = True,
    rider: bool = False,
) -> TrackedObject:
    """An object half as wide as it is high, whose lower edge's middle is at ``foot_px``."""
    x, y = foot_px
    box_px = (x - height_px / 4, y - height_px, x + height_px / 4, y)
    return TrackedObject(
        track_id, CLASSES.index(name), box_px, 0.8, observed=observed, settled=settled, rider=rider
    )
