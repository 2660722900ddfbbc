"""What is really in a set of pictures: boxes by picture, read from MOTChallenge rows or from COCO-style JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import CLASSES
from models.errors import TruthError
from models.scoring.boxes import read_any
from models.types import FloatArray, IntArray

_HIDDEN: Final = 0.1
"""Nobody can see what is visible by less than this share: it counts neither when found nor when missed."""


@dataclass(frozen=True)
class Boxes:
    """What is in one picture.

    Attributes:
        boxes_px: Shape (N, 4), float32: left, top, right, bottom.
        labels: Shape (N,), int32: index into ``cityedge.classes.CLASSES``.
        ignored: Shape (N,), bool: groups and the like, which count neither when found nor when missed.
    """

    boxes_px: FloatArray
    labels: IntArray
    ignored: NDArray[np.bool_]


@dataclass(frozen=True)
class Truth:
    """What is in a set of pictures.

    Attributes:
        pictures: By frame number (from 1) or by file name. A picture that is not there was not looked at.
        labels: The classes that were drawn; others say nothing about a detector.
    """

    pictures: Mapping[int | str, Boxes]
    labels: tuple[int, ...]


def read(path: Path) -> Truth:
    """Read a truth file: ``.json`` is COCO-style, anything else MOTChallenge rows.

    Args:
        path: The file.

    Returns:
        The truth.

    Raises:
        TruthError: The file cannot be read as such.
    """
    if path.suffix != ".json":
        return _mot(path)
    try:
        return _coco(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TruthError(
            f"{path}: cannot be read as truth: {error}",
            cure="Give MOTChallenge rows (frame,id,left,top,width,height,…) as .txt, or COCO-style .json.",
        ) from error


def _mot(path: Path) -> Truth:
    """MOTChallenge rows are persons; the simulator's (``cityedge sim street --mot``) say what they are."""
    rows = read_any(path, true=True)
    ignored = ~rows.counts | (rows.visible < _HIDDEN)
    pictures: dict[int | str, Boxes] = {}
    for frame in np.unique(rows.frames).tolist():
        here = rows.frames == frame
        boxes = rows.boxes_px[here].astype(np.float32)
        pictures[frame] = Boxes(boxes, rows.labels[here].astype(np.int32), ignored[here])
    return Truth(pictures, tuple(np.unique(rows.labels).tolist()))


def _coco(tree: Mapping[str, Any]) -> Truth:
    """COCO-style JSON, its categories matched by name."""
    labels = {c["id"]: CLASSES.index(c["name"]) for c in tree["categories"] if c["name"] in CLASSES}
    pictures: dict[int, list[tuple[Sequence[float], int, bool]]] = {p["id"]: [] for p in tree["images"]}
    for drawn in tree["annotations"]:
        if drawn["category_id"] in labels:
            row = (drawn["bbox"], labels[drawn["category_id"]], bool(drawn.get("iscrowd", 0)))
            pictures[drawn["image_id"]].append(row)
    names = {p["id"]: p["file_name"] for p in tree["images"]}
    return Truth({names[key]: _boxes(rows) for key, rows in pictures.items()}, tuple(sorted(labels.values())))


def _boxes(rows: Sequence[tuple[Sequence[float], int, bool]]) -> Boxes:
    boxes = np.array([row[0] for row in rows], np.float32).reshape(-1, 4)
    boxes[:, 2:] += boxes[:, :2]
    labels = np.array([row[1] for row in rows], np.int32)
    return Boxes(boxes, labels, np.array([row[2] for row in rows], np.bool_))


def numbered(pictures: Sequence[Path]) -> Iterator[tuple[int, Path]]:
    """Pictures with the frame number that their names end in: ``img00012.jpg`` is 12.

    Args:
        pictures: The files.

    Yields:
        Frame number and file.

    Raises:
        TruthError: A name holds no number.
    """
    for path in pictures:
        digits = path.stem[len(path.stem.rstrip("0123456789")) :]
        if not digits:
            raise TruthError(
                f"{path}: its name holds no frame number",
                cure="Name pictures by frame (000001.jpg), or give COCO-style truth, which names files.",
            )
        yield int(digits), path
