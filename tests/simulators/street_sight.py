"""How well the default detector sees the simulated street: recall, class, false positives, per class.

    python -m tests.simulators.street_sight [--conditions '{rain: 0.3}'] [--seeds 1,2] [--seconds 120] [--save DIR]

Conditions are those of a scenario, as YAML; the option may be given several times. An object-frame counts for
recall when the object is wholly in the picture and nothing nearer covers more than a twentieth of it. A track's
class is that of most of its score. A detection is false when it lies on nothing of its class; it is counted apart
where it touches the picture's edge, where half a lorry may well be a bus.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from cityedge import settings
from cityedge.classes import CLASSES, ObjectClass
from models.detector import Detector
from simulators.street.actors import Actor, Extent
from simulators.street.appearance import Appearance
from simulators.street.camera import Camera
from simulators.street.conditions import Conditions
from simulators.street.raster import Picture
from simulators.street.render import Renderer
from simulators.street.traffic import Traffic

TWO_WHEELERS = ("bicycle", "motorcycle")
CAMERA = Camera()


@dataclass(frozen=True)
class Found:
    """One detection above its class's threshold."""

    kind: ObjectClass
    score: float
    box: Extent


@dataclass
class Tally:
    """What was seen of one class."""

    frames: int = 0
    scores: list[float] = field(default_factory=list)
    votes: dict[tuple[int, int], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    false: int = 0
    at_edge: int = 0
    mistaken: Counter[str] = field(default_factory=Counter)

    @property
    def recall(self) -> float:
        return sum(score > 0 for score in self.scores) / max(1, self.frames)

    def right_tracks(self, kind: ObjectClass) -> int:
        return sum(bool(votes) and votes.most_common(1)[0][0] == kind for votes in self.votes.values())


Tallies = dict[ObjectClass, Tally]


def overlap(a: Extent, b: Extent) -> float:
    width = min(a.right, b.right) - max(a.left, b.left)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    return max(0.0, width) * max(0.0, height)


def area(box: Extent) -> float:
    return max(0.0, box.right - box.left) * max(0.0, box.bottom - box.top)


def fits(found: Extent, true: Extent, kind: ObjectClass) -> bool:
    """Whether a detection is of that object. COCO's boxes of two-wheelers leave their riders out."""
    common = overlap(found, true)
    share = common / (area(found) + area(true) - common)
    beside = abs((found.left + found.right) - (true.left + true.right)) / 2 / (true.right - true.left)
    below = abs(found.bottom - true.bottom) / (true.bottom - true.top)
    return share > (0.3 if kind in TWO_WHEELERS else 0.45) and beside < 0.25 and below < 0.2


def detect(detector: Detector, picture: Picture) -> list[Found]:
    """Look as the gateway does; the thresholds of the model's card apply."""
    box = detector.letterbox(picture.shape[1], picture.shape[0])
    size = (box.scaled_width_px, box.scaled_height_px)
    seen = detector.detect(np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8), box)
    kinds = [CLASSES[int(label)] for label in seen.labels]
    found = [
        Found(kind, float(score), Extent(*(float(v) for v in edges)))
        for kind, score, edges in zip(kinds, seen.scores, seen.boxes_px, strict=True)
    ]
    return [one for one in found if one.score >= detector.card.thresholds[one.kind]]


def wholly_seen(index: int, seen: Sequence[Appearance]) -> bool:
    box = seen[index].box_px
    inside = box.left >= 0 and box.right <= CAMERA.width_px and box.bottom <= CAMERA.height_px
    return inside and sum(overlap(box, nearer.box_px) for nearer in seen[index + 1 :]) <= 0.05 * area(box)


def score_frame(tallies: Tallies, seen: Sequence[Appearance], found: Sequence[Found], *, street: int) -> None:
    """Add one frame to the tallies."""
    for index, one in enumerate(seen):
        kind = one.actor.kind
        tally = tallies[kind]
        fitting = [
            f for f in found if fits(f.box, one.box_px, kind) and (kind == "person") == (f.kind == "person")
        ]
        votes = tally.votes[street, one.actor.number]
        for best in sorted(fitting, key=lambda f: -f.score)[:1]:
            votes[best.kind] += round(100 * best.score)
        if wholly_seen(index, seen):
            tally.frames += 1
            tally.scores.append(max((f.score for f in fitting if f.kind == kind), default=0.0))
    for one_found in found:
        judge(tallies[one_found.kind], seen, one_found)


