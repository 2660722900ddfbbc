"""``cityedge cloud balance``: what gateways produced against what became of it; exit 1 where rows are lost."""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from cityedge.settings import load
from cloud import balance
from cloud.commands.running import ask
from cloud.errors import StoreLockedError
from cloud.settings import CloudSettings
from cloud.store.opening import open_store
from cloud.types import BalanceSheet

_FIGURES: Final = ("produced", "stored", "queued", "expired", "refused", "lost")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("config", type=Path, metavar="CONFIG", help="cloud.yaml")
    add("--gateway", metavar="G", help="only this gateway")
    add("--json", action="store_true", help="for programs: {sheets, closes}")


def run(args: argparse.Namespace) -> int:
    """Print the balance. Returns 1 where it does not close."""
    sheets = [
        sheet for sheet in _read(load(args.config, CloudSettings)) if args.gateway in {None, sheet["gateway"]}
    ]
    closes = all(sheet["closes"] for sheet in sheets)
    if args.json:
        print(json.dumps({"sheets": sheets, "closes": closes}))
    else:
        _print(sheets)
    return 0 if closes else 1


def _read(settings: CloudSettings) -> Sequence[Mapping[str, Any]]:
    try:
        store = open_store(settings.store, make=False)
    except StoreLockedError:
        found: Sequence[Mapping[str, Any]] = ask(settings.http, "/balance")["sheets"]
        return found
    try:
        return [_plain(sheet) for sheet in balance.read(store)]
    finally:
        store.close()


def _plain(sheet: BalanceSheet) -> Mapping[str, Any]:
    """A sheet as the API writes it."""
    as_of = sheet.as_of.isoformat().replace("+00:00", "Z") if sheet.as_of else None
    return {**asdict(sheet), "as_of": as_of, "closes": sheet.closes}


def _print(sheets: Sequence[Mapping[str, Any]]) -> None:
    if not sheets:
        print("no gateway has sent anything yet")
    for sheet in sheets:
        reported = f"reported {sheet['as_of']}" if sheet["as_of"] else "never reported"
        verdict = "closes" if sheet["closes"] else f"DOES NOT CLOSE: {sheet['lost']} lost"
        print(f"{sheet['site']}/{sheet['gateway']} epoch {sheet['epoch']} ({reported}): {verdict}")
        print("  " + "  ".join(f"{name} {sheet[name]}" for name in _FIGURES))
