"""The whole city on this machine, as its user starts it: pictures in, counts out, books closed."""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from simulators.city.processes import free_port

DURATION_S = 30


@pytest.fixture(scope="module")
def demo() -> subprocess.CompletedProcess[str]:
    command = ["demo", "--duration", str(DURATION_S), "--headless", "--json", "--port", str(free_port())]
    return subprocess.run(
        [sys.executable, "-m", "cityedge", *command], capture_output=True, text=True, timeout=150, check=False
    )


@pytest.fixture(scope="module")
def result(demo: subprocess.CompletedProcess[str]) -> Mapping[str, Any]:
    assert demo.returncode == 0, demo.stderr[-4000:]
    return dict(json.loads(demo.stdout.splitlines()[-1]))


def crossings(counts: Mapping[str, Mapping[str, Mapping[str, int]]]) -> int:
    return sum(way for line in counts.values() for figures in line.values() for way in figures.values())


def test_both_cameras_count(result: Mapping[str, Any]) -> None:
    assert crossings(result["cameras"]["street"]["counted"]) > 0
    assert crossings(result["cameras"]["plaza"]["counted"]) > 0


def test_the_street_is_counted_nearly_as_it_truly_was(result: Mapping[str, Any]) -> None:
    street = result["cameras"]["street"]
    true = crossings(street["truth"])
    # Who is on the line when the demo begins or ends may be in one of the two only.
    assert abs(crossings(street["counted"]) - true) <= max(3, 0.1 * true)


def test_the_plaza_has_no_truth_in_this_repository(result: Mapping[str, Any]) -> None:
    assert result["cameras"]["plaza"]["truth"] is None


def test_the_books_close_with_nothing_queued(result: Mapping[str, Any]) -> None:
    books = result["balance"]
    assert books["produced"] > 0
    assert books["produced"] == books["stored"] + books["queued"] + books["expired"] + books["refused"]
    assert books["queued"] == books["refused"] == 0


def test_progress_is_shown_beside_the_result(demo: subprocess.CompletedProcess[str]) -> None:
    assert "counted in" in demo.stderr
    assert "true in" in demo.stderr
    assert len(demo.stdout.splitlines()) == 1
