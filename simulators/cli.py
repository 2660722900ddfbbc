"""The verbs of ``cityedge sim``."""

from typing import Final

from cityedge.cli import Verb

VERBS: Final = {
    "street": Verb("simulators.commands.street", "a street with known truth: a camera, a video, a folder of pictures"),
    "footage": Verb("simulators.commands.footage", "real footage that Debian ships: fetch it, check its hash"),
}
