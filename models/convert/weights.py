"""The weights of a TensorFlow.js model: one run of bytes that its manifest cuts into arrays."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from models.convert.errors import ConversionError
from models.convert.source import Constant

_TYPES: Final = {"float32": np.dtype("<f4"), "int32": np.dtype("<i4"), "bool": np.dtype("?")}
_HALF: Final = np.dtype("<f2")


def decode(groups: Sequence[Mapping[str, Any]], buffers: Sequence[bytes]) -> dict[str, Constant]:
    """Cut the weight files into arrays.

    Args:
        groups: The groups of the weights manifest.
        buffers: The bytes of each group's files, joined, group by group.

    Returns:
        Every weight by name; halves are widened to float32.

    Raises:
        ConversionError: The bytes are more or fewer than the manifest says, or a type is not known.
    """
    weights: dict[str, Constant] = {}
    for group, buffer in zip(groups, buffers, strict=True):
        offset = 0
        for entry in group["weights"]:
            stored = _stored_type(entry)
            count = int(np.prod(entry["shape"], dtype=np.int64))
            end = offset + count * stored.itemsize
            if end > len(buffer):
                raise ConversionError(entry["name"], f"its weights end at byte {end} of {len(buffer)}")
            values = np.frombuffer(buffer, stored, count, offset).reshape(entry["shape"])
            weights[entry["name"]] = values.astype(_TYPES[entry["dtype"]])
            offset = end
        if offset != len(buffer):
            raise ConversionError("the weights", f"{len(buffer) - offset} bytes are left over")
    return weights


def _stored_type(entry: Mapping[str, Any]) -> "np.dtype[Any]":
    """How the values lie in the file."""
    quantization = entry.get("quantization")
    if entry["dtype"] not in _TYPES:
        raise ConversionError(entry["name"], f"weights of type {entry['dtype']} are not known")
    if quantization is None:
        return _TYPES[entry["dtype"]]
    if quantization["dtype"] != "float16":
        raise ConversionError(entry["name"], f"weights stored as {quantization['dtype']} are not known")
    return _HALF
