"""TensorFlow.js graphs of a few nodes: written, converted and run."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from models.convert.converter import Ports, convert

Array = NDArray[Any]

NHWC = "nhwc"
NCHW = "nchw"
LAYOUTS: Mapping[str, Array] = {NHWC: np.array([0, 2, 3, 1]), NCHW: np.array([0, 3, 1, 2])}


def node(name: str, op: str, *inputs: str, **attributes: object) -> dict[str, Any]:
    """A node as it stands in a model.json."""
    return {"name": name, "op": op, "input": list(inputs), "attr": {k: _attr(v) for k, v in attributes.items()}}


def model(nodes: Sequence[Mapping[str, Any]], constants: Mapping[str, Array]) -> tuple[bytes, bytes]:
    """A model.json and its one weight file."""
    entries = [
        {"name": name, "shape": list(value.shape), "dtype": value.dtype.name} for name, value in constants.items()
    ]
    topology = [*nodes, *({"name": name, "op": "Const"} for name in constants)]
    text = json.dumps(
        {"modelTopology": {"node": topology}, "weightsManifest": [{"paths": ["w.bin"], "weights": entries}]}
    )
    return text.encode(), b"".join(value.tobytes() for value in constants.values())


def run(
    nodes: Sequence[Mapping[str, Any]], constants: Mapping[str, Array], x: Array, *, channels: int
) -> NDArray[np.float32]:
    """Convert a graph from the placeholder ``x`` (NCHW) to the node ``y`` (NCHW), and run it.

    The graph is given a last Reshape, since what leaves a converted model is (batch, channel, cell).
    """
    placeholder = {"name": "x", "op": "Placeholder", "attr": {"shape": _shape(x.shape)}}
    last = node("out", "Reshape", "y", "out_shape")
    fixed = {
        **LAYOUTS,
        "axis": np.array(1),
        "out_shape": np.array([1, channels, -1]),
        **constants,
    }
    typed = {
        key: value.astype(np.float32 if value.dtype.kind == "f" else np.int32) for key, value in fixed.items()
    }
    text, weights = model([placeholder, *nodes, last], typed)
    ports = Ports("x", {"out": "out"}, any_size=False, scores=(), columns=())
    session = onnxruntime.InferenceSession(
        convert(text, [weights], ports, name="tiny"), providers=["CPUExecutionProvider"]
    )
    answer: NDArray[np.float32] = session.run(None, {"x": x.astype(np.float32)})[0]
    return answer


def _shape(shape: Sequence[int]) -> dict[str, Any]:
    return {"shape": {"dim": [{"size": str(size)} for size in shape]}}


def _attr(value: object) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"b": value}
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": value}
    if isinstance(value, str):
        return {"s": base64.b64encode(value.encode()).decode()}
    if isinstance(value, tuple):
        return {"list": {"i": [str(item) for item in value]}}
    raise TypeError(f"{value!r} is no attribute")
