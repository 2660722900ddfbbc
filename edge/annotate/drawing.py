"""Draws objects, lines and zones onto a picture, at sizes that suit its height."""

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from edge.annotate.palette import BLACK, PANEL, WARNING, WHITE, ZONE, Bgr, class_colour, text_on
from edge.settings import Point
from edge.types import Picture, TrackedObject

PointPx: TypeAlias = tuple[int, int]

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_ZONE_OPACITY = 0.18
_DESIGN_HEIGHT_PX = 576
"""The height at which a line is two pixels wide."""


class Pen:
    """Draws on pictures of one size, in place.

    Args:
        width_px: Width of the pictures.
        height_px: Height of the pictures.
    """

    def __init__(self, width_px: int, height_px: int) -> None:
        self._width_px = width_px
        self._height_px = height_px
        scale = height_px / _DESIGN_HEIGHT_PX
        self._stroke_px = max(1, round(2 * scale))
        self._text_scale = max(0.4, 0.5 * scale)
        self._text_stroke_px = max(1, round(scale))
        self._pad_px = max(3, round(5 * scale))
        self._arrow_px = max(12, round(36 * scale))

    def box(self, picture: Picture, tracked: TrackedObject) -> None:
        """An object's box, its foot point, and a tag with class and id.

        What was not observed in this frame, or is not settled yet and does not count in zones, is drawn thin.

        Args:
            picture: uint8, shape (height, width, 3), BGR.
            tracked: The object; its box is in pixels of this picture.
        """
        left, top, right, bottom = (round(edge) for edge in tracked.box_px)
        colour = class_colour(tracked.label)
        bold = tracked.observed and tracked.settled
        cv2.rectangle(picture, (left, top), (right, bottom), colour, self._stroke_px if bold else 1)
        if bold:
            foot = (round(tracked.foot_px[0]), round(tracked.foot_px[1]))
            cv2.circle(picture, foot, self._stroke_px + 1, colour, cv2.FILLED, cv2.LINE_AA)
        name = "rider" if tracked.rider else tracked.name
        self.tag(picture, f"{name} {tracked.track_id}", at=(left, top), ground=colour)

    def line(self, picture: Picture, points: Sequence[Point], text: str) -> None:
        """A counting line with the arrow that shows which way is ``in``, and a tag at its first point.

        Args:
            picture: uint8, shape (height, width, 3), BGR.
            points: Two or more, as shares of the picture.
            text: For the tag.
        """
        path = self._path(points)
        for colour, stroke_px in ((BLACK, self._stroke_px + 2), (WHITE, self._stroke_px)):
            cv2.polylines(picture, [path], isClosed=False, color=colour, thickness=stroke_px, lineType=cv2.LINE_AA)
        tail, tip = in_arrow(points, size_px=(self._width_px, self._height_px), length_px=self._arrow_px)
        for colour, stroke_px in ((BLACK, self._stroke_px + 3), (WHITE, self._stroke_px + 1)):
            cv2.arrowedLine(picture, tail, tip, colour, stroke_px, cv2.LINE_AA, tipLength=0.4)
        beyond = (round(1.5 * tip[0] - 0.5 * tail[0]), round(1.5 * tip[1] - 0.5 * tail[1]))
        self.tag(picture, "in", at=beyond, ground=PANEL, centred=True)
        self.tag(picture, text, at=(int(path[0][0]), int(path[0][1])), ground=PANEL)

    def zone(self, picture: Picture, points: Sequence[Point], text: str) -> None:
        """A counting zone, lightly filled, and a tag at its first corner.

        Args:
            picture: uint8, shape (height, width, 3), BGR.
            points: Three or more corners, as shares of the picture.
            text: For the tag.
        """
        path = self._path(points)
        x, y, width, height = cv2.boundingRect(path)
        part = picture[y : y + height, x : x + width]
        filled = part.copy()
        cv2.fillPoly(filled, [path - (x, y)], ZONE)
        part[:] = cv2.addWeighted(filled, _ZONE_OPACITY, part, 1.0 - _ZONE_OPACITY, 0.0)
        cv2.polylines(picture, [path], isClosed=True, color=ZONE, thickness=self._stroke_px, lineType=cv2.LINE_AA)
        self.tag(picture, text, at=(int(path[0][0]), int(path[0][1])), ground=ZONE)

    def tag(self, picture: Picture, text: str, *, at: PointPx, ground: Bgr, centred: bool = False) -> None:
        """Text on a ground of its own; moved into the picture where it would stick out.

        Args:
            picture: uint8, shape (height, width, 3), BGR.
            text: ASCII.
            at: Its lower left corner, or its centre.
            ground: Its colour.
            centred: Whether ``at`` is the centre.
        """
        (text_width, text_height), baseline = cv2.getTextSize(text, _FONT, self._text_scale, self._text_stroke_px)
        width, height = text_width + 2 * self._pad_px, text_height + baseline + self._pad_px
        left, bottom = (at[0] - width // 2, at[1] + height // 2) if centred else at
        left = max(0, min(left, self._width_px - 1 - width))
        bottom = max(height, min(bottom, self._height_px - 1))
        cv2.rectangle(picture, (left, bottom - height), (left + width, bottom), ground, cv2.FILLED)
        cv2.putText(
            picture,
            text,
            (left + self._pad_px, bottom - baseline),
            _FONT,
            self._text_scale,
            text_on(ground),
            self._text_stroke_px,
            cv2.LINE_AA,
        )

    def notes(self, picture: Picture, texts: Sequence[str]) -> None:
        """What is wrong, one below the other at the picture's right.

        Args:
            picture: uint8, shape (height, width, 3), BGR.
            texts: ASCII.
        """
        (_, text_height), baseline = cv2.getTextSize("W", _FONT, self._text_scale, self._text_stroke_px)
        row_px = text_height + baseline + self._pad_px
        for index, text in enumerate(texts):
            self.tag(picture, text, at=(self._width_px, (index + 1) * row_px), ground=WARNING)

    def _path(self, points: Sequence[Point]) -> NDArray[np.int32]:
        last = (self._width_px - 1, self._height_px - 1)
        return np.array([(round(x * last[0]), round(y * last[1])) for x, y in points], np.int32)


def in_arrow(points: Sequence[Point], *, size_px: tuple[int, int], length_px: float) -> tuple[PointPx, PointPx]:
    """The arrow that shows which way across a line is ``in``.

    It starts in the middle of the line, and points to the left hand of somebody who walks along the line from
    its first point to its last.

    Args:
        points: Two or more, as shares of the picture.
        size_px: Width and height of the picture.
        length_px: Of the arrow.

    Returns:
        Its tail and its tip, in pixels. For a line drawn downwards the tip is to the right of the tail.
    """
    path = np.array(points, np.float64) * size_px
    steps = np.diff(path, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    walked = np.concatenate(([0.0], np.cumsum(lengths)))
    middle = walked[-1] / 2
    segment = min(int(np.searchsorted(walked, middle, side="right")) - 1, len(steps) - 1)
    along_x, along_y = steps[segment] / lengths[segment]
    tail = path[segment] + (middle - walked[segment]) * np.array((along_x, along_y))
    tip = tail + length_px * np.array((along_y, -along_x))  # y grows downwards, so this is to the left
    return (round(tail[0]), round(tail[1])), (round(tip[0]), round(tip[1]))
