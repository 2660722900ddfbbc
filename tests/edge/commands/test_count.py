"""``cityedge edge count``: the agent's pipeline on a file, with the real model and real footage."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import cv2
import pytest

from cityedge import codec
from cityedge.classes import CLASSES
from cityedge.cli import main
from cityedge.messages import CountMessage
from cityedge.paths import REPOSITORY
from simulators.footage import FPS, footage_path

MID = "mid=0.5,0,0.5,1"
EVERYTHING = """\
site: s
gateway: g
window_s: 2
cameras:
  - name: plaza
    source: {url: none}
    classes: [person]
    lines: [{name: mid, points: [[0.5, 0], [0.5, 1]]}]
    zones:
      - {name: west, points: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}
      - {name: east, points: [[0.5, 0], [1, 0], [1, 1], [0.5, 1]]}
      - {name: picture, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}
    flows: [west, east]
    calibration: {picture: [[0, 0], [1, 0], [1, 1], [0, 1]], ground_m: [[0, 0], [20, 0], [20, 20], [0, 20]]}
    heat: {columns: 8, rows: 6}
    alarms:
      - {rule: crowding, zone: west, people: 1, hold_s: 0}
      - {rule: intrusion, zone: east}
"""


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plaza's first 40 frames as a folder of pictures."""
    folder = tmp_path_factory.mktemp("pictures")
    with av.open(str(footage_path())) as container:
        for index, frame in zip(range(40), container.decode(video=0), strict=False):
            cv2.imwrite(str(folder / f"{index:04}.png"), frame.to_ndarray(format="bgr24"))
    return folder


