"""CityEdge's tracker beside ByteTrack, on the same detections of the same films, scored against the truth.

Every film is looked at once. Our tracker follows as the frames come; ByteTrack gets the same detections in an
interpreter of its own, people and vehicles apart, so that a confusion of car and truck costs it nothing. People on
or in vehicles are no pedestrians in the truth, and nobody loses by boxes that lie on a vehicle of the other group.

Usage: ``python -m scripts.accuracy.tracking plaza.avi=truth.txt@7 street.mp4=street.txt --peers PYTHON``
"""

import argparse
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np

from cityedge.classes import CLASSES, PERSON
from cityedge.clock import SystemClock
from edge.capture import open_source
from edge.detect import Sighting, look_in_order, sure_scores_of
from edge.settings import SourceSettings
from edge.track.appearance import describe
from edge.track.riders import Riders
from edge.track.settings import TrackerSettings
from edge.track.tracker import Tracker
from edge.track.trails import Trails
from models import registry
from models.detector import Detector
from models.scoring import boxes
from models.scoring.boxes import MotRows
from models.scoring.tracking import TrackingScore, score_tracks
from models.scoring.words import Row, markdown
from scripts.accuracy.films import Film

LEAST_VISIBLE: Final = 0.25
"""Who is less visible than this is neither missed nor wrong."""
GROUPS: Final[Mapping[str, tuple[int, ...]]] = {
    "people": (PERSON,),
    "vehicles": tuple(label for label in range(len(CLASSES)) if label != PERSON),
}
PEERS: Final[Mapping[str, Mapping[str, float]]] = {
    "ByteTrack, defaults": {},
    "ByteTrack, tuned": {
        "track_activation_threshold": 0.6,
        "high_conf_det_threshold": 0.4,
        "minimum_iou_threshold": 0.2,
        "lost_track_buffer": 60,
    },
}
"""ByteTrack as it comes, and with one of six sets of thresholds that were tried by hand on the plaza."""
OURS: Final = "CityEdge"
HEAD: Final = ("film", "frames/s", "of", "tracker", "HOTA", "IDF1", "MOTA", "switches", "ids", "ms a frame")
_BATCH: Final = 200  # frames whose pictures are held at once
_WORKER: Final = Path(__file__).with_name("bytetrack.py")


@dataclass(frozen=True)
class Shot:
    """A film to be followed.

    Attributes:
        video: The film.
        truth: True boxes, MOTChallenge rows.
        fps: Its true frame rate, where it claims another.
    """

    video: Path
    truth: Path
    fps: float | None = None

    @classmethod
    def parse(cls, text: str) -> "Shot":
        """From ``VIDEO=TRUTH`` or ``VIDEO=TRUTH@FPS``."""
        video, _, rest = text.partition("=")
        truth, _, fps = rest.partition("@")
        if not truth:
            raise argparse.ArgumentTypeError(f"{text}: not VIDEO=TRUTH or VIDEO=TRUTH@FPS")
        return cls(Path(video), Path(truth), float(fps) if fps else None)


@dataclass(frozen=True)
class Result:
    """One tracker on one film at one rate, for one group of classes.

    Attributes:
        film: The film's name.
        fps: Frames a second that were given to it.
        group: Whom it followed.
        tracker: Which tracker.
        score: How well.
        ms: Processor time a frame, in milliseconds; ours includes looks, and both groups at once.
    """

    film: str
    fps: float
    group: str
    tracker: str
    score: TrackingScore
    ms: float


