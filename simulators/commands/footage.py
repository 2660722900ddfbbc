"""``cityedge sim footage``: fetch the real footage that the demo, the tests and the benchmarks play."""

import argparse
import json

from simulators.footage import FPS, fetch, footage_path, is_here


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--check", action="store_true", help="fetch nothing, only say whether it is here")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Fetch it, or say whether it is here."""
    if not args.check:
        fetch(lambda line: print(line, flush=True) if not args.json else None)
    here = is_here()
    answer = {"path": str(footage_path()), "here": here, "fps": FPS}
    print(json.dumps(answer) if args.json else f"footage: {footage_path()}: {'here' if here else 'not here'}")
    return 0 if here else 1
