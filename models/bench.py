"""How long a detector takes on this machine: milliseconds by stage, pictures a second of several threads."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.detector import Detector
from models.preprocess import scale
from models.types import Letterbox, Picture

_WARM_UP: Final = 5


@dataclass(frozen=True)
class Stage:
    """How long one stage takes.

    Attributes:
        median_ms: In the middle.
        p95_ms: In all but the slowest twentieth of the rounds.
    """

    median_ms: float
    p95_ms: float


@dataclass(frozen=True)
class Timing:
    """How long a detector takes.

    Attributes:
        model: The model's name.
        width_px: Width of the pictures.
        height_px: Height of the pictures.
        rounds: How many pictures were looked at.
        threads: Threads that one look may use.
        parallel: How many looks went on at once for ``pictures_per_s``.
        prepare: Filling the model's input.
        infer: The model.
        read: Reading boxes from its answer.
        pictures_per_s: Pictures a second, all looks at once together.
    """

    model: str
    width_px: int
    height_px: int
    rounds: int
    threads: int
    parallel: int
    prepare: Stage
    infer: Stage
    read: Stage
    pictures_per_s: float


def bench(detector: Detector, pictures: Sequence[Picture], *, rounds: int, threads: int, parallel: int) -> Timing:
    """Time a detector.

    Args:
        detector: The detector.
        pictures: Pictures of one size, taken in turn: shape (height, width, 3), uint8, BGR.
        rounds: How many to look at, one after another, and again by each of the parallel looks.
        threads: How many threads the detector was opened with; reported.
        parallel: How many threads look at once.

    Returns:
        The timing.
    """
    height_px, width_px = pictures[0].shape[:2]
    letterbox = detector.letterbox(width_px, height_px)
    scaled = [scale(picture, letterbox) for picture in pictures]

    def turns(count: int) -> Iterator[Picture]:
        return islice(cycle(scaled), count)

    for picture in turns(_WARM_UP):
        detector.detect(picture, letterbox)
    spans_s = np.array([_spans_s(detector, picture, letterbox) for picture in turns(rounds)])
    together_s = _at_once(lambda: [detector.detect(p, letterbox) for p in turns(rounds)], parallel)
    return Timing(
        model=detector.card.name,
        width_px=width_px,
        height_px=height_px,
        rounds=rounds,
        threads=threads,
        parallel=parallel,
        prepare=_stage(spans_s[:, 0]),
        infer=_stage(spans_s[:, 1]),
        read=_stage(spans_s[:, 2]),
        pictures_per_s=round(parallel * rounds / together_s, 2),
    )


def _spans_s(detector: Detector, scaled: Picture, letterbox: Letterbox) -> tuple[float, float, float]:
    """Seconds of each stage of one look."""
    begun = time.perf_counter()
    blob = detector.prepare(scaled, letterbox)
    prepared = time.perf_counter()
    outputs = detector.infer(blob)
    inferred = time.perf_counter()
    detector.read(outputs, letterbox)
    return prepared - begun, inferred - prepared, time.perf_counter() - inferred


def _stage(spans_s: NDArray[np.float64]) -> Stage:
    median, p95 = np.percentile(spans_s * 1e3, (50, 95))
    return Stage(round(float(median), 3), round(float(p95), 3))


def _at_once(work: Callable[[], object], count: int) -> float:
    """Let threads do the same work; the seconds until the last is done."""
    workers = [threading.Thread(target=work) for _ in range(count)]
    begun = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return time.perf_counter() - begun
