"""Where things that are not configuration live on a machine."""

import os
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def cache_dir() -> Path:
    """The folder for what can be fetched or made again: models, footage.

    Returns:
        ``$CITYEDGE_CACHE`` where it is set, else ``$XDG_CACHE_HOME/cityedge``, else ``~/.cache/cityedge``.
        The folder is made where it is missing.
    """
    named = os.environ.get("CITYEDGE_CACHE")
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(named) if named else Path(base) / "cityedge"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def configs_dir() -> Path:
    """The folder of sample configurations: in a checkout ``configs/``, in an installed wheel its copy.

    Returns:
        A folder that holds ``gateway.sample.yaml`` and its siblings.
    """
    installed = Path(__file__).resolve().parent / "configs"
    return installed if installed.is_dir() else REPOSITORY / "configs"
