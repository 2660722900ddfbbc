"""``cityedge models evaluate``: average precision on pictures with known truth."""

import argparse
from pathlib import Path

import msgspec

from cityedge.errors import UsageError
from models.detector import Detector
from models.evaluate.pictures import pictures
from models.evaluate.run import evaluate
from models.evaluate.truth import read


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("model", help="name or ONNX file")
    parser.add_argument("--pictures", type=Path, required=True, metavar="DIR|VIDEO", help="what to look at")
    parser.add_argument(
        "--truth",
        type=Path,
        required=True,
        metavar="FILE",
        help="MOTChallenge rows, 'sim street --mot', or COCO-style .json",
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth picture; default: 1")
    parser.add_argument("--threads", type=int, default=1, help="threads that one look may use; default: 1")
    parser.add_argument("--json", action="store_true", help="one object")


def run(args: argparse.Namespace) -> int:
    """Evaluate it."""
    if args.every < 1 or args.threads < 1:
        raise UsageError("--every and --threads are 1 or more")
    truth = read(args.truth)
    detector = Detector.open(args.model, threads=args.threads)
    evaluation = evaluate(detector, pictures(args.pictures, truth, every=args.every), truth)
    if args.json:
        print(msgspec.json.encode(evaluation).decode())
        return 0
    print(f"{evaluation.model}, {evaluation.pictures} pictures, every score from {detector.card.score_floor}")
    print("  class       AP50  recall   drawn")
    for name, precision in evaluation.classes.items():
        print(f"  {name:<10} {precision.ap:5.3f}   {precision.recall:5.3f}  {precision.drawn:6}")
    return 0
