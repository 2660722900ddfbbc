"""``cityedge sim street``."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import av
import httpx
import pytest

from cityedge.cli import main
from tests.support.waiting import wait_for

SMALL = ["--size", "384x288", "--duration", "20", "--density", "2"]


def run(*words: str) -> int:
    return main(["sim", "street", *words])


@pytest.mark.parametrize(("name", "codec"), [("street.mp4", "h264"), ("street.avi", "mjpeg")])
def test_a_video_has_every_frame_at_its_rate(tmp_path: Path, name: str, codec: str) -> None:
    assert run("--video", str(tmp_path / name), *SMALL, "--fps", "8", "--light", "night") == 0
    with av.open(str(tmp_path / name)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == codec
        assert stream.average_rate == 8
        assert sum(1 for _ in container.decode(video=0)) == 160


def test_the_truth_is_the_same_beside_a_video_and_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--frames", str(tmp_path / "frames"), "--truth", str(tmp_path / "truth.json"), *SMALL) == 0
    capsys.readouterr()
    assert run("--json", *SMALL) == 0
    alone = json.loads(capsys.readouterr().out)
    assert alone == json.loads((tmp_path / "truth.json").read_text())
    assert alone["crossings"]
    assert alone["lines"].keys() == {"mid", "crosswalk"}


def test_frames_are_numbered_pictures(tmp_path: Path) -> None:
    assert run("--frames", str(tmp_path), "--size", "192x144", "--duration", "1") == 0
    assert [path.name for path in sorted(tmp_path.iterdir())] == [f"{n:06d}.jpg" for n in range(1, 11)]


def test_mot_rows_cover_everybody_whom_the_truth_knows(tmp_path: Path) -> None:
    truth, rows = tmp_path / "truth.json", tmp_path / "gt.txt"
    assert run("--mot", str(rows), "--truth", str(truth), *SMALL) == 0
    seen = {int(row.split(",")[1]) for row in rows.read_text().splitlines()}
    assert seen == {one["object"] for one in json.loads(truth.read_text())["objects"]}


def test_own_lines_and_zones_replace_the_usual_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--json", "--line", "here=0.3,0,0.3,1", "--zone", "all=0,0;1,0;1,1;0,1", *SMALL) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["lines"].keys() == {"here"}
    assert report["zones"].keys() == {"all"}


def test_a_script_decides_who_passes_and_how_long(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "one.yaml"
    script.write_text("actors: [{class: truck, lane: near-road, start_s: 1, speed_mps: 8}]")
    assert run("--json", "--script", str(script)) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["lines"]["mid"]["truck"] == {"in": 1, "out": 0}
    assert len(report["objects"]) == 1


def test_a_scenario_is_filmed_with_its_own_rate_and_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = tmp_path / "film.mkv"
    assert run("--scenario", "fps-3", "--duration", "8", "--size", "192x144", "--video", str(film), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["scenario"], report["fps"], report["duration_s"]) == ("fps-3", 3.0, 8.0)
    with av.open(str(film)) as container:
        assert sum(1 for _ in container.decode(video=0)) == 24


@pytest.mark.parametrize("name", ["film.mp4", "film.mkv"])
def test_where_frames_are_lost_the_others_keep_their_time(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    film, rows = tmp_path / name, tmp_path / "gt.txt"
    words = ["--scenario", "frame-drops", "--duration", "20", "--size", "192x144", "--fps", "5"]
    assert run(*words, "--video", str(film), "--mot", str(rows), "--json") == 0
    lost_s = json.loads(capsys.readouterr().out)["lost_s"]
    with av.open(str(film)) as container:
        shown_s = [float(frame.time or 0.0) for frame in container.decode(video=0)]
    assert lost_s
    kept_s = [index / 5 for index in range(100) if round(index / 5, 4) not in lost_s]
    assert [at_s - shown_s[0] for at_s in shown_s] == pytest.approx(
        [at_s - kept_s[0] for at_s in kept_s], abs=0.002
    )
    assert max(int(row.split(",")[0]) for row in rows.read_text().splitlines()) <= len(shown_s)


def test_the_scenarios_are_listed_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--list-scenarios") == 0
    out = capsys.readouterr().out
    assert "rush-hour" in out
    assert "Giờ cao điểm xe máy" in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param([], 2, "nothing is asked for", id="nothing asked"),
        pytest.param(["--serve", "--video", "a.mp4"], 2, "does not go with", id="camera and file"),
        pytest.param(["--json", "--size", "big"], 2, "--size big", id="size"),
        pytest.param(["--json", "--size", "769x577"], 2, "even", id="odd size"),
        pytest.param(["--serve", "nowhere"], 2, "HOST:PORT", id="address"),
        pytest.param(["--json", "--density", "-1"], 2, "--density -1", id="density"),
        pytest.param(["--json", "--duration", "0"], 2, "above 0", id="duration"),
        pytest.param(["--json", "--line", "mid=0,0"], 2, "two or more pairs", id="line"),
        pytest.param(["--video", "street.gif"], 1, ".mp4", id="kind of video"),
        pytest.param(["--video", "/nowhere/street.mp4"], 1, "/nowhere/street.mp4", id="no such folder"),
        pytest.param(["--mot", "/nowhere/gt.txt"], 1, "/nowhere/gt.txt", id="no folder for rows"),
        pytest.param(["--json", "--script", "/nowhere.yaml"], 1, "/nowhere.yaml", id="no script"),
        pytest.param(["--json", "--scenario", "storm"], 2, "no such scenario", id="no such scenario"),
        pytest.param(["--json", "--scenario", "/nowhere.yaml"], 1, "/nowhere.yaml", id="no scenario file"),
        pytest.param(
            ["--json", "--scenario", "plain", "--script", "a.yaml"], 2, "--script", id="scenario and script"
        ),
    ],
)
def test_what_cannot_be_done_is_said(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*words) == code
    assert said in capsys.readouterr().err


def test_a_served_street_writes_its_truth_when_it_is_told_to_stop(tmp_path: Path) -> None:
    truth = tmp_path / "truth.json"
    words = ["sim", "street", "--serve", "127.0.0.1:0", "--size", "192x144", "--truth", str(truth)]
    with subprocess.Popen(
        [sys.executable, "-m", "cityedge", *words], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        url = process.stdout.readline().split()[0].removesuffix("/stream.mjpg")

        def runs() -> bool:
            return bool(httpx.get(url + "/truth.json", timeout=5).json()["duration_s"] > 0.5)

        wait_for(runs, what="half a second of street")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    assert json.loads(truth.read_text())["started_utc"]
