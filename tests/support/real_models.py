"""The real detectors that set-up puts into the cache; a test that needs one fails with advice where it is not."""

import os
from functools import cache
from pathlib import Path

from cityedge.paths import REPOSITORY, cache_dir
from models import registry
from models.detector import Detector

ADVICE = "run 'make setup', or: cityedge models pull"


def nanodet_folder() -> Path:
    """The folder of NanoDet-m in the cache."""
    folder = registry.find(registry.DEFAULT).onnx.parent
    assert (folder / "manifest.json").is_file(), f"{registry.DEFAULT} is not in {folder}: {ADVICE}"
    return folder


def nanodet_source(name: str) -> bytes:
    """A file of the package from which NanoDet-m was converted."""
    return (nanodet_folder() / "source" / name).read_bytes()


@cache
def nanodet() -> Detector:
    """NanoDet-m, loaded once."""
    nanodet_folder()
    return Detector.open(registry.DEFAULT)


def yolox_file() -> Path | None:
    """YOLOX-Nano's file where somebody brought one: it is not fetched by set-up."""
    shared = Path(os.environ.get("CITYEDGE_SHARED", str(REPOSITORY.parent / "shared")))
    pulled = registry.find("yolox-nano-416").onnx
    found = (path for path in (shared / "models" / "yolox_nano.onnx", pulled) if path.is_file())
    return next(found, None)


def plaza_video() -> Path:
    """The footage of a plaza that set-up puts into the cache."""
    path = cache_dir() / "footage" / "vtest.avi"
    assert path.is_file(), f"the footage is not at {path}: run 'make setup', or: cityedge sim footage"
    return path
