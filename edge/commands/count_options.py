"""What ``cityedge edge count`` is told: a camera from a configuration, or lines and zones from the command."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from cityedge.classes import CLASSES, ObjectClass
from cityedge.errors import ConfigError, UsageError
from cityedge.plain import Plain
from cityedge.settings import convert, load
from edge.settings import (
    CameraSettings,
    GatewaySettings,
    LineSettings,
    MaskSettings,
    SourceSettings,
    ZoneSettings,
)

WHOLE_PICTURE: Final = "picture"
"""A zone that is always counted when lines and zones come from the command."""

S = TypeVar("S", LineSettings, ZoneSettings, MaskSettings)
P = TypeVar("P", ZoneSettings, MaskSettings)


def gateway_of(args: argparse.Namespace) -> tuple[GatewaySettings, CameraSettings]:
    """The gateway and camera to count for.

    Args:
        args: Of the command: video, fps, config, camera, line, zone, mask, classes, model.

    Returns:
        The gateway, and the camera with the recording as its source.

    Raises:
        UsageError: The words do not fit together, or a line or zone cannot be read.
        ConfigError: The configuration is wrong.
    """
    source = SourceSettings(url=str(args.video), fps=args.fps, pace="fast")
    if args.config is None:
        camera = _camera(args, source)
        return GatewaySettings(site="here", gateway="count", cameras=(camera,)), camera
    if args.line or args.zone or args.mask or args.classes:
        raise UsageError(
            "--config brings its own lines, zones, masks and classes: leave out --line, --zone, --mask, --classes"
        )
    gateway = load(Path(args.config), GatewaySettings)
    return gateway, msgspec.structs.replace(_named(gateway, args.camera), source=source)


def _camera(args: argparse.Namespace, source: SourceSettings) -> CameraSettings:
    lines = tuple(_line(text) for text in args.line)
    masks = tuple(_polygon(text, MaskSettings, "--mask") for text in args.mask)
    zones, classes = _zones(args.zone), _classes(args.classes)
    try:
        return CameraSettings(
            name="recording",
            source=source,
            max_fps=1e9,
            classes=classes,
            masks=masks,
            lines=lines,
            zones=zones,
        )
    except ValueError as error:
        raise UsageError(f"the command: {error}") from error


def _named(gateway: GatewaySettings, name: str | None) -> CameraSettings:
    names = [camera.name for camera in gateway.cameras]
    if name is None and len(names) == 1:
        return gateway.cameras[0]
    if name not in names:
        said = "does not say which camera" if name is None else f"there is no camera '{name}'"
        raise UsageError(f"{said}; the configuration has: {', '.join(names) or 'none'}", cure="Add --camera NAME.")
    return gateway.cameras[names.index(name)]


def _classes(text: str | None) -> tuple[ObjectClass, ...]:
    names = text.split(",") if text else CLASSES
    unknown = [name for name in names if name not in CLASSES]
    if unknown:
        raise UsageError(f"--classes: there is no class '{unknown[0]}'; there are {', '.join(CLASSES)}")
    return tuple(name for name in CLASSES if name in names)


def _line(text: str) -> LineSettings:
    name, numbers = _split(text, "--line", "NAME=x1,y1,x2,y2")
    values = _numbers(numbers.split(","), text, "--line")
    if len(values) % 2:
        raise UsageError(f"--line {text}: {len(values)} numbers do not make points x,y", cure="Give pairs.")
    points: list[Plain] = [[x, y] for x, y in zip(values[::2], values[1::2], strict=True)]
    return _convert({"name": name, "points": points}, LineSettings, f"--line {text}")


def _zones(texts: Sequence[str]) -> tuple[ZoneSettings, ...]:
    corners = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    zones = [_polygon(text, ZoneSettings, "--zone") for text in texts]
    if all(zone.name != WHOLE_PICTURE for zone in zones):
        zones.append(ZoneSettings(name=WHOLE_PICTURE, points=corners))
    return tuple(zones)


def _polygon(text: str, kind: type[P], flag: str) -> P:
    name, numbers = _split(text, flag, "NAME=x,y;x,y;x,y")
    corners = numbers.strip(";").split(";")
    points: list[Plain] = [list(_numbers(pair.split(","), text, flag)) for pair in corners]
    return _convert({"name": name, "points": points}, kind, f"{flag} {text}")


def _split(text: str, flag: str, form: str) -> tuple[str, str]:
    name, equals, numbers = text.partition("=")
    if not equals or not numbers:
        raise UsageError(
            f"{flag} {text}: is not of the form {form}", cure="Points are shares of the picture, 0–1."
        )
    return name, numbers


def _numbers(words: Sequence[str], text: str, flag: str) -> list[float]:
    try:
        return [float(word) for word in words]
    except ValueError as error:
        raise UsageError(f"{flag} {text}: {error}") from error


def _convert(tree: Plain, kind: type[S], what: str) -> S:
    try:
        return convert(tree, kind, name=what)
    except ConfigError as error:
        raise UsageError(error.message) from error
