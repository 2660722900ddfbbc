"""Scenarios: streets that try a counter, each written down in YAML, with a bar that says what is good enough.

``simulators/scenarios/`` holds those that come with CityEdge; anybody may write more. Everything but the title and
the level may be left out::

    title: {en: A quiet street, vi: Con phố yên tĩnh}
    level: moderate                     # moderate or hard
    bar: {people: 0.97, two_wheelers: 0.97, four_wheelers: 0.98}
    seed: 1
    fps: 10
    duration_s: 300
    traffic: {density: 1, rates: {motorcycle: 3}}       # simulators/street/mix.py has all words
    conditions: {rain: 0.5}                             # simulators/street/conditions.py likewise
    actors: []                                          # as in a script
    lines: [{name: mid, points: [[0.5, 0], [0.5, 1]]}]
    zones: [{name: all, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
    calibration: [[0.2, 0.5], [0.8, 0.5], [0.9, 0.9], [0.1, 0.9]]
"""

from pathlib import Path
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from cityedge import settings
from cityedge.errors import UsageError
from cityedge.messages import Name
from simulators.street.camera import Camera, Share
from simulators.street.conditions import Conditions
from simulators.street.layout import CALIBRATION, LINES, ZONES
from simulators.street.mix import Mix, Part
from simulators.street.parking import parked
from simulators.street.places import Line, Zone
from simulators.street.script import ScriptedActor, actors_of
from simulators.street.traffic import Traffic

Level = Literal["moderate", "hard"]
Point = tuple[Part, Part]

_FOLDER: Final = Path(__file__).resolve().parents[1] / "scenarios"
_CORNERS: Final = 4


class Title(Struct, frozen=True, forbid_unknown_fields=True):
    """What a scenario is called.

    Attributes:
        en: In English.
        vi: In Vietnamese.
    """

    en: Annotated[str, Meta(min_length=1)]
    vi: Annotated[str, Meta(min_length=1)]


class Bar(Struct, frozen=True, forbid_unknown_fields=True):
    """What a counter must reach: per-window accuracy whose errors may not cancel, 0 to 1.

    Attributes:
        people: Of people on foot.
        two_wheelers: Of bicycles and motorcycles.
        four_wheelers: Of cars, buses and lorries.
    """

    people: Part = 0.97
    two_wheelers: Part = 0.97
    four_wheelers: Part = 0.98


class LinePlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A line that is counted at.

    Attributes:
        name: Of the line.
        points: Two or more points of the picture.
    """

    name: Name
    points: Annotated[tuple[Point, ...], Meta(min_length=2)]


class ZonePlace(Struct, frozen=True, forbid_unknown_fields=True):
    """A zone that is counted in.

    Attributes:
        name: Of the zone.
        points: Three or more corners.
    """

    name: Name
    points: Annotated[tuple[Point, ...], Meta(min_length=3)]


class Scenario(Struct, frozen=True, forbid_unknown_fields=True):
    """A street that tries a counter.

    Attributes:
        title: What it is called.
        level: How hard it is to count.
        bar: What a counter must reach.
        seed: Decides everything that is left to chance.
        fps: Frames per second.
        duration_s: How long it lasts.
        traffic: Who comes, and what they do.
        conditions: Weather, light, distractions, camera faults.
        actors: Who comes beside the traffic.
        lines: Where crossings are counted; the street's own where neither lines nor zones are given.
        zones: Where stays are counted.
        calibration: Four points of the picture whose place on the ground the truth tells.
    """

    title: Title
    level: Level
    bar: Bar = Bar()
    seed: int = 1
    fps: Annotated[float, Meta(gt=0, le=60)] = 10.0
    duration_s: Annotated[float, Meta(gt=0, le=86_400)] = 300.0
    traffic: Mix = Mix()
    conditions: Conditions = Conditions()
    actors: tuple[ScriptedActor, ...] = ()
    lines: tuple[LinePlace, ...] = ()
    zones: tuple[ZonePlace, ...] = ()
    calibration: tuple[Point, ...] = CALIBRATION

    def __post_init__(self) -> None:
        if len(self.calibration) != _CORNERS:
            raise ValueError(f"calibration: needs four points, got {len(self.calibration)}")
        for what, named in (("lines", self.lines), ("zones", self.zones)):
            given = [one.name for one in named]
            twice = next((name for name in given if given.count(name) > 1), None)
            if twice:
                raise ValueError(f"{what}: '{twice}' is given twice")

    @property
    def places(self) -> tuple[tuple[Line, ...], tuple[Zone, ...]]:
        """Its lines and zones; the street's own where it has none."""
        if not self.lines and not self.zones:
            return LINES, ZONES
        lines = tuple(Line(one.name, tuple(Share(*point) for point in one.points)) for one in self.lines)
        zones = tuple(Zone(one.name, tuple(Share(*point) for point in one.points)) for one in self.zones)
        return lines, zones

    def cast(
        self, camera: Camera, *, seed: int, end_s: float | None, density: float = 1.0, name: str = "scenario"
    ) -> Traffic:
        """Who comes.

        Args:
            camera: That sees them.
            seed: Decides what is left to chance.
            end_s: When the street ends, scene time; never where None.
            density: How busy it is, beside what the scenario says.
            name: Of the scenario, for errors.

        Returns:
            The cast, not yet asked for anybody.

        Raises:
            ConfigError: An actor's path cannot be.
        """
        written = actors_of(self.actors, camera, name=name)
        at_kerb = [
            parked(rule, number, camera) for number, rule in enumerate(self.traffic.parked, start=len(written) + 1)
        ]
        others = [*written, *at_kerb]
        return Traffic(camera, seed=seed, density=density, end_s=end_s, mix=self.traffic, others=others)


def names() -> list[str]:
    """The names of all scenarios that come with CityEdge, in order of the alphabet."""
    return sorted(file.stem for file in _FOLDER.glob("*.yaml"))


def load_scenario(name: str) -> Scenario:
    """Read a scenario.

    Args:
        name: One of :func:`names`, or a file: something that ends in ``.yaml`` or ``.yml``.

    Returns:
        The scenario.

    Raises:
        UsageError: There is no scenario of that name.
        ConfigError: The file cannot be read, or says something that cannot be.
    """
    if name.endswith((".yaml", ".yml")):
        return settings.load(Path(name), Scenario)
    if name not in names():
        raise UsageError(f"--scenario {name}: there is no such scenario", cure=f"There are {', '.join(names())}.")
    return settings.load(_FOLDER / f"{name}.yaml", Scenario)
