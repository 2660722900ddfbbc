"""``cityedge cloud balance``: exit code 0 where the books close, 1 where rows are lost."""

import json
from pathlib import Path

import pytest

from cityedge.cli import main
from cloud.store.embedded import EmbeddedStore
from tests.support.entries import a_count, a_report, entries


@pytest.fixture
def store(tmp_path: Path) -> EmbeddedStore:
    return EmbeddedStore(tmp_path / "store.duckdb")


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "cloud.yaml"
    path.write_text(f"store: {{kind: embedded, path: {tmp_path / 'store.duckdb'}}}\n", encoding="utf-8")
    return str(path)


def test_books_that_close(store: EmbeddedStore, config: str, capsys: pytest.CaptureFixture[str]) -> None:
    store.write(entries([a_count(1), a_count(2, minute=1)]))
    store.save_statuses([a_report(produced=3, held_from=3)])
    store.close()

    assert main(["cloud", "balance", config]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "old-town/gw-1 epoch e1 (reported 2026-03-01T12:00:00Z): closes",
        "  produced 3  stored 2  queued 1  expired 0  refused 0  lost 0",
    ]


def test_rows_that_are_lost_are_a_problem(
    store: EmbeddedStore, config: str, capsys: pytest.CaptureFixture[str]
) -> None:
    store.write(entries([a_count(1), a_count(3, minute=3), a_count(1, gateway="gw-2")]))
    store.save_statuses([a_report(produced=3, held_from=4)])
    store.close()

    assert main(["cloud", "balance", config, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["closes"] is False
    assert [(sheet["gateway"], sheet["lost"], sheet["as_of"]) for sheet in said["sheets"]] == [
        ("gw-1", 1, "2026-03-01T12:00:00Z"),
        ("gw-2", 0, None),
    ]

    assert main(["cloud", "balance", config]) == 1
    assert "DOES NOT CLOSE: 1 lost" in capsys.readouterr().out


def test_one_gateway_alone(store: EmbeddedStore, config: str, capsys: pytest.CaptureFixture[str]) -> None:
    store.write(entries([a_count(1), a_count(3, minute=3), a_count(1, gateway="gw-2")]))
    store.save_statuses([a_report(produced=3, held_from=4)])
    store.close()

    assert main(["cloud", "balance", config, "--gateway", "gw-2"]) == 0
    assert "never reported" in capsys.readouterr().out


def test_before_anything_came(store: EmbeddedStore, config: str, capsys: pytest.CaptureFixture[str]) -> None:
    store.close()

    assert main(["cloud", "balance", config]) == 0
    assert "no gateway" in capsys.readouterr().out
