"""Proof that a loaded model computes what its card says: golden outputs, and a drawn man seen where he stands."""

from typing import Final

import numpy as np

from cityedge.classes import PERSON
from models import golden
from models.detector import Detector
from models.errors import ModelRefusedError

_OFF: Final = 0.08
"""How far the edges of the man's box may be off, as a share of his height."""


def prove(detector: Detector) -> float:
    """Check a model's answer to the synthetic picture.

    Args:
        detector: The model, loaded.

    Returns:
        The score with which it saw the man; 0 where it knows no persons. A drawing scores lower than a photograph:
        being seen at all is asked for, and where he stands.

    Raises:
        ModelRefusedError: Its outputs are not the golden ones, or it does not see the man where he stands.
    """
    side = detector.card.input
    letterbox = detector.letterbox(side.width_px, side.height_px)
    picture = golden.picture(letterbox.scaled_width_px, letterbox.scaled_height_px)
    wrong = golden.differences(detector.card, detector.infer(detector.prepare(picture, letterbox)))
    if wrong:
        raise _refusal(detector, "; ".join(wrong))
    if PERSON not in detector.card.labels:
        return 0.0
    seen = detector.detect(picture, letterbox)
    man = golden.man(side.width_px, side.height_px)
    allowed_px = _OFF * (man[3] - man[1])
    right = (np.abs(seen.boxes_px - man) <= allowed_px).all(axis=1) & (seen.labels == PERSON)
    score = float(seen.scores[right].max(initial=0.0))
    if not score:
        raise _refusal(detector, "it does not see the man in the synthetic picture")
    return score


def _refusal(detector: Detector, what: str) -> ModelRefusedError:
    return ModelRefusedError(
        f"the model '{detector.card.name}' does not answer as its card says: {what}",
        cure="Check the card's head, mean, std and padding; a fetched model is better pulled again.",
    )