def count(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    assert main(["edge", "count", *map(str, words), "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out.splitlines()[-1]))


@pytest.fixture(scope="module")
def plaza(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The whole plaza, counted in a process of its own."""
    config = tmp_path_factory.mktemp("plaza") / "gateway.yaml"
    config.write_text(EVERYTHING, encoding="utf-8")
    words = [
        "edge",
        "count",
        str(footage_path()),
        "--fps",
        str(FPS),
        "--config",
        str(config),
        "--stages",
        "--json",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "cityedge", *words], capture_output=True, text=True, check=True, cwd=REPOSITORY
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_the_plaza_is_counted_as_people_counted_it(plaza: dict[str, Any]) -> None:
    """By hand: 14 to the right over the middle, 18 to the left, 5.63 people in the picture on average."""
    people = plaza["lines"]["mid"]["person"]
    assert abs(people["in"] - 14) <= 3
    assert abs(people["out"] - 18) <= 3
    assert abs(plaza["zones"]["picture"]["person"]["occupancy_mean"] - 5.63) <= 0.6
    assert (plaza["frames"], plaza["inferences"]) == (795, 795)
    assert plaza["scene_s"] == pytest.approx(795 / 7, abs=0.01)
    assert set(plaza["stages_ms"]) == {"decode", "scale", "infer", "dress", "count"}


def test_every_class_of_every_line_and_zone_is_in_the_result(
    capsys: pytest.CaptureFixture[str], pictures: Path
) -> None:
    zone = "door=0,0;0.5,0;0.5,1"
    result = count(capsys, pictures, "--fps", FPS, "--line", MID, "--line", "low=0,0.8,1,0.8", "--zone", zone)
    assert set(result["lines"]) == {"mid", "low"}
    assert set(result["zones"]) == {"door", "picture"}
    assert all(set(classes) == set(CLASSES) for classes in [*result["lines"].values(), *result["zones"].values()])
    assert result["scene_s"] == pytest.approx(40 / 7, abs=0.01)


def test_a_camera_of_a_configuration_brings_its_lines_zones_and_classes(
    capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path
) -> None:
    config = tmp_path / "gateway.yaml"
    config.write_text(
        "site: s\ngateway: g\ncameras:\n  - name: cam\n    source: {url: none}\n    classes: [person]\n"
        "    lines: [{name: gate, points: [[0.2, 0], [0.2, 1]]}]\n"
    )
    result = count(capsys, pictures, "--fps", FPS, "--config", config)
    assert result["lines"] == {"gate": {"person": {"in": 0, "out": 0}}}
    assert result["zones"] == {}


def test_a_camera_of_a_configuration_brings_all_of_its_rules(
    capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path
) -> None:
    config, windows = tmp_path / "gateway.yaml", tmp_path / "windows.jsonl"
    config.write_text(EVERYTHING, encoding="utf-8")
    result = count(capsys, pictures, "--fps", FPS, "--config", config, "--windows", windows)

    assert list(result["flows"]) == ["west"]
    assert list(result["flows"]["west"]) == ["east"]
    people = result["zones"]["west"]["person"]
    assert people["density_mean_per_m2"] == pytest.approx(people["occupancy_mean"] / 200, abs=1e-3)
    assert result["see"] == {"ok": pytest.approx(39 / 7, abs=0.01)}
    assert {alarm["rule"] for alarm in result["alarms"]} == {"crowding", "intrusion"}
    states = [alarm["state"] for alarm in result["alarms"] if alarm["rule"] == "crowding"]
    assert states == ["raised", "cleared"] * (len(states) // 2)
    heat = result["heat"]
    assert (heat["columns"], heat["rows"]) == (8, 6)
    assert sum(seconds for *_, seconds in heat["cells"]) > 10
    messages = [codec.decode(line.encode()) for line in windows.read_text(encoding="utf-8").splitlines()]
    assert sum(message.frames for message in messages if isinstance(message, CountMessage)) == 40
    assert len(messages) == 3


def test_who_crossed_a_line_of_a_calibrated_camera_has_a_speed_and_who_went_through_has_a_trip(
    plaza: dict[str, Any],
) -> None:
    crossed = plaza["lines"]["mid"]["person"]
    speeds = plaza["speeds"]["mid"]["person"]
    assert crossed["in"] + crossed["out"] >= speeds["count"] > 0.7 * (crossed["in"] + crossed["out"])
    assert 0.3 < speeds["mean_mps"] <= speeds["p85_mps"] < 4.0
    assert sum(end["person"] for ends in plaza["flows"].values() for end in ends.values()) > 5


def test_people_get_a_table_of_what_was_seen(
    capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path
) -> None:
    config = tmp_path / "gateway.yaml"
    config.write_text(EVERYTHING, encoding="utf-8")
    assert main(["edge", "count", str(pictures), "--fps", str(FPS), "--config", str(config)]) == 0
    table = capsys.readouterr().out
    for said in ("line mid", "zone west", "alarms", "crowding: ", "how well the camera saw: ok 5.57"):
        assert said in table


def test_what_is_masked_is_not_counted(capsys: pytest.CaptureFixture[str], pictures: Path) -> None:
    everything = "all=0,0;1,0;1,1;0,1"
    result = count(capsys, pictures, "--fps", FPS, "--line", MID, "--mask", everything)
    assert result["zones"]["picture"]["person"]["occupancy_peak"] == 0


def test_tracks_are_written_as_motchallenge_rows(
    capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path
) -> None:
    tracks = tmp_path / "tracks.txt"
    count(capsys, pictures, "--fps", FPS, "--tracks", tracks)
    rows = [row.split(",") for row in tracks.read_text().splitlines()]
    assert len(rows) > 100
    assert all(len(row) == 10 and row[7:] == ["-1", "-1", "-1"] for row in rows)
    assert {int(row[0]) for row in rows} <= set(range(1, 41))
    assert all(0 < float(row[6]) <= 1 and float(row[4]) > 0 and float(row[5]) > 0 for row in rows)
    keys = [(row[0], row[1]) for row in rows]
    assert len(set(keys)) == len(keys)


def test_the_annotated_video_has_every_frame_and_is_not_the_original(
    capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path
) -> None:
    video = tmp_path / "out.mp4"
    count(capsys, pictures, "--fps", FPS, "--line", MID, "--video", video)
    with av.open(str(video)) as container:
        frames = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
    assert len(frames) == 40
    original = cv2.imread(str(pictures / "0039.png"))
    assert original is not None
    white_line = frames[-1][:, 380:389].astype(int) - original[:, 380:389].astype(int)
    assert white_line.max() > 80


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--line", "mid"], "--line mid: is not of the form NAME=x1,y1,x2,y2", id="no numbers"),
        pytest.param(["--line", "mid=0.5,0,0.5"], "3 numbers do not make points", id="half a point"),
        pytest.param(["--line", "mid=0.5,0"], "needs two points, got 1", id="one point"),
        pytest.param(["--line", "mid=0.5,0,7,1"], "lies outside the picture", id="outside the picture"),
        pytest.param(["--line", "a b=0.5,0,0.5,1"], "--line a b=", id="a name with a space"),
        pytest.param(["--line", MID, "--line", MID], "'mid' stands here twice", id="the same line twice"),
        pytest.param(["--zone", "z=0,0;1,x"], "--zone z=0,0;1,x", id="not a number"),
        pytest.param(
            ["--mask", "m=0,0;1,1;1,0;0,1"], "--mask m=0,0;1,1;1,0;0,1: points: the edge", id="a bow tie"
        ),
        pytest.param(["--classes", "person,cat"], "there is no class 'cat'", id="unknown class"),
        pytest.param(["--config", "x.yaml", "--line", MID], "leave out --line", id="config and line"),
    ],
)
def test_words_that_do_not_fit_are_named_and_exit_with_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], pictures: Path
) -> None:
    assert main(["edge", "count", str(pictures), *words]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["nowhere.avi"], "nowhere.avi", id="no such recording"),
        pytest.param(["{pictures}", "--model", "no-such-model"], "no-such-model", id="no such model"),
        pytest.param(["{pictures}", "--config", "nowhere.yaml"], "nowhere.yaml", id="no such configuration"),
    ],
)
def test_what_is_missing_is_named_and_exits_with_1(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str], pictures: Path
) -> None:
    assert main(["edge", "count", *(word.format(pictures=pictures) for word in words)]) == 1
    assert said in capsys.readouterr().err
