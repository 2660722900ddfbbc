"""Measure the seeds and write ``docs/accuracy.md``."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scripts.accuracy.street import Result, measure
from scripts.accuracy.write import page


def main() -> int:
    """Run it; 1 where the counts are further off than 3 % in total."""
    parser = argparse.ArgumentParser(description="Count the simulated street and explain every miss.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--duration", type=float, default=600.0, metavar="S", help="of each film, in scene time")
    parser.add_argument("--light", default="day", choices=("day", "dusk", "night"))
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page here instead of to stdout")
    args = parser.parse_args()
    results = [_measure(seed, args) for seed in args.seeds]
    text = page(results, duration_s=args.duration, light=args.light)
    if args.write:
        args.write.write_text(text, encoding="utf-8")
    else:
        print(text)
    return 0 if _share(results) <= 0.03 else 1  # noqa: PLR2004 - the bar of the page


def _measure(seed: int, args: argparse.Namespace) -> Result:
    print(f"seed {seed}: filming and counting {args.duration:g} s …", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        result = measure(seed, duration_s=args.duration, folder=Path(folder), light=args.light)
    print(f"seed {seed}: {result.errors} of {result.crossings} crossings wrong", file=sys.stderr, flush=True)
    return result


def _share(results: Sequence[Result]) -> float:
    return sum(r.errors for r in results) / max(1, sum(r.crossings for r in results))


if __name__ == "__main__":
    raise SystemExit(main())
