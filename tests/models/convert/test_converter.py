"""The conversion of the real NanoDet-m."""

from collections.abc import Mapping, Sequence

import numpy as np
import onnxruntime
import pytest
from numpy.typing import NDArray

from models.card import NpmSource
from models.convert.converter import Ports, convert
from models.convert.errors import ConversionError
from models.registry import DEFAULT, card
from tests.support.real_models import nanodet_source

ALL = tuple(range(80))
PICTURE = np.random.default_rng(3).normal(size=(1, 3, 416, 416)).astype(np.float32)


def converted(columns: Sequence[int], *, any_size: bool = True) -> bytes:
    source = card(DEFAULT).source
    assert isinstance(source, NpmSource)
    scores = [name for name in source.outputs if name.startswith("cls")]
    ports = Ports("image", source.outputs, any_size=any_size, scores=scores, columns=columns)
    return convert(nanodet_source("nanodet.json"), [nanodet_source("nanodet.bin")], ports, name="test")


def answers(onnx: bytes, picture: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
    session = onnxruntime.InferenceSession(onnx, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(None, {"image": picture}), strict=True))


def test_keeping_some_classes_is_the_same_as_slicing_all() -> None:
    everything = answers(converted(ALL), PICTURE)

    some = answers(converted((7, 0, 2)), PICTURE)

    for name, output in everything.items():
        expected = output[..., [7, 0, 2]] if name.startswith("cls") else output
        np.testing.assert_allclose(some[name], expected, atol=1e-4)


def test_a_model_for_any_size_gives_at_full_size_what_the_fixed_one_gives() -> None:
    fixed = answers(converted((0,), any_size=False), PICTURE)

    free = answers(converted((0,)), PICTURE)

    for name, output in fixed.items():
        np.testing.assert_allclose(free[name], output, atol=1e-4)


@pytest.mark.parametrize(("width", "height"), [(416, 320), (416, 256), (256, 416), (32, 32)])
def test_a_model_for_any_size_gives_a_row_for_every_cell(width: int, height: int) -> None:
    outputs = answers(converted((0,)), PICTURE[..., :height, :width])

    for stride in (8, 16, 32):
        assert outputs[f"cls{stride}"].shape == (1, (height // stride) * (width // stride), 1)


def test_a_class_that_the_model_does_not_have_is_refused() -> None:
    with pytest.raises(ConversionError, match="has 80 classes, column 80 is asked for"):
        converted((80,))


def test_weights_of_another_model_are_refused() -> None:
    source = card(DEFAULT).source
    assert isinstance(source, NpmSource)
    ports = Ports("image", source.outputs, any_size=True, scores=(), columns=())

    with pytest.raises(ConversionError, match="end at byte"):
        convert(nanodet_source("nanodet.json"), [nanodet_source("nanodet.bin")[:-2]], ports, name="test")
