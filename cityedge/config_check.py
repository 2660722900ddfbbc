"""``cityedge config check``: whether a configuration file can be used, without using it."""

import argparse
import importlib
import json
from pathlib import Path
from typing import Any

from cityedge import settings
from cityedge.config_sample import KINDS
from cityedge.errors import ConfigError

# Named, not imported: this package depends on no side.
_SETTINGS = {"gateway": ("edge.settings", "GatewaySettings"), "cloud": ("cloud.settings", "CloudSettings")}


def settings_type(kind: str) -> type[Any]:
    """The settings type of a kind of configuration file.

    Args:
        kind: One of ``KINDS``.

    Returns:
        A msgspec Struct type.
    """
    module, name = _SETTINGS[kind]
    found: type[Any] = getattr(importlib.import_module(module), name)
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("kind", choices=KINDS, help="whose configuration")
    parser.add_argument("file", type=Path, help="the file")
    parser.add_argument("--json", action="store_true", help="for programs: {file, ok, problems}")


def run(args: argparse.Namespace) -> int:
    """Check it. Returns 1 where it has a problem."""
    problems: tuple[str, ...] = ()
    try:
        settings.load(args.file, settings_type(args.kind))
    except ConfigError as error:
        problems = error.problems
    if args.json:
        print(json.dumps({"file": str(args.file), "ok": not problems, "problems": problems}))
    else:
        print("\n".join(problems) or f"{args.file}: ok")
    return 1 if problems else 0
