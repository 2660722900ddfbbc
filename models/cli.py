"""The verbs of ``cityedge models``."""

from collections.abc import Mapping
from typing import Final

from cityedge.cli import Verb

VERBS: Final[Mapping[str, Verb]] = {
    "list": Verb("models.commands.list", "which detectors there are, and which are on this machine"),
    "pull": Verb("models.commands.pull", "fetch a detector, convert it, prove it"),
    "check": Verb("models.commands.check", "hash, licence, shapes and golden outputs of a detector"),
    "bench": Verb("models.commands.bench", "milliseconds per stage on this machine"),
    "evaluate": Verb("models.commands.evaluate", "average precision on pictures with known truth"),
    "score": Verb("models.commands.score", "tracks, crossings and occupancy beside the truth, with pictures"),
}
