"""The record beside a converted model: what it was made from, and what came out."""

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from models.errors import ModelRefusedError

_CHUNK_BYTES: Final = 1 << 20


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model was made from, and what came out.

    Attributes:
        card: Name of the card that it was made for.
        sources: SHA-256 of each source file by its path in the package.
        onnx_sha256: SHA-256 of the ONNX file. It depends on the onnx package's version, hence it is
            recorded here and not in the card.
        recipe: What the conversion was asked to do (``models.recipe``).
        onnx_version: Version of the onnx package that wrote the file.
    """

    card: str
    sources: dict[str, str]
    onnx_sha256: str
    recipe: str
    onnx_version: str


def read(path: Path) -> Manifest:
    """Read a manifest.

    Args:
        path: The file.

    Returns:
        The manifest.

    Raises:
        ModelRefusedError: It is not a manifest.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError) as error:
        raise ModelRefusedError(
            f"{path}: is not the record of a conversion: {error}",
            cure=f"Delete the folder {path.parent} and pull the model again.",
        ) from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
