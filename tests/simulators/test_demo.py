"""The demo's configuration: real files, and the same lines as the street's truth."""

import argparse
import socket
from pathlib import Path
from string import Template

import pytest

from cityedge.cli import main
from cityedge.paths import configs_dir
from cityedge.settings import parse
from cloud.settings import CloudSettings
from edge.settings import GatewaySettings
from simulators import demo
from simulators.city.processes import free_port
from simulators.street.layout import LINES, ZONES

VALUES = {
    "broker_port": 1883,
    "page_port": 8080,
    "street_port": 8081,
    "folder": "/nowhere",
    "footage": "/nowhere.avi",
}


def filled(*names: str) -> str:
    texts = [(configs_dir() / "demo" / name).read_text(encoding="utf-8") for name in names]
    return Template("".join(texts)).substitute(VALUES)


def test_the_gateway_counts_at_the_lines_of_which_the_street_knows_the_truth() -> None:
    street = parse(filled("gateway.yaml"), GatewaySettings, name="gateway.yaml").cameras[0]
    lines = {line.name: [x for point in line.points for x in point] for line in street.lines}
    zones = {zone.name: [x for point in zone.points for x in point] for zone in street.zones}
    true_lines = {
        line.name: pytest.approx([c for p in line.points for c in (p.x, p.y)], abs=1e-4) for line in LINES
    }
    true_zones = {
        zone.name: pytest.approx([c for p in zone.points for c in (p.x, p.y)], abs=1e-4) for zone in ZONES
    }
    assert lines == true_lines
    assert zones == true_zones


def test_the_plaza_is_a_second_camera_of_the_same_gateway() -> None:
    gateway = parse(filled("gateway.yaml", "plaza.yaml"), GatewaySettings, name="gateway.yaml")
    assert [camera.name for camera in gateway.cameras] == ["street", "plaza"]


def test_the_cloud_side_is_configured_with_real_keys() -> None:
    assert parse(filled("cloud.yaml"), CloudSettings, name="cloud.yaml").http.port == 8080


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert main(["demo", "--duration", "1", "--headless", "--port", str(port)]) == 2
    assert f"port {port} on this machine is taken" in capsys.readouterr().err


def test_a_folder_to_keep_things_in_must_be_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "something").touch()
    words = ["demo", "--duration", "1", "--headless", "--port", str(free_port()), "--keep", str(tmp_path)]
    assert main(words) == 2
    assert "is not empty" in capsys.readouterr().err


def test_every_option_of_the_demo_has_a_help_text() -> None:
    parser = argparse.ArgumentParser()
    demo.add_arguments(parser)
    assert all(action.help for action in parser._actions)
