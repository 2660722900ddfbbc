"""``cityedge edge check``: every part is looked at, what is wrong has a cure, and the exit code says it all."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from cityedge.cli import main
from edge.see import ReferenceFile
from tests.edge.capture.clips import write_clip
from tests.edge.commands.test_run import write_config
from tests.support.gateway_messages import a_count
from tests.support.listener import Listener
from tests.support.mosquitto import Mosquitto
from tests.support.ports import free_port


def check(capsys: pytest.CaptureFixture[str], config: Path, *options: str) -> tuple[int, dict[str, Any]]:
    """The exit code, and each part's finding."""
    code = main(["edge", "check", str(config), "--json", *options])
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] == (code == 0)
    return code, {finding["part"]: finding for finding in answer["findings"]}


def test_where_everything_is_there_everything_is_ok(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=40, fps=10)
    with Mosquitto(tmp_path) as broker, Listener(broker.port, stores=True) as cloud:
        cloud.say_stored(a_count())
        config = write_config(tmp_path, port=broker.port, source=str(clip))

        code, parts = check(capsys, config)

    assert code == 0
    assert {part: finding["state"] for part, finding in parts.items()} == {
        "config": "ok",
        "model": "ok",
        "state_dir": "ok",
        "camera north": "ok",
        "sight north": "ok",
        "broker": "ok",
        "cloud": "ok",
    }
    assert "320x240, 10 frames a second" in parts["camera north"]["text"]
    assert "it sees well; there is no reference" in parts["sight north"]["text"]
    assert "MQTT 5, no TLS, receive maximum 20, a new session" in parts["broker"]["text"]
    assert "nanodet-m-416" in parts["model"]["text"]


def test_a_camera_and_a_broker_that_are_not_there_are_errors_with_a_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path, port=free_port(), source=f"rtsp://127.0.0.1:{free_port()}/street")

    code, parts = check(capsys, config)

    assert code == 1
    assert parts["camera north"]["state"] == "error"
    assert "Check that the camera is on" in parts["camera north"]["cure"]
    assert parts["broker"]["state"] == "error"
    assert "Start the broker" in parts["broker"]["cure"]


def test_offline_neither_camera_nor_broker_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, parts = check(capsys, write_config(tmp_path, port=free_port()), "--offline")

    assert code == 0
    assert set(parts) == {"config", "model", "state_dir"}


def test_a_wrong_key_is_named_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, parts = check(capsys, write_config(tmp_path, port=free_port(), more="lins: []\n"))

    assert code == 1
    assert "gateway.yaml:13: lins: unknown key" in parts["config"]["text"]


def test_a_model_that_is_not_there_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_config(tmp_path, port=free_port(), more="model: nanodet-m-417\n")

    code, parts = check(capsys, config, "--offline")

    assert code == 1
    assert "nanodet-m-416" in parts["model"]["cure"]


def test_a_folder_that_cannot_be_one_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "state").write_text("no folder", encoding="utf-8")

    code, parts = check(capsys, write_config(tmp_path, port=free_port()), "--offline")

    assert code == 1
    assert parts["state_dir"]["state"] == "error"


def test_a_camera_without_lines_and_zones_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=10, fps=10)
    with Mosquitto(tmp_path) as broker:
        config = write_config(tmp_path, port=broker.port, source=str(clip))
        text = config.read_text(encoding="utf-8")
        config.write_text(text[: text.index("    lines:")], encoding="utf-8")

        code, parts = check(capsys, config)

    assert code == 0
    assert parts["camera north"]["state"] == "warning"
    assert "nothing is counted" in parts["camera north"]["cure"]
    assert parts["cloud"]["state"] == "warning"


def test_people_get_lines_with_the_cure_below(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_config(tmp_path, port=free_port(), more="model: nanodet-m-417\n")

    main(["edge", "check", str(config), "--offline"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("ok      config: ")
    assert lines[1].startswith("ERROR   model: there is no model 'nanodet-m-417'")
    assert lines[2].strip().startswith("→ Did you mean")


def write_night(folder: Path) -> Path:
    """Pictures of a night without a lamp."""
    folder.mkdir()
    for number in range(12):
        cv2.imwrite(str(folder / f"{number}.png"), np.full((120, 160, 3), number % 2, np.uint8))
    return folder


def test_a_camera_that_sees_nothing_is_a_warning_with_a_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path, port=free_port(), source=str(write_night(tmp_path / "night")))
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("loop: true", "loop: true, fps: 5"), encoding="utf-8")

    _, parts = check(capsys, config)

    assert parts["camera north"]["state"] == "ok"
    assert parts["sight north"]["state"] == "warning"
    assert parts["sight north"]["text"].startswith("dark: ")
    assert "Look at its picture" in parts["sight north"]["cure"]


def test_a_reference_that_is_damaged_is_an_error_with_a_cure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames=10, fps=10)
    kept = ReferenceFile(tmp_path / "state" / "references").path("north")
    kept.parent.mkdir(parents=True)
    kept.write_text("no reference", encoding="utf-8")

    code, parts = check(capsys, write_config(tmp_path, port=free_port(), source=str(clip)))

    assert code == 1
    assert "is damaged" in parts["camera north"]["text"]
    assert "cityedge edge reference" in parts["camera north"]["cure"]


def test_a_bound_per_square_metre_beyond_the_horizon_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path, port=free_port())
    config.write_text(
        config.read_text(encoding="utf-8")
        + """\
    zones: [{name: sky, points: [[0.1, 0.0], [0.9, 0.0], [0.9, 0.8], [0.1, 0.8]]}]
    calibration:
      picture: [[0.45, 0.5], [0.55, 0.5], [0.9, 0.9], [0.1, 0.9]]
      ground_m: [[0, 40], [8, 40], [8, 0], [0, 0]]
    alarms: [{rule: crowding, zone: sky, per_m2: 1}]
""",
        encoding="utf-8",
    )

    assert main(["edge", "check", str(config), "--offline"]) == 1
    assert "ERROR   config: camera 'north': alarms: crowding at 'sky'" in capsys.readouterr().out
