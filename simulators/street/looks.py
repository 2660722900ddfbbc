"""Chooses what everything looks like: seeded, from colours and shapes that a detector of photographs knows.

Every palette was measured with the default detector (``tests/simulators/street_sight.py``). What real cameras
confuse, such as a pale bicycle on a pale road, is left out: the street tests counting, not eyesight.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cityedge.classes import ObjectClass
from simulators.street.draw_body import Look
from simulators.street.draw_bus import BusLook
from simulators.street.draw_car import SHAPES, CarShape
from simulators.street.draw_motorcycle import Make, MotorcycleLook
from simulators.street.draw_truck import Load, TruckLook
from simulators.street.raster import Colour


@dataclass(frozen=True)
class BicycleLook:
    """What a bicycle and its rider look like.

    Attributes:
        frame: Colour of the frame.
        rider: Who rides it.
    """

    frame: Colour
    rider: Look


@dataclass(frozen=True)
class CarLook:
    """What a car looks like.

    Attributes:
        shape: Its profile.
        paint: Its colour.
    """

    shape: CarShape
    paint: Colour


AnyLook = Look | BicycleLook | MotorcycleLook | CarLook | BusLook | TruckLook

_SKIN: Final[tuple[Colour, ...]] = ((140, 170, 215), (125, 155, 200), (110, 140, 185))
_HAIR: Final[tuple[Colour, ...]] = ((20, 25, 30), (30, 34, 40), (35, 45, 60))
_SHIRTS: Final[tuple[Colour, ...]] = (
    (60, 60, 165),
    (165, 95, 40),
    (60, 140, 70),
    (205, 205, 208),
    (45, 45, 50),
    (60, 170, 205),
    (140, 80, 130),
    (90, 120, 60),
)
_TROUSERS: Final[tuple[Colour, ...]] = ((95, 62, 40), (62, 62, 62), (42, 42, 72), (110, 80, 50), (48, 50, 55))
_HELMETS: Final[tuple[Colour, ...]] = ((60, 60, 200), (220, 220, 220), (40, 40, 40), (180, 90, 30), (60, 150, 210))
_CAR_PAINTS: Final[tuple[Colour, ...]] = (
    (60, 60, 180),
    (190, 190, 190),
    (150, 80, 30),
    (235, 235, 235),
    (72, 72, 76),
    (120, 120, 125),
    (170, 140, 110),
)
_CYCLE_PAINTS: Final[tuple[Colour, ...]] = (
    (50, 50, 50),
    (35, 35, 38),
    (30, 35, 110),
    (60, 60, 190),
    (120, 70, 60),
)
_MOTORCYCLE_PAINTS: Final[tuple[Colour, ...]] = (
    (60, 60, 190),
    (170, 90, 40),
    (50, 50, 50),
    (30, 35, 110),
    (120, 70, 60),
)
_BUS_PAINTS: Final[tuple[tuple[Colour, Colour], ...]] = (
    ((60, 170, 60), (235, 235, 235)),
    ((200, 120, 40), (235, 235, 235)),
    ((225, 225, 225), (60, 60, 200)),
    ((50, 180, 230), (60, 60, 60)),
    ((60, 60, 200), (235, 235, 235)),
)
_CABS: Final[tuple[Colour, ...]] = ((60, 60, 190), (190, 120, 40), (222, 222, 222), (60, 150, 220), (70, 130, 70))
_BOXES: Final[tuple[Colour, ...]] = ((225, 228, 228), (210, 205, 200), (120, 85, 55), (170, 170, 172))
_BUS_M: Final = 8.5


def look_of(kind: ObjectClass, seed: int) -> AnyLook:
    """Choose a look.

    Args:
        kind: What is to be dressed or painted.
        seed: Same seed, same look.

    Returns:
        The look.
    """
    rng = np.random.default_rng((seed, 7))
    match kind:
        case "person":
            return _walker(rng)
        case "bicycle":
            return BicycleLook(_one(rng, _CYCLE_PAINTS), _rider(rng, helmet=_chance(rng, 0.4)))
        case "motorcycle":
            make: Make = "underbone" if _chance(rng, 0.65) else "roadster"
            count = 2 if _chance(rng, 0.35) else 1
            riders = tuple(_rider(rng, helmet=True) for _ in range(count))
            return MotorcycleLook(make, _one(rng, _MOTORCYCLE_PAINTS), riders)
        case "car":
            return CarLook(SHAPES[int(rng.integers(len(SHAPES)))], _one(rng, _CAR_PAINTS))
        case "bus":
            paint, trim = _BUS_PAINTS[int(rng.integers(len(_BUS_PAINTS)))]
            return BusLook(paint, trim, _BUS_M)
        case "truck":
            load: Load = "tarpaulin" if _chance(rng, 0.25) else "box"
            length_m = 5.6 if load == "tarpaulin" else float(rng.choice([5.6, 6.2, 6.8]))
            return TruckLook(_one(rng, _CABS), _one(rng, _BOXES), load, length_m)


def size_m(look: AnyLook) -> tuple[float, float]:
    """How much room a thing takes.

    Args:
        look: What it looks like.

    Returns:
        Its length along the street (for people: their stride) and its height, metres.
    """
    match look:
        case Look():
            return 0.8 * look.stature, 1.8 * look.stature
        case BicycleLook():
            return 2.05, 2.0
        case MotorcycleLook():
            return 2.0, 1.75
        case CarLook():
            return 4.5, 1.65
        case BusLook() | TruckLook():
            return look.length_m + 0.4, 3.3


def _one(rng: np.random.Generator, colours: tuple[Colour, ...]) -> Colour:
    return colours[int(rng.integers(len(colours)))]


def _chance(rng: np.random.Generator, share: float) -> bool:
    return float(rng.random()) < share


def _walker(rng: np.random.Generator) -> Look:
    return Look(
        skin=_one(rng, _SKIN),
        hair=_one(rng, _HAIR),
        top=_one(rng, _SHIRTS),
        legs=_one(rng, _TROUSERS),
        long_sleeves=_chance(rng, 0.4),
        shorts=_chance(rng, 0.2),
        long_hair=_chance(rng, 0.4),
        bag=_one(rng, _SHIRTS) if _chance(rng, 0.35) else None,
        hat=_one(rng, _HELMETS) if _chance(rng, 0.25) else None,
        stature=float(rng.choice([0.94, 0.98, 1.02])),
    )


def _rider(rng: np.random.Generator, *, helmet: bool) -> Look:
    return Look(
        skin=_one(rng, _SKIN),
        hair=_one(rng, _HAIR[:2]),
        top=_one(rng, _SHIRTS),
        legs=_one(rng, _TROUSERS),
        long_sleeves=_chance(rng, 0.6),
        hat=_one(rng, _HELMETS) if helmet else None,
    )
