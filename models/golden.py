"""Golden outputs: what a model must answer to one synthetic picture, drawn here from whole numbers alone."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.card import Card, GoldenOutput
from models.types import FloatArray, Picture

_SIDE_PX: Final = 416
_HORIZON_PX: Final = 200
_MAN_PX: Final = (167, 80, 267, 378)
_SAMPLES: Final = 16

_Mask = NDArray[np.bool_]


def picture(width_px: int, height_px: int) -> Picture:
    """A man on a street, in flat colours: the same bytes on every machine.

    Args:
        width_px: Width of the picture.
        height_px: Height of the picture.

    Returns:
        Shape (height_px, width_px, 3), uint8, BGR.
    """
    rows = np.arange(height_px) * _SIDE_PX // height_px
    columns = np.arange(width_px) * _SIDE_PX // width_px
    return np.ascontiguousarray(_draw()[rows[:, None], columns[None, :]])


def man(width_px: int, height_px: int) -> FloatArray:
    """Where the man stands in :func:`picture`.

    Args:
        width_px: Width of the picture.
        height_px: Height of the picture.

    Returns:
        Shape (4,), float32: left, top, right, bottom in pixels.
    """
    scale = np.array([width_px, height_px, width_px, height_px]) / _SIDE_PX
    box: FloatArray = (np.array(_MAN_PX) * scale).astype(np.float32)
    return box


def _draw() -> Picture:
    rows, columns = np.mgrid[0:_SIDE_PX, 0:_SIDE_PX]
    sky = rows < _HORIZON_PX
    canvas = np.empty((_SIDE_PX, _SIDE_PX, 3), np.uint8)
    canvas[..., 0] = np.where(sky, 205 - rows // 4, 110 + rows // 16)
    canvas[..., 1] = np.where(sky, 190 - rows // 5, 112 + rows // 16)
    canvas[..., 2] = np.where(sky, 170 - columns // 8, 114 + columns // 32)

    def disc(x: int, y: int, wide: int, high: int) -> _Mask:
        inside: _Mask = ((columns - x) * high) ** 2 + ((rows - y) * wide) ** 2 <= (wide * high) ** 2
        return inside

    def limb(top: tuple[int, int], bottom: tuple[int, int], width: int) -> _Mask:
        # Whole-number interpolation of the middle line, row by row.
        span = bottom[1] - top[1]
        middle = top[0] + (rows - top[1]) * (bottom[0] - top[0]) // span
        inside: _Mask = (rows >= top[1]) & (rows <= bottom[1]) & (np.abs(columns - middle) <= width)
        return inside

    for mask, colour in (
        (disc(215, 372, 48, 9), (70, 72, 74)),
        (limb((193, 158), (176, 238), 8), (50, 45, 120)),
        (limb((214, 235), (236, 300), 12), (60, 45, 35)),
        (limb((236, 300), (243, 362), 9), (60, 45, 35)),
        (limb((205, 235), (194, 300), 13), (78, 58, 44)),
        (limb((194, 300), (184, 364), 10), (78, 58, 44)),
        (disc(190, 368, 17, 6), (25, 25, 25)),
        (disc(250, 366, 16, 6), (25, 25, 25)),
        (limb((209, 145), (209, 240), 25), (70, 60, 170)),
        (disc(209, 146, 25, 12), (70, 60, 170)),
        (limb((230, 155), (244, 232), 8), (60, 52, 150)),
        (disc(245, 238, 7, 9), (140, 170, 215)),
        (disc(176, 243, 7, 9), (130, 160, 205)),
        (limb((209, 125), (209, 142), 8), (125, 150, 195)),
        (disc(209, 108, 17, 22), (140, 170, 215)),
        (disc(209, 96, 18, 14), (25, 30, 35)),
    ):
        canvas[mask] = colour
    return canvas


def measure(output: FloatArray) -> GoldenOutput:
    """What is written down of one output.

    Args:
        output: The output, any shape.

    Returns:
        Its mean, its peak and values at evenly spaced positions.
    """
    flat = output.reshape(-1)
    at = np.linspace(0, len(flat) - 1, _SAMPLES).astype(int)
    return GoldenOutput(float(flat.mean(dtype=np.float64)), float(flat.max()), tuple(flat[at].tolist()))


def differences(card: Card, outputs: Mapping[str, FloatArray]) -> list[str]:
    """Where a model's answer is not what its card says.

    Args:
        card: The card.
        outputs: The model's outputs for :func:`picture`.

    Returns:
        One line for each output that differs by more than the card's tolerance; empty where all is well.
    """
    found = []
    for name, golden in card.golden.items():
        expected, answer = (_values(one) for one in (golden, measure(outputs[name])))
        gap = np.abs(answer - expected) / np.maximum(1.0, np.abs(expected))
        if not np.all(gap <= card.golden_tolerance):
            worst = float(np.nan_to_num(gap, nan=np.inf).max())
            found.append(f"output '{name}' differs from the golden one by {worst:.4f}")
    return found


def _values(golden: GoldenOutput) -> NDArray[np.float64]:
    return np.array([golden.mean, golden.peak, *golden.samples])
