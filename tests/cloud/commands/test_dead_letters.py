"""``cityedge cloud dead-letters list``: what was refused, why, and the bytes to see it by."""

import base64
import json
from datetime import timedelta
from pathlib import Path

import pytest

from cityedge.cli import main
from cloud.store.embedded import EmbeddedStore
from cloud.types import Identity, Refusal
from tests.support.entries import NOON

TOPIC = "city/v1/old-town/gw-1/count/north"


def config(folder: Path, *refusals: Refusal) -> str:
    store = EmbeddedStore(folder / "store.duckdb")
    store.refuse(refusals)
    store.close()
    path = folder / "cloud.yaml"
    path.write_text(f"store: {{kind: embedded, path: {folder / 'store.duckdb'}}}\n", encoding="utf-8")
    return str(path)


def test_they_are_listed_newest_first_with_their_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = NOON + timedelta(hours=1)
    path = config(
        tmp_path,
        Refusal(TOPIC, b'{"kind":"count"}', "seq: missing", NOON),
        Refusal(TOPIC, b"\xff\x00", "not readable as JSON", later),
    )

    assert main(["cloud", "dead-letters", "list", path]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"2026-03-01 13:00:00Z {TOPIC}",
        "  not readable as JSON",
        r"  '\\xff\x00'",
        f"2026-03-01 12:00:00Z {TOPIC}",
        "  seq: missing",
        """  '{"kind":"count"}'""",
    ]


def test_programs_get_the_bytes_as_they_came(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = Identity("old-town", "gw-1", "e1", 7)
    path = config(tmp_path, Refusal(TOPIC, b"\xff\x00", "not readable", NOON, who))

    assert main(["cloud", "dead-letters", "list", path, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert base64.b64decode(said["payload_base64"]) == b"\xff\x00"
    assert (said["epoch"], said["seq"], said["received"]) == ("e1", 7, "2026-03-01T12:00:00Z")


def test_no_more_are_listed_than_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = config(tmp_path, *(Refusal(TOPIC, bytes([nth]), "no", NOON) for nth in range(5)))

    main(["cloud", "dead-letters", "list", path, "--limit", "2", "--json"])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_none_is_good_news(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cloud", "dead-letters", "list", config(tmp_path)]) == 0
    assert "no message was refused" in capsys.readouterr().out
