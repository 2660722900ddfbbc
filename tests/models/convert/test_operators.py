"""Every operator of the converter, against the same written plainly in numpy."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.convert.errors import ConversionError
from tests.support.tiny_graphs import Array, node, run

RANDOM = np.random.default_rng(7)
X = RANDOM.normal(size=(1, 6, 8, 10)).astype(np.float32)
DENSE = RANDOM.normal(size=(3, 3, 6, 5)).astype(np.float32)
SINGLE = RANDOM.normal(size=(3, 3, 6, 1)).astype(np.float32)
BIAS = RANDOM.normal(size=5).astype(np.float32)
AROUND = np.array([[0, 0], [0, 0], [1, 1], [1, 1]])
SLIDING = {"strides": (1, 2, 2, 1), "padding": "VALID", "data_format": "NHWC", "dilations": (1, 1, 1, 1)}


def dense(x: Array, weights: Array, step: int) -> Array:
    high, wide, _, count = weights.shape
    rows, columns = (x.shape[2] - high) // step + 1, (x.shape[3] - wide) // step + 1
    out = np.zeros((1, count, rows, columns))
    for row in range(rows):
        for column in range(columns):
            patch = x[0, :, row * step : row * step + high, column * step : column * step + wide]
            out[0, :, row, column] = np.einsum("chw,hwco->o", patch, weights)
    return out


def single(x: Array, weights: Array, step: int) -> Array:
    each = [dense(x[:, [c]], weights[:, :, [c]], step) for c in range(x.shape[1])]
    return np.concatenate(each, axis=1)


def padded(x: Array, value: float = 0.0) -> Array:
    return np.pad(x, [(0, 0), (0, 0), (1, 1), (1, 1)], constant_values=value)


def highest(x: Array) -> Array:
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(2, 3))[:, :, ::2, ::2]
    return np.asarray(windows.max(axis=(4, 5)))


def twice(x: Array) -> Array:
    """Linear interpolation by pixel centres, to double size."""

    def along(values: Array, axis: int) -> Array:
        size = values.shape[axis]
        at = np.clip((np.arange(2 * size) + 0.5) / 2 - 0.5, 0, size - 1)
        low = np.floor(at).astype(int)
        share = (at - low).reshape([-1 if i == axis else 1 for i in range(values.ndim)])
        high = np.minimum(low + 1, size - 1)
        return np.asarray(values.take(low, axis) * (1 - share) + values.take(high, axis) * share)

    return along(along(x, 2), 3)


def as_nhwc(name: str, of: str) -> dict[str, Any]:
    return node(name, "Transpose", of, "nhwc")


def as_nchw(name: str, of: str) -> dict[str, Any]:
    return node(name, "Transpose", of, "nchw")


TABLE = [
    pytest.param(
        [as_nhwc("a", "x"), node("b", "Conv2D", "a", "w", **SLIDING), as_nchw("y", "b")],
        {"w": DENSE},
        dense(X, DENSE, 2),
        id="a convolution",
    ),
    pytest.param(
        [
            as_nhwc("a", "x"),
            node("b", "Conv2D", "a", "w", **SLIDING),
            node("c", "Add", "b", "bias"),
            as_nchw("y", "c"),
        ],
        {"w": DENSE, "bias": BIAS},
        dense(X, DENSE, 2) + BIAS[:, None, None],
        id="a convolution with a bias",
    ),
    pytest.param(
        [
            node("p", "Pad", "x", "around"),
            as_nhwc("a", "p"),
            node("b", "Conv2D", "a", "w", **SLIDING),
            as_nchw("y", "b"),
        ],
        {"w": DENSE, "around": AROUND},
        dense(padded(X), DENSE, 2),
        id="a convolution of a padded value",
    ),
    pytest.param(
        [as_nhwc("a", "x"), node("b", "DepthwiseConv2dNative", "a", "w", **SLIDING), as_nchw("y", "b")],
        {"w": SINGLE},
        single(X, SINGLE, 2),
        id="a depthwise convolution",
    ),
    pytest.param(
        [
            as_nhwc("a", "x"),
            node("b", "Conv2D", "a", "w", **SLIDING),
            as_nchw("c", "b"),
            node("s", "SplitV", "c", "sizes", "axis", num_split=2),
            as_nhwc("d", "s:1"),
            node("e", "DepthwiseConv2dNative", "d", "v", **{**SLIDING, "strides": (1, 1, 1, 1)}),
            as_nchw("y", "e"),
        ],
        {"w": DENSE, "sizes": np.array([2, 3]), "v": SINGLE[:, :, 1:4]},
        single(dense(X, DENSE, 2)[:, 2:], SINGLE[:, :, 1:4], 1),
        id="a depthwise convolution of some channels of a tensor filled up with zeros",
    ),
    pytest.param(
        [
            node("p", "PadV2", "x", "around", "lowest"),
            as_nhwc("a", "p"),
            node("b", "MaxPool", "a", ksize=(1, 3, 3, 1), strides=(1, 2, 2, 1), padding="VALID"),
            as_nchw("y", "b"),
        ],
        {"around": AROUND, "lowest": np.array(np.finfo(np.float32).min)},
        highest(padded(X, -np.inf)),
        id="a maximum over windows, padded with the lowest number",
    ),
    pytest.param(
        [
            as_nhwc("a", "x"),
            node("b", "ResizeBilinear", "a", "size", align_corners=False, half_pixel_centers=True),
            as_nchw("y", "b"),
        ],
        {"size": np.array([16, 20])},
        twice(X),
        id="linear interpolation",
    ),
    pytest.param(
        [node("y", "LeakyRelu", "x", alpha=0.1)], {}, np.where(X > 0, X, 0.1 * X), id="a leaky rectifier"
    ),
    pytest.param([node("y", "Sigmoid", "x")], {}, 1 / (1 + np.exp(-X)), id="a sigmoid"),
    pytest.param(
        [node("a", "LeakyRelu", "x", alpha=0.5), node("y", "AddV2", "x", "a")],
        {},
        X + np.where(X > 0, X, 0.5 * X),
        id="a sum",
    ),
    pytest.param(
        [
            node("s", "SplitV", "x", "sizes", "axis", num_split=2),
            node("j", "ConcatV2", "s:1", "s:0", "axis", N=2),
            node("y", "AddV2", "x", "j"),
        ],
        {"sizes": np.array([3, 3])},
        X + X[:, [3, 4, 5, 0, 1, 2]],
        id="a sum of values whose channels lie differently",
    ),
    pytest.param(
        [
            node("s", "SplitV", "x", "sizes", "axis", num_split=3),
            node("y", "ConcatV2", "s:2", "s:0", "s:1", "axis", N=3),
        ],
        {"sizes": np.array([1, 2, 3])},
        X[:, [3, 4, 5, 0, 1, 2]],
        id="channels cut and joined in another order",
    ),
    pytest.param(
        [
            node("a", "Reshape", "x", "apart"),
            node("b", "Transpose", "a", "swapped"),
            node("y", "Reshape", "b", "together"),
        ],
        {
            "apart": np.array([1, 2, 3, 8, 10]),
            "swapped": np.array([0, 2, 1, 3, 4]),
            "together": np.array([1, -1, 8, 10]),
        },
        X[:, [0, 3, 1, 4, 2, 5]],
        id="channels shuffled",
    ),
    pytest.param([node("y", "Identity", "x")], {}, X, id="nothing"),
]


@pytest.mark.parametrize(("nodes", "constants", "expected"), TABLE)
def test_an_operator_computes_what_numpy_computes(
    nodes: Sequence[Mapping[str, Any]], constants: Mapping[str, Array], expected: Array
) -> None:
    channels = expected.shape[1]

    answer = run(nodes, constants, X, channels=channels)

    np.testing.assert_allclose(answer, expected.reshape(1, channels, -1), rtol=1e-4, atol=1e-5)


REFUSED = [
    pytest.param([node("y", "Softmax", "x")], {}, "the operation Softmax is not known", id="an unknown operation"),
    pytest.param(
        [
            as_nhwc("a", "x"),
            node("b", "Conv2D", "a", "w", **{**SLIDING, "padding": "SAME"}),
            as_nchw("y", "b"),
        ],
        {"w": DENSE},
        "not VALID and NHWC",
        id="a convolution that pads by itself",
    ),
    pytest.param(
        [
            as_nhwc("a", "x"),
            node("b", "Conv2D", "a", "w", **{**SLIDING, "dilations": (1, 2, 2, 1)}),
            as_nchw("y", "b"),
        ],
        {"w": DENSE},
        "with dilation",
        id="a convolution with dilation",
    ),
    pytest.param(
        [node("p", "Pad", "x", "around"), node("y", "LeakyRelu", "p", alpha=0.1)],
        {"around": AROUND},
        "of a padded value",
        id="padding before what cannot pad",
    ),
    pytest.param(
        [
            node("p", "Pad", "x", "around"),
            as_nhwc("a", "p"),
            node("b", "MaxPool", "a", ksize=(1, 3, 3, 1), strides=(1, 2, 2, 1), padding="VALID"),
            as_nchw("y", "b"),
        ],
        {"around": AROUND},
        "padded with 0.0",
        id="a maximum over windows padded with zeros",
    ),
    pytest.param(
        [
            as_nhwc("a", "x"),
            node("b", "ResizeBilinear", "a", "size", align_corners=True, half_pixel_centers=False),
            as_nchw("y", "b"),
        ],
        {"size": np.array([16, 20])},
        "not by pixel centres",
        id="interpolation by corners",
    ),
    pytest.param(
        [node("y", "Transpose", "x", "nhwc")], {}, "Reshape of axes", id="an output with its channels last"
    ),
    pytest.param(
        [node("y", "SplitV", "x", "sizes", "axis", num_split=2)],
        {"sizes": np.array([2, 2])},
        "do not cut 6 channels",
        id="cuts that leave channels over",
    ),
    pytest.param(
        [node("y", "ConcatV2", "x", "x", "axis", N=2)], {}, "joined with itself", id="a channel joined with itself"
    ),
    pytest.param([node("y", "Identity", "z")], {}, "no such node", id="a node that is not there"),
    pytest.param(
        [node("y", "Identity", "z"), node("z", "Identity", "y")], {}, "needs its own output", id="a circle"
    ),
]


@pytest.mark.parametrize(("nodes", "constants", "reason"), REFUSED)
def test_what_is_not_known_is_refused_with_the_node_and_the_reason(
    nodes: Sequence[Mapping[str, Any]], constants: Mapping[str, Array], reason: str
) -> None:
    with pytest.raises(ConversionError, match=reason):
        run(nodes, constants, X, channels=6)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)), st.integers(1, 5), st.integers(0, 1))
def test_channels_arrive_in_order_however_they_are_cut_joined_and_convolved(
    order: Sequence[int], cut: int, swapped: int
) -> None:
    """A cut, a join, and a 1×1 convolution that orders channels: the oracle only indexes."""
    weights = np.eye(6)[:, list(order)].reshape(1, 1, 6, 6)
    parts = ("s:1", "s:0") if swapped else ("s:0", "s:1")
    moved = np.r_[cut:6, 0:cut] if swapped else np.arange(6)

    answer = run(
        [
            as_nhwc("a", "x"),
            node("b", "Conv2D", "a", "w", **{**SLIDING, "strides": (1, 1, 1, 1)}),
            as_nchw("c", "b"),
            node("s", "SplitV", "c", "sizes", "axis", num_split=2),
            node("j", "ConcatV2", *parts, "axis", N=2),
            as_nhwc("d", "j"),
            node("e", "DepthwiseConv2dNative", "d", "v", **{**SLIDING, "strides": (1, 1, 1, 1)}),
            as_nchw("y", "e"),
        ],
        {"w": weights, "sizes": np.array([cut, 6 - cut]), "v": np.ones((1, 1, 6, 1))},
        X,
        channels=6,
    )

    np.testing.assert_allclose(answer, X[:, list(order)][:, moved].reshape(1, 6, -1), rtol=1e-5, atol=1e-6)
