"""Cutting weight files into arrays."""

from typing import Any

import numpy as np
import pytest

from models.convert.errors import ConversionError
from models.convert.weights import decode

HALF = {"dtype": "float16", "original_dtype": "float32"}


def entry(name: str, shape: list[int], dtype: str = "float32", **more: object) -> dict[str, Any]:
    return {"name": name, "shape": shape, "dtype": dtype, **more}


def test_weights_follow_one_another_in_the_order_of_the_manifest() -> None:
    first, second = np.arange(6, dtype=np.float32), np.array(9, np.int32)

    weights = decode(
        [{"weights": [entry("a", [2, 3]), entry("b", [], "int32")]}], [first.tobytes() + second.tobytes()]
    )

    assert weights["a"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert weights["b"].shape == ()
    assert int(weights["b"]) == 9


def test_halves_are_widened() -> None:
    stored = np.array([0.5, -1.25], np.float16)

    weights = decode([{"weights": [entry("a", [2], quantization=HALF)]}], [stored.tobytes()])

    assert weights["a"].dtype == np.float32
    assert weights["a"].tolist() == [0.5, -1.25]


def test_a_weight_of_no_elements_takes_no_bytes() -> None:
    weights = decode([{"weights": [entry("a", [0, 1]), entry("b", [1])]}], [np.float32(3).tobytes()])

    assert weights["a"].shape == (0, 1)
    assert weights["b"].tolist() == [3]


@pytest.mark.parametrize(
    ("entries", "content", "reason"),
    [
        pytest.param([entry("a", [2])], b"\0" * 4, "end at byte 8 of 4", id="bytes are missing"),
        pytest.param([entry("a", [1])], b"\0" * 6, "2 bytes are left over", id="bytes are left over"),
        pytest.param([entry("a", [1], "string")], b"\0" * 4, "type string", id="a type that is not known"),
        pytest.param(
            [entry("a", [1], quantization={"dtype": "uint8", "scale": 1, "min": 0})],
            b"\0",
            "stored as uint8",
            id="a quantization that is not known",
        ),
    ],
)
def test_weights_that_do_not_fit_their_manifest_are_refused(
    entries: list[dict[str, Any]], content: bytes, reason: str
) -> None:
    with pytest.raises(ConversionError, match=reason):
        decode([{"weights": entries}], [content])
