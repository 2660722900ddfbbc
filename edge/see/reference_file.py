"""Keeps cameras' references on the gateway's disk, one file each."""

import os
from pathlib import Path
from typing import Final

import msgspec

from edge.errors import ReferenceFileError
from edge.see.reference import VERSION, Reference

_AGAIN = "Make it anew: cityedge edge reference CONFIG --camera NAME"
_FOLDER: Final = "references"


class ReferenceFile:
    """The references of a gateway's cameras.

    Args:
        folder: Where they are kept; made when the first one is written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, state_dir: str) -> "ReferenceFile":
        """The references of the gateway whose state lies in a folder."""
        return cls(Path(state_dir) / _FOLDER)

    def path(self, camera: str) -> Path:
        """Where a camera's reference is kept.

        Args:
            camera: Its name, checked by the settings to be a fit file name.
        """
        return self._folder / f"{camera}.json"

    def read(self, camera: str) -> Reference | None:
        """A camera's reference.

        Args:
            camera: Its name.

        Returns:
            The reference; None where none was made.

        Raises:
            ReferenceFileError: The file cannot be read, or does not hold a reference; it is left where it is.
        """
        path = self.path(camera)
        try:
            reference = msgspec.json.decode(path.read_bytes(), type=Reference)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ReferenceFileError(f"reference {path}: cannot be read: {error.strerror}", cure=_AGAIN) from error
        except msgspec.MsgspecError as error:
            raise ReferenceFileError(f"reference {path}: is damaged: {error}", cure=_AGAIN) from error
        if reference.version != VERSION:
            raise ReferenceFileError(
                f"reference {path}: is of version {reference.version}, this programme reads {VERSION}", cure=_AGAIN
            )
        return reference

    def write(self, camera: str, reference: Reference) -> Path:
        """Keep a camera's reference in the place of the one before; a power cut leaves the one or the other.

        Args:
            camera: Its name.
            reference: What the camera's picture is like when all is well.

        Returns:
            Where it is.

        Raises:
            ReferenceFileError: The disk does not take it.
        """
        path = self.path(camera)
        fresh = path.with_suffix(".json.new")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with fresh.open("wb") as file:
                file.write(msgspec.json.encode(reference))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as error:
            cure = "Let this user write there: references lie in 'state_dir'"
            raise ReferenceFileError(
                f"reference {path}: cannot be written: {error.strerror}", cure=cure
            ) from error
        return path
