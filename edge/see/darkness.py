"""Dark: there is no light in the picture, nowhere.

The measure is the brightness of the brightest hundredth of the picture, after averaging over some 25 pixels, so
that neither the noise of an amplified sensor nor a hot pixel is taken for light. A lens cap gives 0 to 15 of 255
(black level and what leaks in). A street by night has lamps, windows or headlights: 120 in the simulator, 200 and
more with a lamp in view; it is dark *as scenery*, yet the camera sees. What it is good for, measured: where the
plaza clip is darkened until this figure is 32, NanoDet-m finds nine of the ten people that it finds by day; at 25
eight; at 17 seven, and four if the sensor adds noise. Below 20 a count is not to be trusted.
"""

from typing import Final

import numpy as np

from edge.see.hysteresis import Bounds
from edge.see.planes import Flags, Plane

BOUNDS: Final = Bounds(enter=20.0, leave=30.0)
_BRIGHTEST: Final = 0.99


def brightness_of(coarse: Plane, seen: Flags) -> float:
    """How bright the brightest hundredth of the picture is at least.

    Args:
        coarse: uint8, shape (60, 80).
        seen: Which of its pixels are not masked, same shape.

    Returns:
        From 0 to 255; 255 where everything is masked, since then nothing is known of the light.
    """
    values = coarse[seen]
    if not values.size:
        return 255.0
    rank = int(_BRIGHTEST * (values.size - 1))
    return float(np.partition(values, rank)[rank])
