"""``cityedge models pull``: fetch detectors, convert them, prove them."""

import argparse
import sys
from pathlib import Path

from cityedge.errors import UsageError
from cityedge.paths import cache_dir
from models import registry
from models.fetch.progress import Progress
from models.fetch.pull import bring, pull


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "names", nargs="*", default=[registry.DEFAULT], metavar="NAME", help=f"default: {registry.DEFAULT}"
    )
    parser.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help="the file of a model that you bring yourself"
    )
    parser.add_argument("--quiet", action="store_true", help="say nothing but errors")


def run(args: argparse.Namespace) -> int:
    """Pull them."""
    progress = Progress(None if args.quiet else sys.stderr)
    entries = [registry.find(name) for name in args.names]
    if args.file is not None:
        if len(entries) != 1:
            raise UsageError("--from takes one file, for one model")
        bring(entries[0], args.file, progress)
        progress.step(f"{entries[0].card.name}: ready in {entries[0].onnx.parent}")
        return 0
    for entry in entries:
        news = pull(entry, progress, tools=cache_dir() / "tools")
        progress.step(f"{entry.card.name}: {'ready' if news else 'is already here'} in {entry.onnx.parent}")
    return 0
