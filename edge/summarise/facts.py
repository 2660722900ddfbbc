"""What every summary of a camera says about where it comes from, and which rows it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cityedge.classes import ObjectClass
from edge.settings import HeatSettings


@dataclass(frozen=True, kw_only=True)
class CameraFacts:
    """What every summary of a camera says about where it comes from, and which rows it has.

    Attributes:
        site: The site's name.
        gateway: The gateway's name.
        camera: The camera's name.
        model: Model id and version.
        config_rev: Revision of the configuration.
        classes: What is counted, in the order of the rows.
        lines: Names of the lines.
        zones: Names of the zones.
        flows: Names of the zones between which trips are counted.
        areas_m2: Area on the ground by zone, where the camera is calibrated and the zone does not reach beyond
            the horizon.
        heat: The heat grid; None for no grid.
    """

    site: str
    gateway: str
    camera: str
    model: str
    config_rev: str
    classes: Sequence[ObjectClass]
    lines: Sequence[str] = ()
    zones: Sequence[str] = ()
    flows: Sequence[str] = ()
    areas_m2: Mapping[str, float] = field(default_factory=dict)
    heat: HeatSettings | None = None
