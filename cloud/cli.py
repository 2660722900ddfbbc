"""The verbs of ``cityedge cloud``."""

from collections.abc import Mapping
from typing import Final

from cityedge.cli import Verb

VERBS: Final[Mapping[str, Verb]] = {
    "run": Verb("cloud.commands.run", "collect, store, and show: the API and the operations centre"),
    "query": Verb("cloud.commands.query", "read series from the store"),
    "balance": Verb("cloud.commands.balance", "what gateways produced against what became of it"),
    "dead-letters": Verb("cloud.commands.dead_letters", "messages that were refused, and why"),
}
