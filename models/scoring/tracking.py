"""How well objects are followed: MOTA, IDF1 and HOTA of tracks beside true boxes.

The figures come from a library that lives in an environment of its own; this module prepares the rows, and
asks it.
"""

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from models.errors import ScoringError
from models.scoring.boxes import FloatArray, MotRows
from models.scoring.interpreter import find

_IOU: Final = 0.5
_WORKER: Final = Path(__file__).with_name("worker.py")


@dataclass(frozen=True)
class TrackingScore:
    """How well objects were followed.

    Attributes:
        mota: Multiple object tracking accuracy: 1 − (missed + false + switches) / true boxes; may be negative.
        idf1: Share of boxes that carry the right identity throughout (F1), 0 to 1.
        hota: Higher order tracking accuracy, mean over thresholds of overlap, 0 to 1.
        deta: HOTA's part of finding, 0 to 1.
        assa: HOTA's part of keeping identities apart and whole, 0 to 1.
        switches: How often a true object's number changed.
        fragments: How often a true object was lost and found again.
        missed: True boxes that were not found.
        false: Boxes where nothing was.
        ids: How many numbers were given.
        true_ids: How many objects there were.
        boxes: How many true boxes there were.
    """

    mota: float
    idf1: float
    hota: float
    deta: float
    assa: float
    switches: int
    fragments: int
    missed: int
    false: int
    ids: int
    true_ids: int
    boxes: int


class _Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the worker prints."""

    mota: float
    idf1: float
    hota: float
    deta: float
    assa: float
    switches: int
    fragments: int
    missed: int
    false: int


def score_tracks(
    true: MotRows, ours: MotRows, *, python: Path | None = None, least_visible: float = 0.0
) -> TrackingScore:
    """Score tracks. Classes are not looked at: a car that is followed as a truck is followed.

    Args:
        true: The true boxes, of every frame up to the last that either speaks of.
        ours: The tracks.
        python: The interpreter that has the library; looked for where None.
        least_visible: True boxes of which less can be seen do not count: they are neither missed nor wrong.

    Returns:
        The figures.

    Raises:
        ScoringError: There is no interpreter with the library, or it failed.
    """
    true, ours = judged(true, ours, least_visible=least_visible)
    figures = _ask(find(python), _packed(true, ours))
    return TrackingScore(
        **msgspec.structs.asdict(figures),
        ids=len(np.unique(ours.ids)),
        true_ids=len(np.unique(true.ids)),
        boxes=len(true),
    )


def judged(true: MotRows, ours: MotRows, *, least_visible: float = 0.0) -> tuple[MotRows, MotRows]:
    """Leave out the true boxes that do not count, and our boxes that lie on these and on no others.

    Args:
        true: The true boxes.
        ours: The tracks.
        least_visible: As for :func:`score_tracks`.

    Returns:
        The true boxes and the tracks to score.
    """
    counts = true.counts & (true.visible >= least_visible)
    swallowed = np.zeros(len(ours), np.bool_)
    for frame in np.unique(true.frames[~counts]):
        here = np.flatnonzero(ours.frames == frame)
        there = true.frames == frame
        boxes = ours.boxes_px[here]
        on_others = _overlaps_any(boxes, true.boxes_px[there & ~counts])
        swallowed[here] = on_others & ~_overlaps_any(boxes, true.boxes_px[there & counts])
    return true.where(counts), ours.where(~swallowed)


def _overlaps_any(boxes: FloatArray, others: FloatArray) -> NDArray[np.bool_]:
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=2)
    areas = [np.prod(each[:, 2:] - each[:, :2], axis=1) for each in (boxes, others)]
    union = areas[0][:, None] + areas[1][None, :] - shared
    over: NDArray[np.bool_] = (shared >= _IOU * union).any(axis=1)
    return over


def _packed(true: MotRows, ours: MotRows) -> bytes:
    last = max([0, *true.frames.tolist(), *ours.frames.tolist()])
    file = io.BytesIO()
    np.savez(
        file,
        length=np.array([last]),
        true_frames=true.frames,
        true_ids=true.ids,
        true_boxes=true.boxes_px,
        our_frames=ours.frames,
        our_ids=ours.ids,
        our_boxes=ours.boxes_px,
    )
    return file.getvalue()


def _ask(python: Path, arrays: bytes) -> _Figures:
    # The worker is a file that is run, not a module: the interpreter does not have us. Isolated, so that neither
    # the modules beside it nor what is set for our own Python get in its way.
    words = [str(python), "-I", str(_WORKER)]
    try:
        done = subprocess.run(words, input=arrays, capture_output=True, check=True)  # noqa: S603 - our own file
        return msgspec.json.decode(done.stdout, type=_Figures)
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip().splitlines()
        raise ScoringError(f"{python}: tracks could not be scored: {said[-1] if said else 'no reason'}") from error
    except (OSError, msgspec.MsgspecError) as error:
        raise ScoringError(f"{python}: tracks could not be scored: {error}") from error
