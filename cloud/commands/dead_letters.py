"""``cityedge cloud dead-letters``: messages that were refused, with the reason and their bytes."""

import argparse
import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cityedge.settings import load
from cloud.settings import CloudSettings
from cloud.store.opening import open_store
from cloud.types import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("action", choices=("list",), help="what to do with them")
    add("config", type=Path, metavar="CONFIG", help="cloud.yaml; its embedded store must not be in use")
    add("--limit", type=int, default=100, metavar="N", help="the latest so many (100)")
    add("--json", action="store_true", help="for programs: one object per line, the bytes in base64")


def run(args: argparse.Namespace) -> int:
    """Print them, newest first."""
    store = open_store(load(args.config, CloudSettings).store, make=False)
    try:
        refusals = store.dead_letters(limit=args.limit)
    finally:
        store.close()
    for refusal in refusals:
        print(json.dumps(_plain(refusal)) if args.json else _text(refusal))
    if not refusals and not args.json:
        print("no message was refused")
    return 0


def _plain(refusal: Refusal) -> Mapping[str, Any]:
    who = refusal.identity
    return {
        "received": refusal.received.isoformat().replace("+00:00", "Z"),
        "topic": refusal.topic,
        "reason": refusal.reason,
        "epoch": who.epoch if who else None,
        "seq": who.seq if who else None,
        "payload_base64": base64.b64encode(refusal.payload).decode("ascii"),
    }


def _text(refusal: Refusal) -> str:
    shown = refusal.payload[:200].decode("utf-8", "backslashreplace")
    more = "…" if len(refusal.payload) > len(shown) else ""
    return f"{refusal.received:%Y-%m-%d %H:%M:%SZ} {refusal.topic}\n  {refusal.reason}\n  {shown!r}{more}"
