"""The plain loop: counting as one would write it today from the usual libraries, to measure CityEdge against.

OpenCV's capture, the whole of every frame through the detector with ONNX Runtime on all cores, ByteTrack from
``trackers``, the line zone from ``supervision``. It runs in an environment of its own and imports nothing of ours.

Usage: ``python plain_loop.py VIDEO MODEL.onnx --threads 2 --score 0.40 --fps 7``; it prints one JSON object.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import cv2
import numpy as np
import onnxruntime
import supervision as sv
from numpy.typing import NDArray
from trackers import ByteTrackTracker

SIZE_PX = 416
STRIDES = (8, 16, 32)
BINS = np.arange(8, dtype=np.float32)
MEAN = np.array([103.53, 116.28, 123.675], np.float32)
STD = np.array([57.375, 57.12, 58.395], np.float32)
SCORE_FLOOR = 0.1  # ByteTrack's second round lives on weak detections
NMS_IOU = 0.6

Array = NDArray[Any]


class Stopwatch:
    """Adds up where the time goes.

    Attributes:
        total_s: Seconds by stage.
    """

    def __init__(self) -> None:
        self.total_s: dict[str, float] = defaultdict(float)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Put what happens inside on a stage's account."""
        started_s = time.perf_counter()
        yield
        self.total_s[name] += time.perf_counter() - started_s


class NanoDet:
    """The detector.

    Args:
        path: The ONNX file.
        threads: How many cores ONNX Runtime uses for one picture.
    """

    def __init__(self, path: str, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._input = self._session.get_inputs()[0].name
        self._outputs = [f"{kind}{stride}" for kind in ("cls", "reg") for stride in STRIDES]
        cells = [np.indices((SIZE_PX // stride, SIZE_PX // stride)).reshape(2, -1)[::-1].T for stride in STRIDES]
        self._centres = np.concatenate([(cell + 0.5) * s for cell, s in zip(cells, STRIDES, strict=True)])
        self._strides = np.concatenate(
            [np.full(len(cell), s, np.float32) for cell, s in zip(cells, STRIDES, strict=True)]
        )

    def prepare(self, frame: Array) -> tuple[Array, float, int, int]:
        """Letterbox and normalise: the input, the scale, and the padding to the left and above, in pixels."""
        height, width = frame.shape[:2]
        scale = min(SIZE_PX / width, SIZE_PX / height)
        resized = cv2.resize(frame, (round(width * scale), round(height * scale)))
        left, top = (SIZE_PX - resized.shape[1]) // 2, (SIZE_PX - resized.shape[0]) // 2
        canvas = np.zeros((SIZE_PX, SIZE_PX, 3), np.uint8)
        canvas[top : top + resized.shape[0], left : left + resized.shape[1]] = resized
        blob = ((canvas.astype(np.float32) - MEAN) / STD).transpose(2, 0, 1)[None]
        return np.ascontiguousarray(blob), scale, left, top

    def infer(self, blob: Array) -> list[Array]:
        """Run the network."""
        outputs: list[Array] = self._session.run(self._outputs, {self._input: blob})
        return outputs

    def decode(self, outputs: list[Array], scale: float, left: int, top: int) -> sv.Detections:
        """Boxes in pixels of the frame, with scores and classes, after suppression of doubles."""
        scores = np.concatenate([output[0] for output in outputs[:3]])
        sides = np.concatenate([output[0] for output in outputs[3:]])
        best, label = scores.max(axis=1), scores.argmax(axis=1)
        keep = best >= SCORE_FLOOR
        logits = sides[keep].reshape(-1, 4, len(BINS))
        weights = np.exp(logits - logits.max(axis=2, keepdims=True))
        distances = (weights @ BINS) / weights.sum(axis=2) * self._strides[keep, None]
        centres = self._centres[keep]
        boxes = np.concatenate([centres - distances[:, :2], centres + distances[:, 2:]], axis=1)
        boxes = (boxes - np.array([left, top, left, top])) / scale
        found = sv.Detections(xyxy=boxes.astype(np.float32), confidence=best[keep], class_id=label[keep])
        return found.with_nms(threshold=NMS_IOU)


def count(video: str, detector: NanoDet, tracker: ByteTrackTracker) -> dict[str, object]:
    """Count who crosses the upright line in the middle of the picture.

    Args:
        video: The file.
        detector: The detector.
        tracker: The tracker.

    Returns:
        Counts by direction, frames, seconds, and mean milliseconds a frame by stage.
    """
    watch = Stopwatch()
    started_s = time.perf_counter()
    capture = cv2.VideoCapture(video)
    middle, bottom = capture.get(cv2.CAP_PROP_FRAME_WIDTH) / 2, capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    line = sv.LineZone(start=sv.Point(middle, 0), end=sv.Point(middle, bottom))
    frames = 0
    while True:
        with watch.stage("decode"):
            ok, frame = capture.read()
        if not ok:
            break
        with watch.stage("prepare"):
            blob, scale, left, top = detector.prepare(frame)
        with watch.stage("infer"):
            outputs = detector.infer(blob)
        with watch.stage("boxes"):
            found = detector.decode(outputs, scale, left, top)
        with watch.stage("track"):
            tracked = tracker.update(found)
        with watch.stage("count"):
            line.trigger(tracked)
        frames += 1
    wall_s = time.perf_counter() - started_s
    stages_ms = {stage: 1000 * total_s / frames for stage, total_s in watch.total_s.items()}
    return {
        "in": line.in_count,
        "out": line.out_count,
        "frames": frames,
        "wall_s": wall_s,
        "stages_ms": stages_ms,
    }


def main(words: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Counts in a video with a plain loop.")
    parser.add_argument("video")
    parser.add_argument("model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--fps", type=float, default=30.0)
    parser.add_argument(
        "--score", type=float, help="where given, the tracker's thresholds instead of its defaults"
    )
    args = parser.parse_args(words)
    tuned = {"track_activation_threshold": args.score, "high_conf_det_threshold": args.score} if args.score else {}
    tracker = ByteTrackTracker(frame_rate=args.fps, **tuned)
    print(json.dumps(count(args.video, NanoDet(args.model, args.threads), tracker)))


if __name__ == "__main__":
    main()
