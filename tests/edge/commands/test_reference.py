"""``cityedge edge reference``: looks through cameras, and keeps what is usual there."""

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from cityedge.cli import main
from edge.see import ReferenceFile
from tests.support.real_models import plaza_video


def write_config(folder: Path, **sources: str) -> Path:
    cameras = "\n".join(
        f"  - name: {name}\n    source: {{url: '{url}', fps: 7, loop: true}}" for name, url in sources.items()
    )
    config = folder / "gateway.yaml"
    config.write_text(f"site: s\ngateway: g\nstate_dir: {folder}/state\ncameras:\n{cameras}\n", encoding="utf-8")
    return config


def call(capsys: pytest.CaptureFixture[str], config: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    code = main(["edge", "reference", str(config), "--seconds", "5", "--json", *options])
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] == (code == 0)
    return code, answer["cameras"]


def dark_folder(folder: Path) -> str:
    folder.mkdir()
    for number in range(200):
        cv2.imwrite(str(folder / f"{number}.png"), np.full((60, 80, 3), 4, np.uint8))
    return str(folder)


def test_it_writes_what_the_gateway_will_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, [camera] = call(capsys, write_config(tmp_path, plaza=str(plaza_video())))

    assert code == 0
    assert camera["file"] == str(tmp_path / "state" / "references" / "plaza.json")
    reference = ReferenceFile(tmp_path / "state" / "references").read("plaza")
    assert reference is not None
    assert reference.learnt_s == pytest.approx(5, abs=1)


def test_a_camera_that_cannot_be_read_does_not_stop_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path, gone="none.mp4", plaza=str(plaza_video()))

    code, cameras = call(capsys, config)

    assert code == 1
    assert [camera["ok"] for camera in cameras] == [False, True]
    assert "there is no such file" in cameras[0]["text"]
    assert cameras[0]["cure"]


def test_one_camera_may_be_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_config(tmp_path, gone="none.mp4", plaza=str(plaza_video()))

    code, cameras = call(capsys, config, "--camera", "plaza")

    assert (code, [camera["camera"] for camera in cameras]) == (0, ["plaza"])


def test_a_camera_that_sees_nothing_gets_no_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, [camera] = call(capsys, write_config(tmp_path, cellar=dark_folder(tmp_path / "cellar")))

    assert code == 1
    assert "the camera does not see well: dark (the brightest hundredth of the picture is at 4" in camera["text"]
    assert not (tmp_path / "state" / "references").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(
            ["--camera", "plazza"], "there is no camera 'plazza'; did you mean 'plaza'?", id="a wrong name"
        ),
        pytest.param(["--seconds", "1"], "passers-by average out over 5 to 600 s", id="too short"),
    ],
)
def test_words_that_do_not_fit_are_refused(
    options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path, plaza=str(plaza_video()))

    assert main(["edge", "reference", str(config), *options]) == 2
    assert said in capsys.readouterr().err


def test_a_person_is_told_where_it_is_and_what_to_do_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["edge", "reference", str(write_config(tmp_path, plaza=str(plaza_video()))), "--seconds", "5"]) == 0
    )

    said = capsys.readouterr().out
    assert "ok      plaza: learnt over 5 s: sharpness 1." in said
    assert "plaza.json; restart the gateway" in said
