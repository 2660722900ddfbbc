"""Scores tracks with ``trackeval``; runs in the scoring environment, as a program of its own.

Arrays come in on standard input (one ``.npz``), figures go out on standard output (one JSON object)::

    python models/scoring/worker.py < arrays.npz

It imports nothing of ours: the scoring environment holds ``trackeval`` and what its metrics load, no more.
"""

import contextlib
import io
import json
import sys
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The library says on standard output which of its data sets it could not load; the figures go there.
with contextlib.redirect_stdout(sys.stderr):
    from trackeval.metrics import CLEAR, HOTA, Identity

Array = NDArray[Any]


def score(arrays: Mapping[str, Array]) -> dict[str, float]:
    """Score one recording.

    Args:
        arrays: ``true_frames``, ``true_ids`` (N,), ``true_boxes`` (N, 4) left, top, right, bottom, and the same
            with ``our_`` for tracks; ``length`` (1,): how many frames there are.

    Returns:
        The figures by name; shares are 0 to 1, MOTA may be negative.
    """
    data = _sequence(arrays)
    quiet = {"PRINT_CONFIG": False}
    clear = CLEAR(quiet).eval_sequence(data)
    identity = Identity(quiet).eval_sequence(data)
    hota = HOTA().eval_sequence(data)
    whole = {"switches": "IDSW", "fragments": "Frag", "missed": "CLR_FN", "false": "CLR_FP"}
    return {
        "mota": float(clear["MOTA"]),
        "idf1": float(identity["IDF1"]),
        # HOTA is a mean over thresholds of overlap.
        **{name: float(np.mean(hota[field])) for name, field in _HOTA.items()},
        **{name: int(clear[field]) for name, field in whole.items()},
    }


_HOTA = {"hota": "HOTA", "deta": "DetA", "assa": "AssA"}


def _sequence(arrays: Mapping[str, Array]) -> dict[str, Any]:
    """What the library's metrics take: ids counted from 0, and per frame ids and overlaps."""
    true_ids, true_numbers = _from_zero(arrays["true_ids"])
    our_ids, our_numbers = _from_zero(arrays["our_ids"])
    data: dict[str, Any] = {
        "num_timesteps": int(arrays["length"][0]),
        "num_gt_ids": true_numbers,
        "num_tracker_ids": our_numbers,
        "num_gt_dets": len(true_ids),
        "num_tracker_dets": len(our_ids),
        "gt_ids": [],
        "tracker_ids": [],
        "similarity_scores": [],
    }
    for frame in range(1, data["num_timesteps"] + 1):
        true, our = arrays["true_frames"] == frame, arrays["our_frames"] == frame
        data["gt_ids"].append(true_ids[true])
        data["tracker_ids"].append(our_ids[our])
        data["similarity_scores"].append(_overlaps(arrays["true_boxes"][true], arrays["our_boxes"][our]))
    return data


def _from_zero(ids: Array) -> tuple[Array, int]:
    numbers, ranks = np.unique(ids, return_inverse=True)
    return ranks, len(numbers)


def _overlaps(first: Array, second: Array) -> Array:
    """Intersection over union of every pair: (N, 4) and (M, 4) give (N, M)."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.prod(np.maximum(high - low, 0.0), axis=2)
    areas = [np.prod(boxes[:, 2:] - boxes[:, :2], axis=1) for boxes in (first, second)]
    union = areas[0][:, None] + areas[1][None, :] - shared
    overlaps: Array = np.where(union > 0, shared / np.maximum(union, 1e-12), 0.0)
    return overlaps


def main() -> None:
    """Read the arrays, write the figures."""
    with np.load(io.BytesIO(sys.stdin.buffer.read())) as arrays:
        print(json.dumps(score(dict(arrays))))


if __name__ == "__main__":
    main()
