"""The detector over a run of frames: several frames at once, answers in the frames' order.

Measured on two x86 cores: one frame on two threads takes 24 ms, two frames at once on one thread each 27 ms. So
a machine's cores are given whole frames.
"""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from cityedge.classes import CLASSES
from edge.types import Frame, Picture
from models.detector import Detector
from models.types import Detections

_AHEAD = 2
"""Frames that wait for each worker, so that none idles while answers are taken."""


@dataclass(frozen=True)
class Sighting:
    """A frame and what was seen in it.

    Attributes:
        frame: The frame.
        picture: What the detector looked at, BGR.
        detections: What it saw.
        scale_s: What making the picture took, in seconds of processor time, as all of these.
        infer_s: What the model itself took.
        dress_s: What making its input and reading its output took.
    """

    frame: Frame
    picture: Picture
    detections: Detections
    scale_s: float
    infer_s: float
    dress_s: float


def model_of(detector: Detector) -> str:
    """The model's id and version, as every summary states it."""
    return f"{detector.card.name}@{detector.card.version}"


def sure_scores_of(detector: Detector) -> tuple[float, ...]:
    """Score from which a detection counts as seen, by label; out of reach for what the model does not know."""
    return tuple(detector.card.thresholds.get(name, 2.0) for name in CLASSES)


def worker_count(asked: int) -> int:
    """How many frames to look at at once; 0 asks for one per core that this process may use."""
    return asked or len(os.sched_getaffinity(0))


def look(detector: Detector, frame: Frame) -> Sighting:
    """Look at one frame.

    Args:
        detector: The detector.
        frame: The frame.

    Returns:
        What was seen.
    """
    letterbox = detector.letterbox(frame.width_px, frame.height_px)
    begun_s = time.thread_time()
    picture = frame.bgr(letterbox.scaled_width_px, letterbox.scaled_height_px)
    scaled_s = time.thread_time()
    blob = detector.prepare(picture, letterbox)
    prepared_s = time.thread_time()
    outputs = detector.infer(blob)
    inferred_s = time.thread_time()
    detections = detector.read(outputs, letterbox)
    dress_s = prepared_s - scaled_s + time.thread_time() - inferred_s
    return Sighting(frame, picture, detections, scaled_s - begun_s, inferred_s - prepared_s, dress_s)


def look_in_order(detector: Detector, frames: Iterable[Frame], *, workers: int) -> Iterator[Sighting]:
    """Look at all frames, several at once.

    Args:
        detector: The detector; it is called from ``workers`` threads.
        frames: The frames, read only so far ahead as keeps the workers busy.
        workers: How many frames to look at at once.

    Yields:
        What was seen, in the frames' order.
    """
    waiting: deque[Future[Sighting]] = deque()
    with ThreadPoolExecutor(workers, thread_name_prefix="detect") as pool:
        for frame in frames:
            waiting.append(pool.submit(look, detector, frame))
            if len(waiting) > workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
