"""The golden picture and its outputs."""

import hashlib

import msgspec
import numpy as np
import pytest

from models import golden
from models.detector import Detector
from models.errors import ModelRefusedError
from models.proof import prove
from models.registry import DEFAULT, card, find
from models.runtime import Runtime
from models.types import FloatArray
from tests.support.cards import changed
from tests.support.real_models import nanodet

INPUT = msgspec.to_builtins(card(DEFAULT).input)


def outputs() -> dict[str, FloatArray]:
    detector = nanodet()
    return detector.infer(detector.prepare(golden.picture(416, 416), detector.letterbox(416, 416)))


def test_the_picture_is_the_same_bytes_on_every_machine() -> None:
    digest = hashlib.sha256(golden.picture(416, 416).tobytes()).hexdigest()

    assert digest == "f9ddb4b5bdcf89a4385def9c7439dc29384ca770110bfc4f11e771c025f6a83e"


def test_the_picture_can_be_had_in_any_size() -> None:
    assert golden.picture(640, 360).shape == (360, 640, 3)
    assert golden.man(832, 416).tolist() == [334, 80, 534, 378]


def test_the_models_own_answer_differs_in_nothing() -> None:
    assert golden.differences(card(DEFAULT), outputs()) == []


@pytest.mark.parametrize(
    "value", [pytest.param(0.1, id="a little higher"), pytest.param(np.nan, id="not a number")]
)
def test_an_output_that_is_not_the_golden_one_is_named(value: float) -> None:
    answer = outputs()
    answer["cls16"] = answer["cls16"] + np.float32(value)

    (difference,) = golden.differences(card(DEFAULT), answer)

    assert "output 'cls16' differs" in difference


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"golden_tolerance": 1e-7}, "differs from the golden one", id="other outputs"),
        pytest.param(
            {
                "golden": {},
                "classes": {"car": 0},
                "thresholds": {"car": 0.3},
            },
            None,
            id="a model that knows no persons is not asked for one",
        ),
        pytest.param({"golden": {}}, None, id="a card without golden outputs is content with the man"),
        pytest.param(
            {"golden": {}, "input": {**INPUT, "std": [1.0, 1.0, 1.0]}},
            "does not see the man",
            id="a card without golden outputs and with the wrong std",
        ),
    ],
)
def test_a_model_is_proven_by_its_golden_outputs_and_by_seeing_the_man(
    changes: dict[str, object], reason: str | None
) -> None:
    detector = Detector(changed(**changes), Runtime(find(DEFAULT).onnx, threads=1))

    if reason is None:
        prove(detector)
        return
    with pytest.raises(ModelRefusedError, match=reason):
        prove(detector)
