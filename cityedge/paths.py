"""Where things that are not configuration live on a machine."""

import os
from pathlib import Path
from typing import Final

from cityedge.errors import CityEdgeError

REPOSITORY: Final = Path(__file__).resolve().parent.parent
_CURE: Final = "Set CITYEDGE_CACHE to a folder that may be written."


def cache_dir() -> Path:
    """The folder for what can be fetched or made again: models, footage.

    Returns:
        ``$CITYEDGE_CACHE`` where it is set, else ``$XDG_CACHE_HOME/cityedge``, else ``~/.cache/cityedge``.
        The folder is made where it is missing.

    Raises:
        CityEdgeError: It cannot be made, or nothing says where it should be.
    """
    folder = _cache_place()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CityEdgeError(f"the cache folder '{folder}' cannot be made: {error.strerror}", cure=_CURE) from error
    return folder


def _cache_place() -> Path:
    if named := os.environ.get("CITYEDGE_CACHE"):
        return Path(named)
    if base := os.environ.get("XDG_CACHE_HOME"):
        return Path(base) / "cityedge"
    try:
        return Path.home() / ".cache" / "cityedge"
    except RuntimeError as error:  # a user without a home, as services have
        raise CityEdgeError("this user has no home to keep a cache in", cure=_CURE) from error


def configs_dir() -> Path:
    """The folder of sample configurations: in a checkout ``configs/``, in an installed wheel its copy.

    Returns:
        A folder that holds ``gateway.sample.yaml`` and its siblings.
    """
    installed = Path(__file__).resolve().parent / "configs"
    return installed if installed.is_dir() else REPOSITORY / "configs"
