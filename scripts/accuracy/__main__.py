"""Measure how well CityEdge counts, and write ``docs/accuracy.md`` with its pictures."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from scripts.accuracy import pictures, plaza, tracking
from scripts.accuracy.scenarios import Measured, measure
from scripts.accuracy.write import IMAGES, Page, page
from simulators import footage
from simulators.street.scenario import names

STREET: Final = "plain"
UNCOUNTED: Final = frozenset({"camera-faults"})
"""Scenarios that try something else than counting."""


def main() -> int:
    """Run it; 1 where a moderate scenario falls short of its bar."""
    parser = argparse.ArgumentParser(description="Count films with known truth, and explain every miss.")
    parser.add_argument("--scenarios", nargs="+", default=[name for name in names() if name not in UNCOUNTED])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5], help="of the moderate street")
    parser.add_argument("--duration", type=float, default=180.0, metavar="S", help="of each film, in scene time")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="films that are worked on at once")
    parser.add_argument("--peers", type=Path, metavar="PYTHON", help="an interpreter that has ByteTrack")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the page here instead of to stdout")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content, measured = _measure(args, Path(folder))
    if not args.write:
        print(content)
    return 1 if any(one.short_of for one in measured if one.scenario.level == "moderate") else 0


def _measure(args: argparse.Namespace, folder: Path) -> tuple[str, Sequence[Measured]]:
    work = [(STREET, seed) for seed in args.seeds] + [(name, None) for name in args.scenarios if name != STREET]
    with ThreadPoolExecutor(args.workers) as pool:
        done = list(pool.map(lambda one: _one(*one, folder=folder, duration_s=args.duration), work))
    streets, others = done[: len(args.seeds)], done[len(args.seeds) :]
    scenarios = sorted([*streets[:1], *others], key=lambda one: (one.scenario.level != "moderate", one.name))
    peers = tracking.rows([one.film for one in scenarios], peers=args.peers) if args.peers else []
    found = plaza.measure(footage.footage_path(), folder=folder) if footage.is_here() else []
    misses: list[tuple[str, str]] = []
    if args.write:
        images = args.write.parent / IMAGES
        images.mkdir(parents=True, exist_ok=True)
        (images / pictures.CHART).write_text(pictures.draw_chart(scenarios), encoding="utf-8")
        pictures.draw_sheet(scenarios, images / pictures.SHEET)
        misses = pictures.draw_misses(scenarios, images)
    text = page(Page(scenarios, streets, found, misses, peers, args.duration))
    if args.write:
        args.write.write_text(text, encoding="utf-8")
    return text, done


def _one(name: str, seed: int | None, *, folder: Path, duration_s: float) -> Measured:
    print(f"{name}: filming and counting {duration_s:g} s …", file=sys.stderr, flush=True)
    measured = measure(name, folder=folder, duration_s=duration_s, seed=seed)
    figures = measured.crossings.groups["all"]
    said = f"{figures.window_errors} errors in {figures.true} crossings"
    short = f"; short of its bar: {', '.join(measured.short_of)}" if measured.short_of else ""
    print(f"{measured.name} {measured.seed}: {said}{short}", file=sys.stderr, flush=True)
    return measured


if __name__ == "__main__":
    raise SystemExit(main())
