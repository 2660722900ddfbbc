"""Measures how well the default detector sees the simulated street: recall, class, false positives, per class.

    python scripts/measure_street.py [--hours day,night] [--seeds 1,2] [--seconds 120] [--fps 5] [--save DIR]

An object-frame counts for recall when the object is wholly in the picture and nothing nearer covers more than a
twentieth of it. A track's class is its strongest detections' vote, as the gateway's. A false positive is a
detection above its class's threshold that lies on nothing, or on something of another class while that is in view.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

import cv2
import numpy as np

from cityedge.classes import CLASSES, ObjectClass
from models.detector import Detector
from simulators.street.actors import Extent
from simulators.street.brush import Picture
from simulators.street.camera import Camera
from simulators.street.light import Hour
from simulators.street.render import Appearance, Renderer
from simulators.street.traffic import Traffic

_WIDTH_PX = 768
_TWO_WHEELERS = ("bicycle", "motorcycle")


@dataclass(frozen=True)
class Found:
    """One detection above its threshold."""

    kind: ObjectClass
    score: float
    box: Extent


@dataclass
class Tally:
    """What was seen of one class."""

    frames: int = 0
    found: int = 0
    scores: list[float] = field(default_factory=list)
    votes: dict[tuple[int, int], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    riders: int = 0
    false: int = 0
    edge: int = 0
    mistaken: Counter[str] = field(default_factory=Counter)


def overlap(a: Extent, b: Extent) -> float:
    """Area that two boxes share, pixels."""
    return max(0.0, min(a.right, b.right) - max(a.left, b.left)) * max(
        0.0, min(a.bottom, b.bottom) - max(a.top, b.top)
    )


def area(box: Extent) -> float:
    """Area of a box, pixels."""
    return max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top)


def fits(found: Extent, true: Extent, kind: str) -> bool:
    """Whether a detection is of that object. The boxes of two-wheelers leave their riders out."""
    common = overlap(found, true)
    share = common / (area(found) + area(true) - common)
    beside = abs((found.left + found.right) - (true.left + true.right)) / 2 / (true.right - true.left)
    below = abs(found.bottom - true.bottom) / (true.bottom - true.top)
    return share > (0.3 if kind in _TWO_WHEELERS else 0.45) and beside < 0.25 and below < 0.2


def detect(detector: Detector, picture: Picture) -> list[Found]:
    """Run the detector as the gateway does, thresholds of its card applied."""
    box = detector.letterbox(picture.shape[1], picture.shape[0])
    size = (box.scaled_width_px, box.scaled_height_px)
    scaled = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    seen = detector.detect(scaled, box)
    kinds = [CLASSES[int(label)] for label in seen.labels]
    return [
        Found(kind, float(score), Extent(*(float(v) for v in edge)))
        for kind, score, edge in zip(kinds, seen.scores, seen.boxes_px, strict=True)
        if score >= detector.card.thresholds[kind]
    ]


def wholly_seen(index: int, seen: Sequence[Appearance], camera: Camera) -> bool:
    """Whether an appearance lies in the picture and nothing nearer covers it."""
    box = seen[index].box_px
    if box.left < 0 or box.right > camera.width_px or box.bottom > camera.height_px:
        return False
    covered = sum(overlap(box, nearer.box_px) for nearer in seen[index + 1 :])
    return covered <= 0.05 * area(box)


def score_frame(
    tallies: dict[str, Tally], seen: Sequence[Appearance], found: Sequence[Found], camera: Camera, street: int
) -> None:
    """Add one frame to the tallies."""
    for index, one in enumerate(seen):
        tally, kind = tallies[one.actor.kind], one.actor.kind
        fitting = [f for f in found if fits(f.box, one.box_px, kind)]
        vehicles = [f for f in fitting if kind == "person" or f.kind != "person"]
        if vehicles:
            best = max(vehicles, key=lambda f: f.score)
            tally.votes[street, one.actor.number][best.kind] += round(100 * best.score)
        else:
            _ = tally.votes[street, one.actor.number]
        if not wholly_seen(index, seen, camera):
            continue
        tally.frames += 1
        right = [f.score for f in fitting if f.kind == kind]
        tally.found += bool(right)
        tally.scores.append(max(right, default=0.0))
        if kind in _TWO_WHEELERS:
            tally.riders += any(
                f.kind == "person" and overlap(f.box, one.box_px) > 0.7 * area(f.box) for f in found
            )
    for one_found in found:
        _judge(tallies, seen, one_found)


def _judge(tallies: dict[str, Tally], seen: Sequence[Appearance], found: Found) -> None:
    """Count a detection that is not of what it says."""
    under = [a for a in seen if overlap(found.box, a.box_px) > 0.5 * area(found.box)]
    if any(a.actor.kind == found.kind for a in under):
        return
    if found.kind == "person" and any(a.actor.kind in _TWO_WHEELERS for a in under):
        return
    edge = found.box.left < 4 or found.box.right > _WIDTH_PX - 4
    tallies[found.kind].edge += edge
    tallies[found.kind].false += not edge
    if edge:
        return
    tallies[found.kind].mistaken[under[-1].actor.kind if under else "nothing"] += 1


def street(
    seed: int, hour: Hour, camera: Camera, *, seconds: float, fps: float
) -> Iterator[tuple[list[Appearance], Picture]]:
    """The frames of one street, with who is in them."""
    traffic = Traffic(camera, seed=seed, end_s=seconds)
    renderer = Renderer(camera, hour=hour, seed=seed)
    present = []
    for index in range(int(seconds * fps)):
        time_s = index / fps
        present = [a for a in (*present, *traffic.arrivals(time_s)) if a.path.end_s >= time_s]
        yield renderer.appearances(present, time_s), renderer.frame(present, time_s, index=index)


def report(hour: str, tallies: dict[str, Tally], frames: int) -> None:
    """Print one table."""
    print(f"\n{hour}: {frames} frames")
    print(
        f"{'class':<12}{'frames':>8}{'recall':>8}{'p10':>6}{'median':>8}{'tracks':>8}{'right':>8}{'riders':>8}{'false':>7}{'edge':>6}  mistaken"
    )
    for kind in CLASSES:
        t = tallies[kind]
        votes = [v for v in t.votes.values() if v]
        right = sum(v.most_common(1)[0][0] == kind for v in votes)
        low, middle = (float(np.quantile(t.scores or [0], q)) for q in (0.1, 0.5))
        riders = f"{t.riders / t.frames:.3f}" if t.riders and t.frames else ""
        print(
            f"{kind:<12}{t.frames:>8}{t.found / max(1, t.frames):>8.3f}{low:>6.2f}{middle:>8.2f}{len(t.votes):>8}"
            f"{right:>8}{riders:>8}{t.false:>7}{t.edge:>6}  {dict(t.mistaken)}"
        )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", default="day,night")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--fps", type=float, default=5)
    parser.add_argument("--save", type=Path, help="write every frame with something wrong in it here")
    args = parser.parse_args()
    detector, camera = Detector.open("nanodet-m-416"), Camera()
    for hour in [h for h in get_args(Hour) if h in args.hours.split(",")]:
        tallies, frames, began = {kind: Tally() for kind in CLASSES}, 0, time.monotonic()
        for seed in map(int, args.seeds.split(",")):
            for seen, picture in street(seed, hour, camera, seconds=args.seconds, fps=args.fps):
                found = detect(detector, picture)
                wrong = sum(t.false for t in tallies.values())
                score_frame(tallies, seen, found, camera, seed)
                frames += 1
                if args.save and sum(t.false for t in tallies.values()) > wrong:
                    save(args.save / f"{hour}-{seed}-{frames:05d}.png", picture, found)
        report(hour, tallies, frames)
        print(f"{frames / (time.monotonic() - began):.1f} frames/s, drawing and detecting")
    return 0


def save(path: Path, picture: Picture, found: Sequence[Found]) -> None:
    """Write a frame with its detections."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for one in found:
        corners = [(int(one.box.left), int(one.box.top)), (int(one.box.right), int(one.box.bottom))]
        cv2.rectangle(picture, corners[0], corners[1], (0, 0, 255), 1)
        cv2.putText(picture, f"{one.kind} {one.score:.2f}", corners[0], cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 255))
    cv2.imwrite(str(path), picture)


if __name__ == "__main__":
    sys.exit(main())
