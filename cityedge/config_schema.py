"""``cityedge config schema``: print the JSON schema of a configuration, for editors that check it."""

import argparse
import json

import msgspec

from cityedge.config_check import settings_type
from cityedge.config_sample import KINDS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("kind", choices=KINDS, help="whose configuration")


def run(args: argparse.Namespace) -> int:
    """Print it."""
    print(json.dumps(msgspec.json.schema(settings_type(args.kind)), indent=2))
    return 0
