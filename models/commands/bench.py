"""``cityedge models bench``: milliseconds per stage on this machine."""

import argparse
import itertools
from pathlib import Path
from typing import Final

import msgspec

from cityedge.errors import UsageError
from models import golden, registry
from models.bench import Stage, bench
from models.detector import Detector
from models.evaluate.pictures import frames
from models.types import Picture

_FRAMES: Final = 40
_WIDTH_PX: Final = 768
_HEIGHT_PX: Final = 576


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "model", nargs="?", default=registry.DEFAULT, help=f"name or ONNX file; default: {registry.DEFAULT}"
    )
    parser.add_argument(
        "--pictures", type=Path, metavar="VIDEO", help="look at its frames, not at a drawn picture"
    )
    parser.add_argument("--rounds", type=int, default=100, help="pictures to look at; default: 100")
    parser.add_argument("--threads", type=int, default=1, help="threads that one look may use; default: 1")
    parser.add_argument("--parallel", type=int, default=1, help="looks at once, for pictures a second; default: 1")
    parser.add_argument("--json", action="store_true", help="one object")


def run(args: argparse.Namespace) -> int:
    """Time it."""
    if min(args.rounds, args.threads, args.parallel) < 1:
        raise UsageError("--rounds, --threads and --parallel are 1 or more")
    detector = Detector.open(args.model, threads=args.threads)
    timing = bench(
        detector, _pictures(args.pictures), rounds=args.rounds, threads=args.threads, parallel=args.parallel
    )
    if args.json:
        print(msgspec.json.encode(timing).decode())
        return 0
    size = f"{timing.width_px}×{timing.height_px}"
    print(f"{timing.model}, {timing.rounds} pictures of {size}, {timing.threads} thread(s)")
    stages: dict[str, Stage] = {"prepare": timing.prepare, "infer": timing.infer, "read": timing.read}
    for name, stage in stages.items():
        print(f"  {name:<8} {stage.median_ms:8.2f} ms median {stage.p95_ms:8.2f} ms p95")
    print(f"  {timing.pictures_per_s:.1f} pictures a second with {timing.parallel} at once")
    return 0


def _pictures(video: Path | None) -> list[Picture]:
    if video is None:
        return [golden.picture(_WIDTH_PX, _HEIGHT_PX)]
    return [picture for _, picture in itertools.islice(frames(video, every=10), _FRAMES)]
