"""What crosses the border of ``models``: detections, and the fit of a picture into a model's input."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int32]
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Detections:
    """What a detector saw in one frame.

    Attributes:
        boxes_px: Shape (N, 4), float32: left, top, right, bottom in pixels of the source frame, unclipped.
        scores: Shape (N,), float32, 0 to 1, highest first.
        labels: Shape (N,), int32: index into ``cityedge.classes.CLASSES``.

    Raises:
        ValueError: The three do not have the same length, or a shape is not as said.
    """

    boxes_px: FloatArray
    scores: FloatArray
    labels: IntArray

    def __post_init__(self) -> None:
        count = len(self.scores)
        if self.boxes_px.shape != (count, 4) or self.labels.shape != (count,) or self.scores.ndim != 1:
            raise ValueError(
                f"detections do not fit together: boxes {self.boxes_px.shape}, "
                f"scores {self.scores.shape}, labels {self.labels.shape}"
            )

    def __len__(self) -> int:
        return len(self.scores)

    @classmethod
    def none(cls) -> "Detections":
        """Detections of an empty street."""
        return cls(np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros(0, np.int32))


@dataclass(frozen=True)
class Letterbox:
    """How a source picture lies in a model's input: scaled keeping its ratio, then padded.

    Attributes:
        source_width_px: Width of the source picture.
        source_height_px: Height of the source picture.
        scaled_width_px: Width after scaling.
        scaled_height_px: Height after scaling.
        left_px: Padding to the left of the scaled picture in the model's input.
        top_px: Padding above it.
    """

    source_width_px: int
    source_height_px: int
    scaled_width_px: int
    scaled_height_px: int
    left_px: int
    top_px: int

    @classmethod
    def fit(cls, width_px: int, height_px: int, *, into: tuple[int, int], centred: bool) -> "Letterbox":
        """Fit a picture into a model's input.

        Args:
            width_px: Width of the source picture.
            height_px: Height of the source picture.
            into: Width and height of the model's input.
            centred: Padding on both sides (NanoDet) rather than right and below (YOLOX).

        Returns:
            The fit; the scaled picture never exceeds the input.
        """
        scale = min(into[0] / width_px, into[1] / height_px)
        scaled = (
            min(into[0], max(1, round(width_px * scale))),
            min(into[1], max(1, round(height_px * scale))),
        )
        left = (into[0] - scaled[0]) // 2 if centred else 0
        top = (into[1] - scaled[1]) // 2 if centred else 0
        return cls(width_px, height_px, scaled[0], scaled[1], left, top)

    def to_source(self, boxes: FloatArray) -> FloatArray:
        """Carry boxes from the model's input back to the source picture: the exact inverse of the fit.

        Args:
            boxes: Shape (N, 4), pixels of the model's input, left, top, right, bottom.

        Returns:
            Shape (N, 4), float32, pixels of the source picture.
        """
        scale_x = self.source_width_px / self.scaled_width_px
        scale_y = self.source_height_px / self.scaled_height_px
        offset = np.array([self.left_px, self.top_px, self.left_px, self.top_px], np.float32)
        scale = np.array([scale_x, scale_y, scale_x, scale_y], np.float32)
        return ((boxes - offset) * scale).astype(np.float32)
