"""``cityedge config sample``: print the commented sample of a configuration, with every option."""

import argparse

from cityedge.paths import configs_dir

KINDS = ("gateway", "cloud")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("kind", choices=KINDS, help="whose configuration")


def run(args: argparse.Namespace) -> int:
    """Print it."""
    print((configs_dir() / f"{args.kind}.sample.yaml").read_text(encoding="utf-8"), end="")
    return 0
