"""An npm tarball: checked as a whole, then the few files that are wanted taken out."""

import base64
import hashlib
import tarfile
from pathlib import Path
from typing import Final

from models.card import NpmSource, SourceFile
from models.errors import ModelRefusedError

_CHUNK_BYTES: Final = 1 << 20


def check_integrity(tarball: Path, source: NpmSource) -> None:
    """Check that a tarball is the card's.

    Args:
        tarball: The file.
        source: What the card says of it.

    Raises:
        ModelRefusedError: It is another.
    """
    digest = hashlib.sha512()
    with tarball.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    found = "sha512-" + base64.b64encode(digest.digest()).decode()
    if found != source.integrity:
        raise ModelRefusedError(
            f"{source.package}@{source.version}: the tarball's integrity is {found}, "
            f"its card says {source.integrity}",
            cure="Run this again. Where it stays so, the registry serves another file: do not use it.",
        )


def extract(tarball: Path, files: tuple[SourceFile, ...]) -> dict[str, bytes]:
    """Take files out of a tarball, each checked.

    Args:
        tarball: The tarball.
        files: What to take.

    Returns:
        The contents by path.

    Raises:
        ModelRefusedError: A file is not there, or is not the card's.
    """
    contents = {}
    with tarfile.open(tarball, "r:gz") as archive:
        wanted = {file.path: file for file in files}
        for member in archive:
            file = wanted.get(member.name)
            stream = archive.extractfile(member) if file is not None else None
            if file is not None and stream is not None:
                contents[file.path] = stream.read(file.size_bytes + 1)
                check(contents[file.path], file)
    for file in files:
        if file.path not in contents:
            raise ModelRefusedError(f"{tarball.name}: holds no '{file.path}'")
    return contents


def check(content: bytes, file: SourceFile) -> None:
    """Check that a file is the card's.

    Args:
        content: Its bytes.
        file: What the card says of it.

    Raises:
        ModelRefusedError: It is another.
    """
    found = hashlib.sha256(content).hexdigest()
    if len(content) != file.size_bytes or found != file.sha256:
        raise ModelRefusedError(
            f"{file.path}: has SHA-256 {found} and {len(content)} bytes, "
            f"its card says {file.sha256} and {file.size_bytes} bytes"
        )