@dataclass
class _Run:
    """One rate of one film: our tracker as it goes, and the detections that are kept for the others."""

    step: int
    tracker: Tracker
    riders: Riders = field(default_factory=Riders)
    frames: list[int] = field(default_factory=list)
    seen: list[Sighting] = field(default_factory=list)
    trails: Trails = field(default_factory=Trails)
    busy_s: float = 0.0
    first_s: float = 0.0
    last_s: float = 0.0

    @property
    def fps(self) -> float:
        return (len(self.frames) - 1) / max(1e-9, self.last_s - self.first_s)

    def take(self, sighting: Sighting) -> None:
        """Take in one frame of the film, if it is one of this rate."""
        frame = sighting.frame
        if frame.index % self.step:
            return
        picture = sighting.picture
        begun_s = time.thread_time()
        usable = self.tracker.usable(sighting.detections)
        scale = (picture.shape[1] / frame.width_px, picture.shape[0] / frame.height_px)
        objects = self.tracker.update(usable, describe(picture, usable.boxes_px, scale), frame.time_s)
        self.busy_s += time.thread_time() - begun_s
        if not self.frames:
            self.first_s = frame.time_s
        self.last_s = frame.time_s
        self.seen.append(
            replace(sighting, picture=np.empty((0, 0, 3), np.uint8))
        )  # the detections are kept, the pictures are not
        self.trails.add(len(self.frames), frame.time_s, self.riders.mark(objects))
        self.frames.append(frame.index)

    def rows(self, labels: Sequence[int]) -> list[Sequence[float]]:
        """Our tracks of some classes, as ``edge count --tracks`` writes them."""
        return [(row.frame, row.track_id, *row.box_px) for row in self.trails.rows() if row.label in labels]


def compare(shot: Shot, *, peers: Path, scoring: Path | None, steps: Sequence[int]) -> Iterator[Result]:
    """Follow what is in a film with every tracker.

    Args:
        shot: The film.
        peers: An interpreter that has ``trackers``.
        scoring: An interpreter that has ``trackeval``; looked for where None.
        steps: 1 takes every frame, 2 every second one, and so on.

    Yields:
        What each came to.

    Raises:
        CityEdgeError: The film or the truth cannot be read, or there is nothing to score with.
        subprocess.CalledProcessError: ByteTrack failed; it said why on stderr.
    """
    truth = boxes.read(shot.truth, true=True)
    for run in _look(shot, steps):
        true = _at(truth, run.frames)
        arrays = _packed(run)
        for group, labels in GROUPS.items():
            in_group = np.isin(true.labels, labels)
            if not in_group.any():
                continue
            aim = replace(true, counts=true.counts & in_group)
            found = [(OURS, run.rows(labels), run.busy_s)]
            found += [(name, *_follow(peers, arrays, run.fps, labels, s)) for name, s in PEERS.items()]
            for name, rows_, busy_s in found:
                score = score_tracks(aim, _mot(rows_), python=scoring, least_visible=LEAST_VISIBLE)
                ms = busy_s / len(run.frames) * 1e3
                yield Result(shot.video.stem, round(run.fps, 2), group, name, score, ms)


def _look(shot: Shot, steps: Sequence[int]) -> list[_Run]:
    detector = Detector.open(registry.DEFAULT)
    settings = TrackerSettings(sure_scores=sure_scores_of(detector))
    runs = [_Run(step, Tracker(settings)) for step in steps]
    where = SourceSettings(url=str(shot.video), fps=shot.fps, pace="fast")
    source = open_source(where, clock=SystemClock(), max_fps=1e9, start_unix_s=0.0)
    try:
        sightings = look_in_order(detector, source.frames(), workers=2)
        # In batches, so that the detector does not work beside the tracker while its time is taken.
        while batch := list(islice(sightings, _BATCH)):
            for run in runs:
                for sighting in batch:
                    run.take(sighting)
    finally:
        source.close()
    return runs


def _at(truth: MotRows, frames: Sequence[int]) -> MotRows:
    """The truth of some frames, counted anew from 1."""
    number = np.zeros(max(int(truth.frames.max(initial=0)), *frames) + 2, np.int64)
    number[np.array(frames) + 1] = np.arange(1, len(frames) + 1)
    kept = truth.where(number[truth.frames] > 0)
    return replace(kept, frames=number[kept.frames])


