"""Boxes of objects that have a number, frame by frame: MOTChallenge rows, true or tracked.

Three writings are understood. Ten columns are MOTChallenge of 2015 and our own tracks: persons, or no class
at all. Nine columns are MOTChallenge of 2016 and later and the simulator's truth: ``class`` and ``visibility``
follow the flag; the simulator counts classes from 1 in the order of ``cityedge.classes.CLASSES``, and 1 is a
person for both. Six to eight columns are persons too. A flag of 0 in a truth says that the row does not count.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cityedge.classes import CLASSES, PERSON
from models.errors import TruthError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_FEWEST: Final = 6
_FLAG, _CLASS, _VISIBLE = 6, 7, 8
_WITH_CLASS: Final = 9


@dataclass(frozen=True)
class MotRows:
    """Boxes with numbers, in any order.

    Attributes:
        frames: Shape (N,), int64: the frame, from 1.
        ids: Shape (N,), int64: the object or track.
        boxes_px: Shape (N, 4), float64: left, top, right, bottom.
        labels: Shape (N,), int64: index into ``cityedge.classes.CLASSES``.
        counts: Shape (N,), bool: False for rows that are neither missed nor wrong, whatever is found there.
        visible: Shape (N,), float64: the share of the object that can be seen, 0 to 1; 1 where nobody says.

    Raises:
        ValueError: They do not have the same length.
    """

    frames: IntArray
    ids: IntArray
    boxes_px: FloatArray
    labels: IntArray
    counts: NDArray[np.bool_]
    visible: FloatArray

    def __post_init__(self) -> None:
        columns = (self.frames, self.ids, self.labels, self.counts, self.visible)
        if any(column.shape != (len(self.boxes_px),) for column in columns) or self.boxes_px.shape[1:] != (4,):
            raise ValueError(f"boxes do not fit together: {[column.shape for column in columns]}")

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, chosen: NDArray[np.bool_]) -> "MotRows":
        """Some of the rows.

        Args:
            chosen: Shape (N,), bool.

        Returns:
            The rows for which it is True, in the same order.
        """
        return MotRows(
            self.frames[chosen],
            self.ids[chosen],
            self.boxes_px[chosen],
            self.labels[chosen],
            self.counts[chosen],
            self.visible[chosen],
        )

    @property
    def feet_px(self) -> FloatArray:
        """Where the objects stand, shape (N, 2): the middle of each box's lower edge."""
        left, _, right, bottom = self.boxes_px.T
        return np.stack([(left + right) / 2, bottom], axis=1)


def read(path: Path, *, true: bool) -> MotRows:
    """Read a file of rows in which every object has a number of its own.

    Args:
        path: The file.
        true: It is a truth, whose seventh column is a flag; in tracks it is a score.

    Returns:
        Its rows, in the order of frames, then of ids.

    Raises:
        TruthError: It cannot be read, a row is wrong, or a number is twice in one frame.
    """
    rows = read_any(path, true=true)
    # Rows are sorted: the same number twice in a frame stands side by side.
    twice = np.flatnonzero((rows.frames[1:] == rows.frames[:-1]) & (rows.ids[1:] == rows.ids[:-1]))
    if len(twice):
        first = twice[0]
        raise TruthError(f"{path}: object {rows.ids[first]} is twice in frame {rows.frames[first]}")
    return rows


def read_any(path: Path, *, true: bool) -> MotRows:
    """Read a file of rows, whose numbers may mean nothing.

    Args:
        path: The file.
        true: As for :func:`read`.

    Returns:
        Its rows, in the order of frames, then of ids.

    Raises:
        TruthError: It cannot be read, or a row is wrong; names the file and the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise TruthError(f"{path}: cannot be read: {error}") from error
    parsed = [_row(line, f"{path}:{number}", true=true) for number, line in enumerate(lines, 1) if line.strip()]
    table = np.array(parsed, np.float64).reshape(-1, 9)
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    boxes = table[:, 2:6].copy()
    boxes[:, 2:] += boxes[:, :2]
    frames, ids, labels = (table[:, column].astype(np.int64) for column in (0, 1, 6))
    return MotRows(frames, ids, boxes, labels, table[:, 7] != 0, table[:, 8])


def _row(line: str, at: str, *, true: bool) -> list[float]:
    """Frame, id, left, top, width, height, label, counts, visible."""
    try:
        values = [float(value) for value in line.split(",")]
    except ValueError as error:
        raise TruthError(f"{at}: {error}", cure="Rows are frame,id,left,top,width,height,…") from error
    if len(values) < _FEWEST:
        raise TruthError(f"{at}: has {len(values)} values", cure="Rows are frame,id,left,top,width,height,…")
    if not np.isfinite(values).all() or values[0] < 1 or min(values[4:6]) < 0:
        raise TruthError(f"{at}: frames begin at 1, and a box has a width and a height; got '{line.strip()}'")
    counts = not (true and len(values) > _FLAG and values[_FLAG] == 0)
    label, visible = float(PERSON), 1.0
    if len(values) == _WITH_CLASS and counts:
        label, visible = values[_CLASS] - 1, min(1.0, max(0.0, values[_VISIBLE]))
        if not 0 <= label < len(CLASSES) or label != int(label):
            known = ", ".join(f"{index} {name}" for index, name in enumerate(CLASSES, 1))
            raise TruthError(f"{at}: there is no class {values[_CLASS]:g}; there are {known}")
    return [*values[:6], label, float(counts), visible]
