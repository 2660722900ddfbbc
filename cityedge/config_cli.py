"""The verbs of ``cityedge config``."""

from collections.abc import Mapping
from typing import Final

from cityedge.cli import Verb

VERBS: Final[Mapping[str, Verb]] = {
    "sample": Verb("cityedge.config_sample", "print a commented sample with every option"),
    "schema": Verb("cityedge.config_schema", "print the JSON schema, for editors"),
    "check": Verb("cityedge.config_check", "say whether a file can be used, and if not, why"),
}