def _mot(rows_: Sequence[Sequence[float]]) -> MotRows:
    table = np.array(rows_, np.float64).reshape(-1, 6)
    frames, ids = table[:, 0].astype(np.int64) + 1, table[:, 1].astype(np.int64)
    count = len(table)
    ones = np.ones(count)
    return MotRows(frames, ids, table[:, 2:], np.zeros(count, np.int64), ones > 0, ones)


def _packed(run: _Run) -> bytes:
    found = [sighting.detections for sighting in run.seen]
    file = io.BytesIO()
    np.savez(
        file,
        boxes=np.concatenate([each.boxes_px for each in found]),
        scores=np.concatenate([each.scores for each in found]),
        labels=np.concatenate([each.labels for each in found]),
        starts=np.cumsum([0, *(len(each) for each in found)]),
    )
    return file.getvalue()


def _follow(
    peers: Path, arrays: bytes, fps: float, labels: Sequence[int], settings: Mapping[str, float]
) -> tuple[list[Sequence[float]], float]:
    words = [str(peers), "-I", str(_WORKER), "--fps", f"{fps:g}", "--settings", json.dumps(dict(settings))]
    words += ["--labels", *map(str, labels)]
    done = subprocess.run(words, input=arrays, stdout=subprocess.PIPE, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said["rows"], said["busy_s"]


def rows(films: Sequence[Film], *, peers: Path, scoring: Path | None = None) -> list[Row]:
    """The comparison on filmed scenarios, as a table without times: these differ from run to run.

    Args:
        films: The films.
        peers: An interpreter that has ``trackers``.
        scoring: An interpreter that has ``trackeval``; looked for where None.

    Returns:
        The table's rows, the head first.
    """
    shots = [Shot(film.video, film.boxes) for film in films]
    results = [r for shot in shots for r in compare(shot, peers=peers, scoring=scoring, steps=(1,))]
    return [row[:-1] for row in _table(results)]


def _table(results: Sequence[Result]) -> list[Row]:
    return [HEAD, *(_row(result) for result in results)]


def _row(result: Result) -> Row:
    score = result.score
    shares = [f"{value:.3f}" for value in (score.hota, score.idf1, score.mota)]
    counts = [str(score.switches), f"{score.ids} for {score.true_ids}"]
    return (
        result.film, f"{result.fps:g}", result.group, result.tracker, *shares, *counts, f"{result.ms:.2f}"
    )  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Run from the command line; 1 where ByteTrack is better in any of the three figures."""
    parser = argparse.ArgumentParser(
        "scripts.accuracy.tracking", description="CityEdge's tracker beside ByteTrack."
    )
    parser.add_argument("films", nargs="+", type=Shot.parse, metavar="VIDEO=TRUTH[@FPS]")
    parser.add_argument("--peers", type=Path, required=True, metavar="PYTHON", help="that has 'trackers'")
    parser.add_argument("--scoring", type=Path, metavar="PYTHON", help="that has 'trackeval'")
    parser.add_argument("--steps", type=int, nargs="+", default=[1], help="1: every frame, 2: every second one …")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args(words)
    results: list[Result] = []
    for shot in args.films:
        print(f"{shot.video.name} …", file=sys.stderr, flush=True)
        results += compare(shot, peers=args.peers, scoring=args.scoring, steps=args.steps)
    if args.json:
        print(json.dumps({"results": [asdict(result) for result in results]}))
    else:
        print("\n".join(markdown(_table(results))))
    return 0 if _ahead(results) else 1


def _ahead(results: Sequence[Result]) -> bool:
    """Whether ours is the best throughout."""
    best = {(r.film, r.fps, r.group): r.score for r in results if r.tracker == OURS}
    return all(
        ours.hota >= other.score.hota and ours.idf1 >= other.score.idf1 and ours.mota >= other.score.mota
        for other in results
        for ours in [best[(other.film, other.fps, other.group)]]
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
