"""How far a picture's structure has shifted, turned and grown against that of the reference.

The picture is cut into 35 overlapping blocks of a quarter of its width. Each is looked for around its place; those
that are found well say where they went, and one similarity (shift, turn, zoom) is fitted to them, robustly: blocks
that a parked car, a shadow or a crowd has changed are found badly or say something else, and are outvoted.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from edge.see.planes import Flags, Floats
from edge.see.reference import STRUCTURE_COLUMNS, STRUCTURE_ROWS

_REACH: Final = 5
"""Cells to each side in which a block is looked for: 16 % of the picture's width."""
_TILE: Final = 4
_FOUND: Final = 0.5
"""Likeness from which a block counts as found."""
_POOR: Final = 0.1
"""Of the middle block's structure; a block with less is a wall."""
_AGREES: Final = 0.012
"""Of the picture's width: how far a block may be from where the similarity puts it."""
_SOFTNESS: Final = 0.01
_ROUNDS: Final = 6
_ASPECT: Final = 0.75
_ROWS: Final = STRUCTURE_ROWS // _TILE - 1
_COLUMNS: Final = STRUCTURE_COLUMNS // _TILE - 1
_SPAN: Final = 2 * _REACH + 1


@dataclass(frozen=True)
class Alignment:
    """How a picture lies upon the reference.

    Attributes:
        moved: How far the corner that moved most has moved, as a share of the picture's width.
        agreeing: Share of the blocks, of those with structure, that say so.
        likeness: How alike the middle block is where it should be, from -1 to 1.
    """

    moved: float
    agreeing: float
    likeness: float


def align(reference: Floats, current: Floats, seen: Flags) -> Alignment | None:
    """Lay a picture's structure upon the reference's.

    Args:
        reference: Shape (2, 24, 32).
        current: Shape (2, 24, 32).
        seen: Which cells are not masked, shape (24, 32).

    Returns:
        How it lies; None where the reference has too little structure to tell.
    """
    likeness, structure = _likenesses(reference * seen, current * seen)
    rich = structure > _POOR * np.median(structure)
    if not structure.any() or not rich.any():
        return None
    across, down, best, inside = _whereabouts(likeness)
    found = rich & inside & (best >= _FOUND)
    in_place = float(np.median(likeness[_REACH, _REACH][rich]))
    moved, agreeing = _fit(across, down, found)
    return Alignment(moved=moved, agreeing=agreeing / np.count_nonzero(rich), likeness=in_place)


def _likenesses(reference: Floats, current: Floats) -> tuple[Floats, Floats]:
    """Normalised correlation of every block at every shift (11, 11, 35), and the structure of every block (35)."""
    room = np.pad(current, ((0, 0), (_REACH, _REACH), (_REACH, _REACH)))
    shifted = sliding_window_view(room, reference.shape[1:], axis=(1, 2))
    common = np.einsum("cyxij,cij->yxij", shifted, reference)
    energy = sliding_window_view((room**2).sum(0), reference.shape[1:])
    own = _blocks((reference**2).sum(0))
    norm = np.sqrt(_blocks(energy) * own) + 1e-3
    return np.asarray(_blocks(common) / norm, np.float32), own


def _blocks(cells: Floats) -> Floats:
    """Sums over blocks of 8 by 8 cells, one every 4 cells: (..., 24, 32) to (..., 35)."""
    lead = cells.shape[:-2]
    tiles = cells.reshape(*lead, _ROWS + 1, _TILE, _COLUMNS + 1, _TILE).sum((-3, -1))
    pairs = tiles[..., :-1, :] + tiles[..., 1:, :]
    return np.asarray((pairs[..., :-1] + pairs[..., 1:]).reshape(*lead, _ROWS * _COLUMNS), np.float32)


def _whereabouts(likeness: Floats) -> tuple[Floats, Floats, Floats, Flags]:
    """Where each block is found: cells across and down, how well, and whether within reach."""
    flat = likeness.reshape(_SPAN * _SPAN, -1)
    row, column = np.divmod(flat.argmax(0), _SPAN)
    inside = (row > 0) & (row < _SPAN - 1) & (column > 0) & (column < _SPAN - 1)
    y, x = row.clip(1, _SPAN - 2), column.clip(1, _SPAN - 2)
    block = np.arange(flat.shape[1])
    peak = likeness[y, x, block]
    across = column - _REACH + _between(likeness[y, x - 1, block], peak, likeness[y, x + 1, block])
    down = row - _REACH + _between(likeness[y - 1, x, block], peak, likeness[y + 1, x, block])
    return across, down, flat.max(0), inside


def _between(before: Floats, peak: Floats, after: Floats) -> Floats:
    """Where between the cells the peak is, by a parabola through three of them."""
    bend = before - 2 * peak + after
    safe = np.where(bend < -1e-6, bend, -1.0)  # noqa: PLR2004 - flat: no peak to be refined
    return np.asarray(np.clip(0.5 * (before - after) / safe, -0.5, 0.5), np.float32)


def _places() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middles of the blocks, from the picture's middle, in shares of its width."""
    y, x = np.mgrid[0:_ROWS, 0:_COLUMNS] * _TILE + _TILE
    return (x / STRUCTURE_COLUMNS - 0.5).ravel(), ((y / STRUCTURE_ROWS - 0.5) * _ASPECT).ravel()


_X, _Y = _places()
_ONE, _NONE = np.ones_like(_X), np.zeros_like(_X)
_MODEL: Final = np.concatenate([np.stack([_ONE, _NONE, _X, -_Y], axis=1), np.stack([_NONE, _ONE, _Y, _X], axis=1)])
"""What a shift across, a shift down, a zoom and a turn do to the blocks' places: shape (70, 4)."""
_CORNERS: Final = np.array([(x, y * _ASPECT) for x in (-0.5, 0.5) for y in (-0.5, 0.5)])


def _fit(across: Floats, down: Floats, found: Flags) -> tuple[float, int]:
    """The largest move of a corner by the similarity that suits most blocks, and how many blocks it suits."""
    if np.count_nonzero(found) < _MODEL.shape[1]:
        return 0.0, 0
    went = np.concatenate([across / STRUCTURE_COLUMNS, down / STRUCTURE_ROWS * _ASPECT])
    weights = found.astype(np.float64)
    similarity = np.zeros(4)
    miss = np.zeros_like(weights)
    for _ in range(_ROUNDS):
        weighted = _MODEL * np.tile(weights, 2)[:, None]
        similarity = np.linalg.lstsq(weighted.T @ _MODEL, weighted.T @ went, rcond=None)[0]
        miss = np.hypot(*(went - _MODEL @ similarity).reshape(2, -1))
        weights = found / (miss**2 + _SOFTNESS**2)
    x, y = _CORNERS[:, 0], _CORNERS[:, 1]
    right, below, zoom, turn = similarity
    moves = np.hypot(right + zoom * x - turn * y, below + zoom * y + turn * x)
    return float(moves.max()), int(np.count_nonzero(found & (miss <= _AGREES)))
