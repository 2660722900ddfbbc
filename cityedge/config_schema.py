"""``cityedge config schema``: print the JSON schema of a configuration, for editors that check it."""

import argparse
import importlib
import json

import msgspec

from cityedge.config_sample import KINDS

# Named, not imported: this package depends on no side.
_SETTINGS = {"gateway": ("edge.settings", "GatewaySettings"), "cloud": ("cloud.settings", "CloudSettings")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("kind", choices=KINDS, help="whose configuration")


def run(args: argparse.Namespace) -> int:
    """Print it."""
    module, name = _SETTINGS[args.kind]
    kind = getattr(importlib.import_module(module), name)
    print(json.dumps(msgspec.json.schema(kind), indent=2))
    return 0
