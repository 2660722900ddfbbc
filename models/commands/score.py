"""``cityedge models score``: what ``cityedge edge count`` wrote, beside the truth."""

import argparse
import json
import sys
from pathlib import Path

from cityedge.errors import UsageError
from models.evaluate.pictures import frames
from models.scoring import truth
from models.scoring.boxes import read as read_boxes
from models.scoring.counted import read_counts, read_crossings
from models.scoring.crossings import WINDOW_S
from models.scoring.judge import Counted, Rules, Score, judge
from models.scoring.matching import NEAR_S
from models.scoring.places import line_of, zone_of
from models.scoring.report import Evidence, write
from models.scoring.truth import Truth, View
from models.scoring.words import plain, share, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add(
        "--truth",
        type=Path,
        required=True,
        metavar="FILE",
        help="MOTChallenge rows, the simulator's .json, or a tally by hand (.yaml)",
    )
    add("--boxes", type=Path, metavar="GT.txt", help="true boxes beside the simulator's .json: its --mot")
    add("--tracks", type=Path, metavar="T.txt", help="what 'edge count --tracks' wrote")
    add("--crossings", type=Path, metavar="C.jsonl", help="what 'edge count --crossings' wrote")
    add("--counts", type=Path, metavar="J.json", help="what 'edge count --json' printed")
    add("--line", action="append", default=[], metavar="NAME=x1,y1,x2,y2", help="a line, as for 'edge count'")
    add("--zone", action="append", default=[], metavar="NAME=x,y;x,y;…", help="a zone, as for 'edge count'")
    add("--fps", type=float, metavar="F", help="the true frame rate, as for 'edge count'")
    add("--size", type=_size, metavar="WxH", help="size of the picture, where there is no --video")
    add("--window-s", type=float, default=WINDOW_S, metavar="S", help="errors cancel only within this time (60)")
    add("--near-s", type=float, default=NEAR_S, metavar="S", help="a crossing may be this early or late (2)")
    add("--least-visible", type=float, default=0.0, metavar="SHARE", help="true boxes less visible do not count")
    add("--video", type=Path, metavar="VIDEO", help="the recording, for pictures in the report")
    add("--report", type=Path, metavar="DIR", help="write report.html here, with pictures of what is wrong")
    add("--fail-under", type=float, metavar="SHARE", help="exit with 1 where a group's accuracy is less")
    add("--python", type=Path, metavar="PATH", help="the interpreter that has trackeval")
    add("--json", action="store_true", help="one object")


def run(args: argparse.Namespace) -> int:
    """Judge, say so, and fail where it is not good enough."""
    _check(args)
    counted = Counted(
        read_boxes(args.tracks, true=False) if args.tracks else None,
        read_crossings(args.crossings) if args.crossings else None,
        read_counts(args.counts) if args.counts else None,
    )
    view = _view(args)
    truly = truth.read(
        args.truth, boxes=args.boxes, view=view, frames=counted.counts.frames if counted.counts else 0
    )
    rules = Rules(args.window_s, args.near_s, args.least_visible, args.python)
    score = judge(truly, counted, rules)
    _check_judged(args, score, truly)
    print(json.dumps(plain(score)) if args.json else table(score))
    if args.report:
        _report(args, score, truly, counted, view)
    return _verdict(score, args.fail_under)


def _check(args: argparse.Namespace) -> None:
    if not (args.tracks or args.crossings or args.counts):
        raise UsageError("nothing to judge", cure="Add --tracks, --crossings or --counts.")
    if args.window_s <= 0 or args.near_s < 0 or (args.fps is not None and args.fps <= 0):
        raise UsageError("--window-s and --fps are above 0, --near-s is 0 or more")
    if not 0 <= args.least_visible <= 1:
        raise UsageError("--least-visible is 0 to 1")
    if args.fail_under is not None and not args.crossings:
        raise UsageError("--fail-under judges crossings", cure="Add --crossings.")


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    size_px = int(width), int(height)
    if min(size_px) < 1:
        raise ValueError(text)
    return size_px


def _view(args: argparse.Namespace) -> View:
    size_px: tuple[int, int] | None = args.size
    if size_px is None and args.video is not None:
        first = next(frames(args.video, every=1), None)
        size_px = (first[1].shape[1], first[1].shape[0]) if first else None
    return View(tuple(map(line_of, args.line)), tuple(map(zone_of, args.zone)), args.fps, size_px)


def _check_judged(args: argparse.Namespace, score: Score, truly: Truth) -> None:
    """Files that were given and that the truth can say nothing about are a mistake, not a good score."""
    silent = [
        ("--tracks", args.tracks, score.tracking, "Give true boxes: as --truth, or as --boxes beside it."),
        ("--crossings", args.crossings, score.crossings, "Add the --line that was counted at."),
        ("--counts", args.counts and not (args.tracks or args.crossings), truly.zones or None, "Add the --zone."),
    ]
    for flag, given, judged, cure in silent:
        if given and judged is None:
            raise UsageError(f"{flag}: {args.truth} says nothing about it", cure=cure)


def _report(args: argparse.Namespace, score: Score, truly: Truth, counted: Counted, view: View) -> None:
    evidence = Evidence(
        video=args.video,
        fps=args.fps,
        lines=view.lines,
        true=truly.boxes,
        tracks=counted.tracks,
    )
    page = write(args.report, score, evidence)
    print(f"written: {page}", file=sys.stderr)


def _verdict(score: Score, least: float | None) -> int:
    if least is None or score.crossings is None:
        return 0
    short = [
        f"{group} {share(figures.accuracy)}"
        for group, figures in score.crossings.groups.items()
        if (figures.accuracy if figures.accuracy is not None else float("-inf")) < least
    ]
    if short:
        print(f"less than {share(least)}: {', '.join(short)}", file=sys.stderr)
    return 1 if short else 0
