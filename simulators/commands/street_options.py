"""What the words of ``cityedge sim street`` mean."""

import argparse
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from cityedge.errors import UsageError
from simulators.street.camera import Camera, Share
from simulators.street.conditions import Conditions
from simulators.street.layout import CALIBRATION, LINES, ZONES
from simulators.street.places import check_names, parse_line, parse_zone
from simulators.street.scenario import Scenario, load_scenario, names
from simulators.street.street import Setting

T = TypeVar("T")

SERVE_AT: Final = "127.0.0.1:8090"
_FPS: Final = 10.0
_MOST_PORT: Final = 65535


def setting_of(args: argparse.Namespace, scenario: Scenario | None) -> Setting:
    """The street that was asked for.

    Args:
        args: Of the command: seed, fps, size, light, scenario, line, zone.
        scenario: That was named; None where none was.

    Returns:
        Its setting; the scenario's or the street's own lines where neither lines nor zones were given.

    Raises:
        UsageError: A line or zone cannot be read, or two have one name.
    """
    lines = tuple(parse_line(text) for text in args.line)
    zones = tuple(parse_zone(text) for text in args.zone)
    check_names(lines, "line")
    check_names(zones, "zone")
    if not lines and not zones:
        lines, zones = scenario.places if scenario else (LINES, ZONES)
    conditions = scenario.conditions if scenario else Conditions()
    if args.light:
        conditions = msgspec.structs.replace(conditions, light=args.light)
    return Setting(
        seed=_given(args.seed, scenario.seed if scenario else 1),
        fps=_given(args.fps, scenario.fps if scenario else _FPS),
        camera=args.size,
        conditions=conditions,
        lines=lines,
        zones=zones,
        scenario=Path(args.scenario).stem if args.scenario else None,
        calibration=tuple(Share(*point) for point in scenario.calibration) if scenario else CALIBRATION,
    )


def _given(word: T | None, otherwise: T) -> T:
    return otherwise if word is None else word


def scenario_table() -> str:
    """All scenarios that come with CityEdge, for people to read."""
    rows = []
    for name in names():
        scenario = load_scenario(name)
        rows.append(f"{name:<16}{scenario.level:<10}{scenario.title.en}  ·  {scenario.title.vi}")
    return "\n".join(rows)


def size(text: str) -> Camera:
    """Read the size of a picture.

    Args:
        text: ``WIDTHxHEIGHT``.

    Returns:
        A camera of that size.

    Raises:
        UsageError: It is no size, or one that cannot be filmed.
    """
    try:
        width, height = (int(word) for word in text.lower().split("x"))
        return Camera(width, height)
    except ValueError as error:
        raise UsageError(f"--size {text}: {error}", cure="Write it as 768x576; both numbers even.") from error


def address(text: str) -> tuple[str, int]:
    """Read an address to listen on.

    Args:
        text: ``HOST:PORT``.

    Returns:
        Host and port.

    Raises:
        UsageError: It is no such thing.
    """
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isdigit() and int(port) <= _MOST_PORT):
        raise UsageError(f"--serve {text}: is not HOST:PORT", cure=f"Write for example {SERVE_AT}.")
    return host.strip("[]"), int(port)


def positive(text: str) -> float:
    """Read a number above 0.

    Args:
        text: The number.

    Returns:
        Its value.

    Raises:
        UsageError: It is no number, or not above 0.
    """
    try:
        value = float(text)
    except ValueError as error:
        raise UsageError(f"'{text}' is not a number") from error
    if not 0 < value < float("inf"):
        raise UsageError(f"{text}: must be above 0")
    return value
