"""Running a detector over pictures and judging it class by class."""

from collections.abc import Iterable
from dataclasses import dataclass

from cityedge.classes import CLASSES, ObjectClass
from models.detector import Detector
from models.errors import TruthError
from models.evaluate.average_precision import Precision, average_precision
from models.evaluate.truth import Boxes, Truth
from models.preprocess import scale
from models.types import Detections, Picture


@dataclass(frozen=True)
class Evaluation:
    """How well a detector sees.

    Attributes:
        model: The model's name.
        pictures: How many pictures were judged.
        classes: Precision of each class that the truth speaks of and the model knows.
    """

    model: str
    pictures: int
    classes: dict[ObjectClass, Precision]


def look(detector: Detector, picture_bgr: Picture) -> Detections:
    """Scale a picture as the detector wants it, and detect.

    Args:
        detector: The detector.
        picture_bgr: Shape (height, width, 3), uint8.

    Returns:
        What it saw, in pixels of the picture.
    """
    letterbox = detector.letterbox(picture_bgr.shape[1], picture_bgr.shape[0])
    return detector.detect(scale(picture_bgr, letterbox), letterbox)


def evaluate(detector: Detector, pictures: Iterable[tuple[int | str, Picture]], truth: Truth) -> Evaluation:
    """Judge a detector.

    Args:
        detector: The detector.
        pictures: Pictures by their key in the truth; those of which it says nothing are left out.
        truth: What is in them.

    Returns:
        The evaluation.

    Raises:
        TruthError: The truth speaks of none of the pictures.
    """
    frames: list[tuple[Boxes, Detections]] = [
        (truth.pictures[key], look(detector, picture)) for key, picture in pictures if key in truth.pictures
    ]
    if not frames:
        raise TruthError(
            "the truth speaks of none of the pictures",
            cure="Frame numbers begin at 1; COCO-style truth goes by file name.",
        )
    known = [label for label in truth.labels if label in detector.card.labels]
    classes = {CLASSES[label]: average_precision(frames, label) for label in known}
    return Evaluation(detector.card.name, len(frames), classes)
