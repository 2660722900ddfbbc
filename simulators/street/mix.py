"""What a street's traffic is made of, and what people and vehicles do on their way: the words of a scenario."""

from typing import Annotated, Final, TypeAlias

from msgspec import Meta, Struct

from cityedge.classes import ObjectClass
from simulators.street.layout import LANES, Heading

Factor: TypeAlias = Annotated[float, Meta(ge=0, le=20)]
Rate: TypeAlias = Annotated[float, Meta(gt=0, le=60)]
Part: TypeAlias = Annotated[float, Meta(ge=0, le=1)]
Seconds: TypeAlias = Annotated[float, Meta(ge=0, le=3600)]
Span: TypeAlias = tuple[Seconds, Seconds]
"""From and to, seconds."""
Spot: TypeAlias = tuple[Annotated[float, Meta(ge=-1, le=2)], Annotated[float, Meta(ge=0.05, le=1.5)]]
"""A point of the picture, 0 to 1 from its top left corner."""

Place: TypeAlias = tuple[Part, Annotated[float, Meta(ge=0.3, le=1)]]
"""A point of the picture on the ground before the houses."""

_NAMES: Final = tuple(lane.name for lane in LANES)


def _check_lanes(lanes: tuple[str, ...]) -> None:
    unknown = [lane for lane in lanes if lane not in _NAMES]
    if unknown:
        raise ValueError(f"lanes: '{unknown[0]}' is none of {', '.join(_NAMES)}")


def _check_span(field: str, span: tuple[float, float]) -> None:
    if span[1] < span[0]:
        raise ValueError(f"{field}: ends before it begins: {span[0]:g} to {span[1]:g}")


class Rates(Struct, frozen=True, forbid_unknown_fields=True):
    """How many of each class come, beside the usual.

    Attributes:
        person: On the pavements.
        bicycle: On its lanes.
        motorcycle: On its lanes.
        car: On its lanes.
        bus: On its lanes.
        truck: On its lanes.
        crossing: People who take the zebra crossing.
    """

    person: Factor = 1.0
    bicycle: Factor = 1.0
    motorcycle: Factor = 1.0
    car: Factor = 1.0
    bus: Factor = 1.0
    truck: Factor = 1.0
    crossing: Factor = 1.0


class Groups(Struct, frozen=True, forbid_unknown_fields=True):
    """People who walk together.

    Attributes:
        share: Of those who come, how many bring others.
        size: The fewest and the most of a group.
    """

    share: Part
    size: tuple[Annotated[int, Meta(ge=2, le=8)], Annotated[int, Meta(ge=2, le=8)]] = (2, 3)

    def __post_init__(self) -> None:
        _check_span("size", self.size)


class Halting(Struct, frozen=True, forbid_unknown_fields=True):
    """Some stop on their way, and go on.

    Attributes:
        classes: Who.
        lanes: Where; everywhere where left out.
        share: How many of them.
        at_x: Where their foot point halts, as a share of the picture's width.
        spread_x: How far to either side of it.
        for_s: How long, from and to.
        brake_m: Over which length they slow down.
    """

    classes: tuple[ObjectClass, ...]
    at_x: Part
    for_s: Span
    lanes: tuple[str, ...] = _NAMES
    share: Part = 1.0
    spread_x: Part = 0.0
    brake_m: Annotated[float, Meta(ge=0, le=20)] = 3.0

    def __post_init__(self) -> None:
        _check_lanes(self.lanes)
        _check_span("for_s", self.for_s)


class Dithering(Struct, frozen=True, forbid_unknown_fields=True):
    """People who do not know whether to go on.

    Attributes:
        per_minute: How many come.
        at_x: About which column they dither: that of a line.
        lanes: On which pavements.
        turns: How often they turn round, the fewest and the most.
        reach_m: How far to either side of the column they step, from and to.
        for_s: How long they stand at each turn, from and to.
        back: How many of them leave the way they came.
    """

    per_minute: Rate
    at_x: Part
    lanes: tuple[str, ...]
    turns: tuple[Annotated[int, Meta(ge=1, le=20)], Annotated[int, Meta(ge=1, le=20)]] = (1, 4)
    reach_m: tuple[Annotated[float, Meta(gt=0, le=5)], Annotated[float, Meta(gt=0, le=5)]] = (0.05, 0.15)
    for_s: Span = (0.0, 2.0)
    back: Part = 0.5

    def __post_init__(self) -> None:
        _check_lanes(self.lanes)
        for field in ("turns", "reach_m", "for_s"):
            _check_span(field, getattr(self, field))


class Gathering(Struct, frozen=True, forbid_unknown_fields=True):
    """People who come to a place, stand there, and leave.

    Attributes:
        per_minute: How many come.
        corners: Two opposite corners of the place.
        for_s: How long they stay, from and to.
    """

    per_minute: Rate
    corners: tuple[Spot, Spot]
    for_s: Span

    def __post_init__(self) -> None:
        _check_span("for_s", self.for_s)


class Against(Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """Some use a lane the wrong way.

    Attributes:
        kind: Who.
        lane: Which lane.
        per_minute: How many.
    """

    kind: ObjectClass
    lane: str
    per_minute: Rate

    def __post_init__(self) -> None:
        if self.lane not in _NAMES:
            raise ValueError(f"lane: is none of {', '.join(_NAMES)}")


class Parked(Struct, frozen=True, forbid_unknown_fields=True, rename={"kind": "class"}):
    """A vehicle that stands at the kerb.

    Attributes:
        kind: What it is.
        at: Where its foot point is.
        heading: Which way it looks.
        lane: From which lane it comes and into which it leaves.
        look: Which of the looks of its class it has.
        comes_s: When it enters the picture; it is there from the beginning where left out.
        goes_s: When it sets off; never where left out.
    """

    kind: ObjectClass
    at: Place
    heading: Heading
    lane: str
    look: int = 0
    comes_s: Seconds | None = None
    goes_s: Seconds | None = None

    def __post_init__(self) -> None:
        if self.lane not in _NAMES:
            raise ValueError(f"lane: is none of {', '.join(_NAMES)}")
        if self.comes_s is not None and self.goes_s is not None and self.goes_s < self.comes_s:
            raise ValueError("goes_s: is before it comes")


class Mix(Struct, frozen=True, forbid_unknown_fields=True):
    """Who comes, and what they do.

    Attributes:
        density: How busy it is; 1 is moderate.
        fair: Nobody hides another for long. Nobody runs into another anyhow.
        rates: How many of each class, beside the usual.
        spread_m: How far from the middle of their lane two-wheelers ride, to either side.
        groups: People who walk together.
        children: How many of those on foot are children.
        halting: Who stops on the way.
        dithering: Who turns round.
        gathering: Who comes to stand.
        against: Who goes the wrong way.
        parked: Who stands at the kerb.
    """

    density: Factor = 1.0
    fair: bool = True
    rates: Rates = Rates()
    spread_m: Annotated[float, Meta(ge=0, le=3)] = 0.0
    groups: Groups | None = None
    children: Part = 0.0
    halting: tuple[Halting, ...] = ()
    dithering: tuple[Dithering, ...] = ()
    gathering: tuple[Gathering, ...] = ()
    against: tuple[Against, ...] = ()
    parked: tuple[Parked, ...] = ()


USUAL: Final = Mix()
"""Nothing out of the ordinary, at moderate density."""
