"""``cityedge models list``: which detectors there are, and which are on this machine."""

import argparse

import msgspec

from models import registry
from models.registry import Entry


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("--card", metavar="NAME", help="print that model's card, to begin one of your own")
    parser.add_argument("--json", action="store_true", help="one object for each model")


def run(args: argparse.Namespace) -> int:
    """List them."""
    if args.card:
        print(registry.card_file(args.card).read_text(encoding="utf-8"), end="")
        return 0
    entries = [registry.find(name) for name in registry.names()]
    if args.json:
        print(msgspec.json.encode([_facts(entry) for entry in entries]).decode())
        return 0
    width = max(len(entry.card.name) for entry in entries)
    for entry in entries:
        licences = " and ".join(dict.fromkeys(licence.spdx for licence in entry.card.licences))
        state = "here" if entry.present else "not here"
        print(f"{entry.card.name:<{width}}  {state:<8}  {licences}\n{'':<{width}}  {entry.card.summary}")
    return 0


def _facts(entry: Entry) -> dict[str, object]:
    card = entry.card
    return {
        "name": card.name,
        "version": card.version,
        "summary": card.summary,
        "present": entry.present,
        "file": str(entry.onnx),
        "source": card.source.__struct_config__.tag,
        "licences": [licence.spdx for licence in card.licences],
        "redistributable": card.redistributable,
        "classes": list(card.classes),
        "default": card.name == registry.DEFAULT,
    }