def judge(tally: Tally, seen: Sequence[Appearance], found: Found) -> None:
    """Count a detection that is not of what it says."""
    under = [one for one in seen if overlap(found.box, one.box_px) > 0.5 * area(found.box)]
    kinds = {one.actor.kind for one in under}
    if found.kind in kinds or (found.kind == "person" and kinds & set(TWO_WHEELERS)):
        return
    edge = found.box.left < 4 or found.box.right > CAMERA.width_px - 4
    tally.at_edge += edge
    tally.false += not edge
    if not edge:
        tally.mistaken[under[-1].actor.kind if under else "nothing"] += 1


def frames(
    seed: int, conditions: Conditions, *, seconds: float, fps: float
) -> Iterator[tuple[list[Appearance], Picture]]:
    """The frames of one street, with who is in them."""
    traffic = Traffic(CAMERA, seed=seed, end_s=seconds)
    renderer = Renderer(CAMERA, conditions=conditions, seed=seed)
    present: list[Actor] = []
    for index in range(int(seconds * fps)):
        time_s = index / fps
        present = [a for a in (*present, *traffic.arrivals(time_s)) if a.path.end_s >= time_s]
        yield renderer.appearances(present, time_s), renderer.frame(present, time_s, index=index)


def table(tallies: Tallies) -> str:
    """The tallies for people to read."""
    names = f"{'class':<12}{'frames':>8}{'recall':>8}{'p10':>6}{'median':>8}{'tracks':>8}{'right':>7}"
    head = f"{names}{'false':>7}{'edge':>6}"
    rows = [head]
    for kind, tally in tallies.items():
        low, middle = (float(np.quantile(tally.scores or [0.0], q)) for q in (0.1, 0.5))
        tracks = sum(map(bool, tally.votes.values()))
        rows.append(
            f"{kind:<12}{tally.frames:>8}{tally.recall:>8.3f}{low:>6.2f}{middle:>8.2f}{tracks:>8}"
            f"{tally.right_tracks(kind):>7}{tally.false:>7}{tally.at_edge:>6}  {dict(tally.mistaken) or ''}"
        )
    return "\n".join(rows)


def save(path: Path, picture: Picture, found: Sequence[Found]) -> None:
    """Write a frame with its detections."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for one in found:
        corners = [(int(one.box.left), int(one.box.top)), (int(one.box.right), int(one.box.bottom))]
        cv2.rectangle(picture, corners[0], corners[1], (0, 0, 255), 1)
        text = f"{one.kind} {one.score:.2f}"
        cv2.putText(picture, text, corners[0], cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 255))
    cv2.imwrite(str(path), picture)


def measure(conditions: Conditions, args: argparse.Namespace, detector: Detector) -> Tallies:
    """Look at whole streets under the same conditions."""
    tallies: Tallies = {kind: Tally() for kind in CLASSES}
    for seed in map(int, args.seeds.split(",")):
        for index, (seen, picture) in enumerate(frames(seed, conditions, seconds=args.seconds, fps=args.fps)):
            before = sum(t.false for t in tallies.values())
            found = detect(detector, picture)
            score_frame(tallies, seen, found, street=seed)
            if args.save and sum(t.false for t in tallies.values()) > before:
                save(args.save / f"{hash(conditions)}-{seed}-{index:05d}.png", picture, found)
    return tallies


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--conditions", action="append", metavar="YAML", help="(a dry, cloudy day)")
    parser.add_argument("--seeds", default="1,2")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--fps", type=float, default=5)
    parser.add_argument("--save", type=Path, help="write every frame with a false detection here")
    args = parser.parse_args()
    detector = Detector.open("nanodet-m-416")
    for text in args.conditions or ["{}"]:
        conditions = settings.parse(text, Conditions, name="--conditions")
        begun = time.monotonic()
        print(f"{text}\n{table(measure(conditions, args, detector))}\n{time.monotonic() - begun:.0f} s\n")


if __name__ == "__main__":
    main()
