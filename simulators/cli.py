"""The verbs of ``cityedge sim``."""

from typing import Final

from cityedge.cli import Verb

VERBS: Final = {
    "street": Verb("simulators.commands.street", "a street with known truth: as a camera, a video or pictures"),
    "footage": Verb("simulators.commands.footage", "real footage that Debian ships: fetch it, check its hash"),
}
