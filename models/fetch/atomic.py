"""Writing a file so that it is there whole or not at all, whenever the power goes."""

import os
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Write a file whole.

    Args:
        path: The file; its folder is made where missing.
        content: Its bytes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
