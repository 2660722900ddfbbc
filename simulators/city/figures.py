"""The demo's figures: what was counted, what was true, and whether the books close."""

import json
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import TypeAlias
from urllib.parse import urlencode

Counts: TypeAlias = dict[str, dict[str, dict[str, int]]]
"""``counts[line][class]`` has ``in`` and ``out``."""

_BOOKS = ("produced", "stored", "queued", "expired", "refused")


def get_json(url: str) -> dict[str, object]:
    """What an address answers.

    Args:
        url: An http address on this machine.

    Returns:
        The JSON object.

    Raises:
        OSError: Nobody answers, or not with success.
    """
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own http address
        return dict(json.load(answer))


def counted(page: str) -> dict[str, Counts]:
    """What the store holds, by camera.

    Args:
        page: Address of the operations centre.

    Returns:
        Counts of all time, by camera; cameras without a row are missing.
    """
    now = datetime.now(UTC)
    question = urlencode(
        {
            "measurement": "crossing",
            "fields": "in,out",
            "start": (now - timedelta(days=1)).isoformat(),
            "end": (now + timedelta(hours=1)).isoformat(),
            "bucket_s": 3600,
            "group_by": "camera,line,class",
        }
    )
    cameras: dict[str, Counts] = {}
    for series in get_json(f"{page}/api/v1/series?{question}")["series"]:  # type: ignore[attr-defined]
        tags, values = series["tags"], series["values"]
        sums = {way: round(sum(value or 0 for value in values[way])) for way in ("in", "out")}
        cameras.setdefault(tags["camera"], {}).setdefault(tags["line"], {})[tags["class"]] = sums
    return cameras


def balance(page: str) -> tuple[dict[str, int], bool]:
    """The books of all gateways, added up.

    Args:
        page: Address of the operations centre.

    Returns:
        produced, stored, queued, expired and refused; and whether they close.
    """
    answer = get_json(f"{page}/api/v1/balance")
    sheets: list[Mapping[str, int]] = list(answer["sheets"])  # type: ignore[call-overload]
    return {key: sum(sheet[key] for sheet in sheets) for key in _BOOKS}, bool(answer["closes"])


def difference(found: Counts, true: Counts) -> tuple[int, int]:
    """How far counts are from the truth; errors of one class or direction do not make up for another's.

    Args:
        found: What was counted.
        true: What was true; classes that never came may be missing.

    Returns:
        The sum of all differences, and how many crossings there truly were.
    """
    wrong = total = 0
    for line, classes in true.items():
        for name in {*classes, *found.get(line, {})}:
            for way in ("in", "out"):
                really = classes.get(name, {}).get(way, 0)
                total += really
                wrong += abs(found.get(line, {}).get(name, {}).get(way, 0) - really)
    return wrong, total


def total(counts: Counts, line: str, way: str) -> int:
    """All classes over one line in one direction."""
    return sum(figures[way] for figures in counts.get(line, {}).values())
