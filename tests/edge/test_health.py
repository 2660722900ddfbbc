"""What the machine says of itself, and what is said where it is silent."""

from pathlib import Path

import psutil
import pytest

from edge.health import read_machine


def test_on_this_machine_memory_and_disk_are_what_others_measure(tmp_path: Path) -> None:
    machine = read_machine(tmp_path)

    assert machine.memory_bytes == pytest.approx(psutil.Process().memory_info().rss, rel=0.2)
    assert machine.disk_free_bytes == pytest.approx(psutil.disk_usage(str(tmp_path)).free, rel=0.05)


def zones(sys: Path, **temperatures: str) -> Path:
    for name, text in temperatures.items():
        (sys / "class/thermal" / name).mkdir(parents=True)
        (sys / "class/thermal" / name / "temp").write_text(text, encoding="ascii")
    return sys


@pytest.mark.parametrize(
    ("temperatures", "expected"),
    [
        pytest.param({}, None, id="no thermal zone"),
        pytest.param({"thermal_zone0": "48212\n"}, 48.212, id="a Pi"),
        pytest.param({"thermal_zone0": "48212\n", "thermal_zone1": "61000\n"}, 61.0, id="the hottest of two"),
        pytest.param({"thermal_zone0": "\n", "thermal_zone1": "55000\n"}, 55.0, id="one is switched off"),
    ],
)
def test_the_temperature_is_that_of_the_hottest_zone(
    tmp_path: Path, temperatures: dict[str, str], expected: float | None
) -> None:
    assert read_machine(tmp_path, sys=zones(tmp_path, **temperatures)).temp_c == expected


def test_a_machine_that_shows_nothing_is_not_an_error(tmp_path: Path) -> None:
    machine = read_machine(tmp_path / "gone", proc=tmp_path, sys=tmp_path)

    assert (machine.memory_bytes, machine.disk_free_bytes, machine.temp_c) == (0, 0, None)


def test_the_clocks_offset_is_small_or_not_known(tmp_path: Path) -> None:
    offset_s = read_machine(tmp_path).clock_offset_s

    assert offset_s is None or abs(offset_s) < 10.0
