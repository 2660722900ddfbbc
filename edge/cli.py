"""The verbs of ``cityedge edge``."""

from collections.abc import Mapping
from typing import Final

from cityedge.cli import Verb

VERBS: Final[Mapping[str, Verb]] = {
    "run": Verb("edge.commands.run", "run the gateway"),
    "check": Verb(
        "edge.commands.check", "find out what a configuration still needs: model, cameras, broker, disk"
    ),
    "reference": Verb("edge.commands.reference", "remember what cameras see when all is well"),
    "count": Verb("edge.commands.count", "count a recording as fast as it can be counted"),
}
