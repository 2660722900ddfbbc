"""``cityedge models pull``: fetch detectors, convert them, prove them."""

import argparse
import sys
from pathlib import Path

from cityedge.errors import UsageError
from cityedge.paths import cache_dir
from models import registry
from models.fetch.progress import Progress
from models.fetch.pull import bring, pull
from models.registry import Entry


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
    entries = [registry.find(name) for name in args.names]
    if args.file is not None and len(entries) != 1:
        raise UsageError("--from takes one file, for one model")
    progress = Progress(None if args.quiet else sys.stderr)
    try:
        for entry in entries:
            news = _get(entry, args.file, progress)
            state = "ready" if news else "is already here"
            progress.step(f"{entry.card.name}: {state} in {entry.onnx.parent}")
    finally:
        progress.finish()
    return 0


def _get(entry: Entry, file: Path | None, progress: Progress) -> bool:
    if file is None:
        return pull(entry, progress, tools=cache_dir() / "tools")
    bring(entry, file, progress)
    return True
