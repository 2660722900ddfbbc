"""ByteTrack of the ``trackers`` library over saved detections; runs in the peers' environment, as a program.

Arrays come in on standard input (one ``.npz``: ``boxes``, ``scores``, ``labels``, ``starts``), rows go out on
standard output (one JSON object). It imports nothing of ours.

Usage: ``python bytetrack.py --fps 7 --labels 0 --settings '{"track_activation_threshold": 0.6}' < detections.npz``
"""

import argparse
import io
import json
import sys
import time
import warnings
from itertools import pairwise
from typing import Any

import numpy as np
import supervision as sv
from numpy.typing import NDArray
from trackers import ByteTrackTracker

warnings.filterwarnings("ignore")  # what libraries say of one another is not for the reader of the table

Array = NDArray[Any]


def follow(arrays: dict[str, Array], labels: list[int], tracker: ByteTrackTracker) -> dict[str, object]:
    """Follow the objects of some classes.

    Args:
        arrays: ``boxes`` (N, 4), ``scores`` (N,), ``labels`` (N,) of all frames one after the other, and
            ``starts`` (F + 1,): where each frame's begin.
        labels: Which classes; they are one to the tracker.
        tracker: The tracker.

    Returns:
        ``rows``: frame from 0, id, left, top, right, bottom; ``busy_s``: processor time in the tracker.
    """
    rows: list[list[float]] = []
    busy_s = 0.0
    starts = arrays["starts"]
    for frame, (first, end) in enumerate(pairwise(starts)):
        chosen = first + np.flatnonzero(np.isin(arrays["labels"][first:end], labels))
        scores = arrays["scores"][chosen]
        found = sv.Detections(xyxy=arrays["boxes"][chosen], confidence=scores, class_id=arrays["labels"][chosen])
        begun_s = time.thread_time()
        tracked = tracker.update(found)
        busy_s += time.thread_time() - begun_s
        pairs = zip(tracked.tracker_id.tolist(), tracked.xyxy.tolist(), strict=True)
        rows += [[frame, number, *box] for number, box in pairs if number >= 0]
    return {"rows": rows, "busy_s": busy_s}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="ByteTrack over saved detections.")
    parser.add_argument("--fps", type=float, required=True)
    parser.add_argument("--labels", type=int, nargs="+", required=True)
    parser.add_argument("--settings", type=json.loads, default={}, help="of the tracker, as JSON")
    args = parser.parse_args()
    with np.load(io.BytesIO(sys.stdin.buffer.read())) as file:
        arrays = dict(file)
    tracker = ByteTrackTracker(frame_rate=args.fps, **args.settings)
    print(json.dumps(follow(arrays, args.labels, tracker)))


if __name__ == "__main__":
    main()
