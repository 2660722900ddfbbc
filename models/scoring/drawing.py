"""Draws what is wrong with one crossing into the frame where it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from models.scoring.boxes import FloatArray
from models.types import Picture

TRUE_BGR: Final = (90, 200, 60)
OURS_BGR: Final = (40, 140, 255)
_LINE_BGR: Final = (255, 255, 255)
_GROUND_BGR: Final = (30, 30, 30)
_FONT: Final = cv2.FONT_HERSHEY_SIMPLEX
_DESIGN_HEIGHT_PX: Final = 576
_FAINT: Final = 1


@dataclass(frozen=True)
class Boxes:
    """Boxes of one frame, to be drawn.

    Attributes:
        ids: Shape (N,): their numbers.
        boxes_px: Shape (N, 4): left, top, right, bottom.
        chosen: The number of the box that it is about; None where none is known.
    """

    ids: Sequence[int]
    boxes_px: FloatArray
    chosen: int | None


def draw(
    picture: Picture, *, line_px: Sequence[tuple[float, float]], true: Boxes, ours: Boxes, caption: str
) -> bytes:
    """Draw one frame.

    Args:
        picture: Shape (height, width, 3), uint8, BGR; drawn into.
        line_px: The line's points; none where it is not known.
        true: Where objects really were, in green.
        ours: What was followed, in orange.
        caption: What is wrong, in ASCII.

    Returns:
        A PNG file.
    """
    stroke_px = max(2, round(2 * picture.shape[0] / _DESIGN_HEIGHT_PX))
    if len(line_px):
        path = np.array(line_px).round().astype(np.int32)
        for colour, width in ((_GROUND_BGR, stroke_px + 2), (_LINE_BGR, stroke_px)):
            cv2.polylines(picture, [path], isClosed=False, color=colour, thickness=width, lineType=cv2.LINE_AA)
    for boxes, colour, word in ((true, TRUE_BGR, "true"), (ours, OURS_BGR, "track")):
        _boxes(picture, boxes, colour, word, stroke_px)
    _tag(picture, caption, (4, 24), _GROUND_BGR)
    _, png = cv2.imencode(".png", picture)
    return png.tobytes()


def _boxes(picture: Picture, boxes: Boxes, colour: tuple[int, int, int], word: str, stroke_px: int) -> None:
    for who, box in zip(boxes.ids, boxes.boxes_px, strict=True):
        left, top, right, bottom = (int(edge) for edge in np.round(box))
        chosen = who == boxes.chosen
        cv2.rectangle(picture, (left, top), (right, bottom), colour, stroke_px + 1 if chosen else _FAINT)
        if chosen:
            at = (left, top if word == "true" else bottom + 20)
            _tag(picture, f"{word} {who}", at, colour)


def _tag(picture: Picture, text: str, at: tuple[int, int], ground: tuple[int, int, int]) -> None:
    (width, height), baseline = cv2.getTextSize(text, _FONT, 0.5, 1)
    left = max(0, min(at[0], picture.shape[1] - width - 8))
    bottom = max(height + baseline + 4, min(at[1], picture.shape[0] - 1))
    cv2.rectangle(picture, (left, bottom - height - baseline - 4), (left + width + 8, bottom), ground, cv2.FILLED)
    ink = (255, 255, 255) if ground == _GROUND_BGR else (0, 0, 0)
    cv2.putText(picture, text, (left + 4, bottom - baseline - 1), _FONT, 0.5, ink, 1, cv2.LINE_AA)
