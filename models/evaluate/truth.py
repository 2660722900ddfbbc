"""What is really in a set of pictures: boxes by picture, read from MOTChallenge rows or from COCO-style JSON."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import CLASSES, PERSON
from models.errors import TruthError
from models.types import FloatArray, IntArray

_MOT_COLUMNS: Final = 6


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
    try:
        text = path.read_text(encoding="utf-8")
        return _coco(json.loads(text)) if path.suffix == ".json" else _mot(text)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TruthError(
            f"{path}: cannot be read as truth: {error}",
            cure="Give MOTChallenge rows (frame,id,left,top,width,height,…) or COCO-style JSON.",
        ) from error


def _mot(text: str) -> Truth:
    """MOTChallenge rows are persons. A seventh column of 0 says that the row does not count."""
    frames: dict[int | str, list[tuple[Sequence[float], int, bool]]] = {}
    for line in filter(str.strip, text.splitlines()):
        values = [float(value) for value in line.split(",")]
        if len(values) < _MOT_COLUMNS:
            raise ValueError(f"'{line}' has fewer than {_MOT_COLUMNS} values")
        ignored = len(values) > _MOT_COLUMNS and values[_MOT_COLUMNS] == 0
        frames.setdefault(int(values[0]), []).append((values[2:6], PERSON, ignored))
    return Truth({frame: _boxes(rows) for frame, rows in frames.items()}, (PERSON,))


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
